"""If this fails, the copy somebody is given tells them who asked for them behind their back, and in which words."""

from uuid import uuid4

import pytest
from django.urls import reverse

from linkwell.accounts.queries import team
from linkwell.accounts.scopes import public_scope
from linkwell.casework import actions as casework
from linkwell.journey.tests.people import person_of
from linkwell.journey.tests.test_person_page import SignIn
from linkwell.referrals.actions import receive_from_public
from linkwell.referrals.details import ReferralDetails
from tests.place import Place

pytestmark = pytest.mark.django_db
WROTE = "zebra-she-forgets-to-eat"


@pytest.mark.fault("F16")
@pytest.mark.parametrize("name", ["record", "record_export"])
def test_what_a_relative_wrote_is_not_in_the_copy(place: Place, client_for: SignIn, name: str) -> None:
    there = team(place.team_id)
    details = ReferralDetails(
        "Joan",
        "Pickering",
        source="relative",
        knows="not_asked",
        why=WROTE,
        phone="07700 900123",
        referrer_name="Zebedee Pickering",
        referrer_role="son",
    )
    asked = receive_from_public(scope=public_scope(there), team=there, submission_key=uuid4(), details=details)
    case_id = casework.accept_referral(
        scope=place.lead.scope, referral_id=asked.referral_id, expected_version=1, worker_id=place.worker.user_id
    )
    page = client_for(place.worker).get(reverse(f"journey:{name}", args=[person_of(place, case_id)]))
    words = page.content.decode()
    assert WROTE not in words
    assert "Zebedee" not in words
    assert "yourself" not in words
    assert "somebody else" in words
