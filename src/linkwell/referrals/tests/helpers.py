"""Small ways to make referrals in tests."""

from typing import Any
from uuid import UUID, uuid4

from linkwell.accounts.queries import team
from linkwell.accounts.scopes import public_scope
from linkwell.referrals import actions
from linkwell.referrals.details import Reference, ReferralDetails
from tests.place import Place


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
