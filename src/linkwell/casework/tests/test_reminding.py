"""Where others decide how somebody is contacted, whoever is responsible is reminded, and no unsafe way is used."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.casework import actions, reminders
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.tests.helpers import supported
from linkwell.casework.tests.test_who_hears import MOTHER, a_child, booked, person_of
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.capacity import BestInterestsDetails, CapacityDetails
from linkwell.people.children import AdultDetails, OwnDecisionDetails
from linkwell.people.details import SafeAnswers
from linkwell.people.models import Person
from linkwell.tasks.models import Task
from tests.place import Place

pytestmark = [pytest.mark.django_db, pytest.mark.fault("F18")]
FATHER = AdultDetails("Karl Baker", "father", "yes", "said_so", "no", phone="07700 900333", safe_text=True)


def texts_are_safe(place: Place, person: UUID) -> None:
    scope = place.worker.scope
    people.record_safe_contact(
        scope=scope, person_id=person, answers=SafeAnswers(text=True, asked_alone=True, told_by="person")
    )
    people.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700 900456", told_by="person")


def reminded(place: Place) -> list[tuple[str, str, str]]:
    with scoped(place.lead.scope):
        rows = Message.objects.filter(template__contains="reminder").order_by("created_at")
        return [(row.audience, row.address, row.state) for row in rows]


def to_phone(place: Place) -> list[UUID]:
    with scoped(place.lead.scope):
        rows = Task.objects.filter(kind=reminders.REMIND_BY_PHONE_TASK, state="open", owner_id=place.worker.user_id)
        return list(rows.values_list("person_id", flat=True))


def judged(place: Place, person: UUID, *, able: bool) -> None:
    details = CapacityDetails(
        "contact", "Who may ring", clock.today(), "Sam Okafor", able, True, True, True, "Pictures", "Asked twice"
    )
    people.record_capacity(scope=place.worker.scope, person_id=person, details=details)


def test_the_parent_who_said_so_is_reminded_and_neither_the_child_nor_who_must_not_be_contacted(place: Place) -> None:
    case_id, person = a_child(place)
    texts_are_safe(place, person)
    for adult in (MOTHER, FATHER):
        people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=adult)
    appointment_id = booked(place, case_id)
    assert reminders.remind(place.system, appointment_id)
    assert reminders.remind(place.system, appointment_id), "the same again is no second message"
    assert reminded(place) == [("parent", "+447700900222", "queued")]
    assert to_phone(place) == []


def test_where_no_parent_may_be_written_to_their_worker_phones_instead(place: Place) -> None:
    case_id, person = a_child(place)
    texts_are_safe(place, person)
    for adult in (FATHER, AdultDetails("Jo Baker", "mother", "not_known", "", "yes", "07700 900222", "", True)):
        people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=adult)
    assert not reminders.remind(place.system, booked(place, case_id))
    assert reminded(place) == []
    assert to_phone(place) == [person]


def test_a_young_person_who_decides_this_is_reminded_themselves(place: Place) -> None:
    case_id, person = a_child(place)
    texts_are_safe(place, person)
    people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=MOTHER)
    own = OwnDecisionDetails("contact", True, "Sam Okafor", clock.today(), "Robin knows who reads the phone.")
    people.record_own_decision(scope=place.worker.scope, person_id=person, details=own)
    assert reminders.remind(place.system, booked(place, case_id))
    assert reminded(place) == [("person", "+447700900456", "queued")]


def test_whoever_acts_for_a_dependant_is_phoned_until_it_was_decided_that_they_may_be_written_to(place: Place) -> None:
    case_id = supported(place)
    person = person_of(place, case_id)
    texts_are_safe(place, person)
    judged(place, person, able=False)
    assert not reminders.remind(place.system, booked(place, case_id))
    assert (reminded(place), to_phone(place)) == ([], [person])
    best = BestInterestsDetails(
        "contact", True, clock.today(), "Sam Okafor", "Texts as before", "To be asked herself", "Her daughter"
    )
    people.record_best_interests(scope=place.worker.scope, person_id=person, details=best)
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=9))
    later = actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details)
    assert reminders.remind(place.system, later)
    assert reminded(place) == [("person", "+447700900456", "queued")]


def test_nobody_is_reminded_as_a_parent_of_somebody_who_has_grown_up(place: Place) -> None:
    case_id, person = a_child(place)
    people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=MOTHER)
    with scoped(place.worker.scope):
        Person.objects.filter(pk=person).update(date_of_birth=dt.date(1990, 5, 2))
    judged(place, person, able=False)
    assert not reminders.remind(place.system, booked(place, case_id))
    assert (reminded(place), to_phone(place)) == ([], [person])
