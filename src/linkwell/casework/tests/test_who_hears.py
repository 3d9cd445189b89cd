"""Who hears of a child's appointment, of a referral about somebody who has died, and of a summary taken back."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.casework import actions
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.models import Case, MessageBack
from linkwell.casework.tests.helpers import accepted, refer
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from linkwell.messaging import actions as messaging
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.children import AdultDetails, OwnDecisionDetails
from linkwell.people.death import DeathDetails
from linkwell.people.details import SafeAnswers
from linkwell.people.models import Person
from linkwell.referrals import actions as referrals
from linkwell.tasks.models import Task
from tests.place import Place

MOTHER = AdultDetails("Jo Baker", "mother", "yes", "certificate", "yes", phone="07700 900222", safe_text=True)


@pytest.fixture(autouse=True)
def messages_go(settings: Any) -> None:
    settings.DEMO = True


def work() -> None:
    for _ in range(4):
        worker.work_off(200)


def person_of(place: Place, case_id: UUID) -> UUID:
    with scoped(place.lead.scope):
        return Case.objects.get(pk=case_id).person_id


def a_child(place: Place) -> tuple[UUID, UUID]:
    """Somebody supported who turns out to be twelve."""
    case_id = accepted(place, place.worker.user_id)
    person = person_of(place, case_id)
    with scoped(place.worker.scope):
        Person.objects.filter(pk=person).update(date_of_birth=clock.today() - dt.timedelta(days=365 * 12 + 9))
    return case_id, person


def booked(place: Place, case_id: UUID) -> UUID:
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=3))
    return actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details)


@pytest.mark.fault("F18")
def test_a_childs_appointment_is_told_to_the_parent_who_said_so_and_to_nobody_else(place: Place) -> None:
    case_id, person = a_child(place)
    people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=MOTHER)
    father = AdultDetails("Karl Baker", "father", "yes", "said_so", "no", phone="07700 900333", safe_text=True)
    people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=father)
    appointment_id = booked(place, case_id)
    work()
    actions.cancel_appointment(
        scope=place.worker.scope, appointment_id=appointment_id, expected_version=1, reason="The worker is ill"
    )
    work()
    with scoped(place.worker.scope):
        rows = Message.objects.filter(about_kind="appointment").order_by("created_at")
        assert [(row.template, row.address, row.state) for row in rows] == [
            ("parent_appointment", "+447700900222", "sent"),
            ("parent_appointment_cancelled", "+447700900222", "sent"),
        ]


@pytest.mark.fault("F18")
def test_no_time_is_written_to_a_child_for_whom_others_decide_how_they_are_reached(place: Place) -> None:
    case_id, person = a_child(place)
    scope, appointment_id = place.worker.scope, booked(place, case_id)
    theirs = SafeAnswers(text=True, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=scope, person_id=person, answers=theirs)
    people.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700 900456", told_by="person")
    work()

    with pytest.raises(InvalidMove, match="No text or e-mail to them is safe"):
        actions.send_time(scope=scope, appointment_id=appointment_id)

    work()
    with scoped(scope):
        assert not Message.objects.filter(about_kind="appointment", audience="person").exists()
    own = OwnDecisionDetails("contact", True, "Sam Okafor", clock.today(), "Robin knows who reads the phone.")
    people.record_own_decision(scope=scope, person_id=person, details=own)
    actions.send_time(scope=scope, appointment_id=appointment_id)
    with scoped(scope):
        assert Message.objects.filter(about_kind="appointment", audience="person").count() == 1


def test_a_child_whose_parents_nobody_asked_is_rung_by_their_worker_when_a_time_changes(place: Place) -> None:
    case_id, _ = a_child(place)
    appointment_id = booked(place, case_id)
    actions.cancel_appointment(
        scope=place.worker.scope, appointment_id=appointment_id, expected_version=1, reason="The worker is ill"
    )
    work()
    with scoped(place.worker.scope):
        assert not Message.objects.filter(about_kind="appointment").exists()
        assert Task.objects.filter(kind="tell_appointment_by_phone", state="open").exists()


def test_a_referral_that_waits_comes_before_the_duty_person_and_is_not_accepted(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    person = person_of(place, case_id)
    waiting = refer(place)
    referrals.decide_duplicate(scope=place.lead.scope, referral_id=waiting, person_id=person, same=True)
    people.record_death(scope=place.worker.scope, person_id=person, details=DeathDetails(confirmed=True))
    work()
    with scoped(place.lead.scope):
        task = Task.objects.get(kind="death_referral")
        assert (task.about_id, task.owner_id, task.urgent) == (waiting, place.lead.user_id, True)
    with pytest.raises(InvalidMove, match="have died"):
        actions.accept_referral(
            scope=place.lead.scope, referral_id=waiting, expected_version=1, same_as_person_id=person
        )


@pytest.mark.fault("F19")
def test_the_practice_is_not_told_of_a_summary_once_they_changed_their_mind(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    person = person_of(place, case_id)
    scope = place.worker.scope
    people.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="agreed", how="spoken")
    with scoped(scope):
        row = MessageBack.objects.create(
            organisation_id=place.organisation_id,
            case_id=case_id,
            person_id=person,
            content={},
            recipient="Mill Lane Surgery",
            previewed_by_id=place.worker.user_id,
        )
    message_id = messaging.send(
        scope=scope,
        audience="gp",
        template="gp_summary",
        values={"link": "http://localhost:8000/x"},
        about_kind="message_back",
        about_id=row.pk,
        once_key=str(uuid4()),
        address="gp@example.org",
    )
    people.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="withdrawn", how="spoken")
    assert messaging.begin_sending(scope=place.system, message_id=message_id) is None
    with scoped(scope):
        assert Message.objects.get(pk=message_id).state == "held"
