"""If these fail, whoever deals with the last line of a last page reads that nobody is left."""

import pytest

from linkwell.core.permissions import Role
from linkwell.hospital.actions.programmes import take_on
from linkwell.hospital.tests.stays import Hospital, a_hospital, winter
from tests.place import make_member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(db: None) -> Hospital:
    return a_hospital()


@pytest.mark.parametrize("kept", ["", "?show=mine"])
def test_follow_ups_lead_to_their_first_page(trust: Hospital, kept: str) -> None:
    asked = f"{kept}&page=3" if kept else "?page=3"
    answer = sign_in(trust.coordinator).get(f"/hospital/follow-ups/{asked}")
    assert (answer.status_code, answer["Location"]) == (302, f"/hospital/follow-ups/{kept}")


def test_programmes_and_their_people_lead_to_their_first_page(trust: Hospital) -> None:
    programme_id = winter(trust)
    take_on(scope=trust.coordinator.scope, programme_id=programme_id, stay_id=trust.stay(trust.patient(family="First")))
    client = sign_in(trust.coordinator)
    for address in ("/hospital/programmes/", f"/hospital/programmes/{programme_id}/"):
        answer = client.get(f"{address}?page=2")
        assert (answer.status_code, answer["Location"]) == (302, address)
    shown = client.get(f"/hospital/programmes/{programme_id}/?page=2", follow=True).content.decode()
    assert "First" in shown


def test_a_search_of_who_is_here_keeps_what_was_looked_for(trust: Hospital) -> None:
    trust.stay(trust.patient(family="Baker"))
    answer = sign_in(trust.clinician).get("/hospital/here/?q=Bak&page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/hospital/here/?q=Bak")


def test_messages_that_need_attention_lead_to_their_first_page(trust: Hospital) -> None:
    keeper = make_member("Ivy Feed", Role.ADMINISTRATOR, trust.organisation_id)
    answer = sign_in(keeper).get("/hospital/feeds/?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/hospital/feeds/")
