"""If these fail, a time at a practice is given twice, or lost between the practice and the team."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.accounts.models import Organisation
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.groupwork import actions, queries
from linkwell.groupwork.handlers import keep_the_time_in_the_clinic
from linkwell.groupwork.tests.planning import a_clinic, later
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.referrals.details import Reference, ReferralDetails
from tests.place import Place, make_member, sign_in
from tests.restricting import Restrict, both_ways

pytestmark = pytest.mark.django_db
PATIENT = ReferralDetails("Joan", "Pickering", needs=("lonely",), why="Alone since May", phone="07700 900123")


def first_slot(place: Place, clinic_id: UUID) -> UUID:
    return queries.clinic(place.worker.scope, clinic_id).slots[0].id


def book(place: Place, slot_id: UUID, key: UUID | None = None, version: int = 1) -> Reference:
    return actions.book_slot_by_practice(
        scope=place.referrer.scope,
        slot_id=slot_id,
        expected_version=version,
        submission_key=key or uuid4(),
        details=PATIENT,
    )


def test_a_time_the_practice_books_is_a_referral_and_then_an_appointment(place: Place) -> None:
    clinic_id = a_clinic(place)
    slot_id = first_slot(place, clinic_id)
    sent = book(place, slot_id)
    slot = queries.clinic(place.worker.scope, clinic_id).slots[0]
    assert (slot.state, slot.referral_id, slot.who) == ("booked", sent.referral_id, "Joan Pickering")
    case_id = casework.accept_referral(
        scope=place.lead.scope, referral_id=sent.referral_id, expected_version=1, worker_id=place.worker.user_id
    )
    for _ in range(2):
        with scoped(place.system):
            keep_the_time_in_the_clinic(place.system, case_id)
    booked = cases.appointments_of(place.worker.scope, case_id, booked_only=True)
    assert [(each.place, each.kind) for each in booked] == [("Mill Lane Surgery, Room 2", "face")]
    assert queries.clinic(place.worker.scope, clinic_id).slots[0].case_id == case_id


@pytest.mark.parametrize("meanwhile", ["died", "waits again"])
def test_a_time_kept_for_somebody_who_has_died_or_waits_again_fails_no_job(place: Place, meanwhile: str) -> None:
    clinic_id = a_clinic(place)
    sent = book(place, first_slot(place, clinic_id))
    lead = place.lead.scope
    case_id = casework.accept_referral(
        scope=lead, referral_id=sent.referral_id, expected_version=1, worker_id=place.worker.user_id
    )
    if meanwhile == "died":
        person_id = cases.case(lead, case_id).person_id
        people.record_death(scope=lead, person_id=person_id, details=DeathDetails("family"))
    else:
        casework.put_back(scope=lead, case_id=case_id, expected_version=1, reason="Away")
    with scoped(place.system):
        keep_the_time_in_the_clinic(place.system, case_id)
    assert not cases.appointments_of(place.worker.scope, case_id, booked_only=True)


@both_ways
def test_the_page_of_a_clinic_does_not_say_that_somebody_restricted_will_be_there(
    place: Place, restrict: Restrict
) -> None:
    clinic_id, case_id = a_clinic(place), accepted(place, place.worker.user_id)
    slot_id = first_slot(place, clinic_id)
    actions.book_slot(scope=place.worker.scope, slot_id=slot_id, expected_version=1, case_id=case_id)
    person_id = cases.case(place.worker.scope, case_id).person_id
    restrict(place, person_id)
    slot = queries.clinic(place.worker.scope, clinic_id).slots[0]
    assert (slot.who, slot.case_id) == ("Somebody with a restricted record", case_id)


def test_a_time_is_given_once(place: Place) -> None:
    slot_id = first_slot(place, a_clinic(place))
    book(place, slot_id)
    with pytest.raises(Conflict):
        book(place, slot_id)
    with pytest.raises(Conflict):
        book(place, slot_id, version=2)


def test_a_form_sent_twice_books_one_time_and_refers_once(place: Place) -> None:
    slot_id, key = first_slot(place, a_clinic(place)), uuid4()
    assert book(place, slot_id, key).referral_id == book(place, slot_id, key).referral_id


def test_a_time_for_somebody_we_support_is_an_appointment(place: Place) -> None:
    clinic_id = a_clinic(place)
    case_id = accepted(place, place.worker.user_id)
    slot_id = first_slot(place, clinic_id)
    actions.book_slot(scope=place.worker.scope, slot_id=slot_id, expected_version=1, case_id=case_id)
    assert len(cases.appointments_of(place.worker.scope, case_id, booked_only=True)) == 1
    actions.free_slot(scope=place.worker.scope, slot_id=slot_id, expected_version=2, reason_given="They are ill")
    assert cases.appointments_of(place.worker.scope, case_id, booked_only=True) == ()
    assert queries.clinic(place.worker.scope, clinic_id).slots[0].state == "free"


def test_a_cancelled_clinic_leaves_no_appointment_behind(place: Place) -> None:
    clinic_id = a_clinic(place)
    case_id = accepted(place, place.worker.user_id)
    actions.book_slot(
        scope=place.worker.scope, slot_id=first_slot(place, clinic_id), expected_version=1, case_id=case_id
    )
    actions.cancel_clinic(scope=place.worker.scope, clinic_id=clinic_id, expected_version=1, reason_given="Room lost")
    assert cases.appointments_of(place.worker.scope, case_id, booked_only=True) == ()
    assert {each.state for each in queries.clinic(place.worker.scope, clinic_id).slots} == {"withdrawn"}


def test_only_the_practice_itself_sees_and_books_its_times(place: Place) -> None:
    slot_id = first_slot(place, a_clinic(place))
    other = Organisation.objects.create(code="P90002", name="Other Surgery", kind="practice")
    elsewhere = make_member("Dr Other", Role.REFERRER, other.pk)
    assert queries.practice_slots(elsewhere.scope).rows == ()
    with pytest.raises(NotFound):
        actions.book_slot_by_practice(
            scope=elsewhere.scope, slot_id=slot_id, expected_version=1, submission_key=uuid4(), details=PATIENT
        )
    assert sign_in(elsewhere).get(f"/groups/at-our-practice/{slot_id}/").status_code == 404


def test_a_practice_does_not_book_where_only_the_team_does(place: Place) -> None:
    slot_id = first_slot(place, a_clinic(place, who_books="team"))
    assert queries.practice_slots(place.referrer.scope).rows == ()
    with pytest.raises(Invalid, match="team books"):
        book(place, slot_id)


def test_the_practice_does_not_learn_who_else_has_a_time(place: Place) -> None:
    clinic_id = a_clinic(place)
    case_id = accepted(place, place.worker.user_id, given_name="Canary")
    actions.book_slot(
        scope=place.worker.scope, slot_id=first_slot(place, clinic_id), expected_version=1, case_id=case_id
    )
    page = sign_in(place.referrer).get("/groups/at-our-practice/").content.decode()
    assert "Taken" in page
    assert "Canary" not in page


def test_who_came_to_a_clinic_is_counted_and_walk_ins_are_not_named(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic_id = a_clinic(place)
    slot_id = first_slot(place, clinic_id)
    book(place, slot_id)
    later(monkeypatch)
    version = queries.clinic(place.worker.scope, clinic_id).version
    actions.write_up_clinic(
        scope=place.worker.scope, clinic_id=clinic_id, expected_version=version, came=[slot_id], walk_ins=3
    )
    row = queries.clinic(place.worker.scope, clinic_id)
    assert (row.slots[0].state, row.walk_ins) == ("used", 3)


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_clinic(place: Place) -> None:
    clinic_id = a_clinic(place)
    slot_id = first_slot(place, clinic_id)
    client = sign_in(place.stranger)
    for page in ("", "write-up/", "cancel/", f"times/{slot_id}/book/", f"times/{slot_id}/free/"):
        assert client.get(f"/groups/clinics/{clinic_id}/{page}").status_code == 404


def test_a_time_is_booked_by_clicking_at_the_practice(place: Place) -> None:
    a_clinic(place)
    client = sign_in(place.referrer)
    page = client.get("/groups/at-our-practice/").content.decode()
    address = re.findall(r'href="/groups/at-our-practice/([^"]+)"', page)[0]
    sent: dict[str, Any] = {
        "submission_key": str(uuid4()),
        "given_name": "Joan",
        "family_name": "Pickering",
        "phone": "07700 900123",
        "why": "Alone since May",
        "knows": "agrees",
    }
    answer = client.post(f"/groups/at-our-practice/{address}", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"].startswith("/referrals/mine/")
