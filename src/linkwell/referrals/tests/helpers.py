"""Small ways to make referrals in tests."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from bs4 import BeautifulSoup
from django.http.response import HttpResponseBase
from django.test import Client

from linkwell.accounts.queries import team
from linkwell.accounts.scopes import public_scope
from linkwell.referrals import actions
from linkwell.referrals.details import Reference, ReferralDetails
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]


def details(**given: Any) -> ReferralDetails:
    words: dict[str, Any] = {
        "given_name": "Joan",
        "family_name": "Pickering",
        "phone": "01632 960123",
        "needs": ("lonely",),
        "why": "She has been on her own since her husband died.",
        "referrer_name": "Dr Ruth Bell",
    }
    return ReferralDetails(**(words | given))


def refer(place: Place, key: UUID | None = None, **given: Any) -> Reference:
    return actions.send_referral(
        scope=place.referrer.scope, team=team(place.team_id), submission_key=key or uuid4(), details=details(**given)
    )


def ask_for_help(place: Place, key: UUID | None = None, **given: Any) -> Reference:
    there = team(place.team_id)
    given = {"source": "self", "referrer_name": ""} | given
    return actions.receive_from_public(
        scope=public_scope(there), team=there, submission_key=key or uuid4(), details=details(**given)
    )


def text_of(response: HttpResponseBase) -> str:
    """The words of a page, one space between them."""
    content: bytes = response.content  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", BeautifulSoup(content, "html.parser").get_text(" "))
