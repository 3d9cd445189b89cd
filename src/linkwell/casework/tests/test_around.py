"""What happens around casework: e-mails to a practice, leavers, two leads at one moment."""

import datetime as dt
import threading
from uuid import UUID

import pytest
from django.db import connections

from linkwell.accounts.leavers import left_behind
from linkwell.accounts.models import Organisation
from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ToldAgreements
from linkwell.casework.handlers import (
    tell_person_of_appointment,
    tell_person_of_cancelling,
    tell_practice_of_note,
    tell_practice_of_summary,
)
from linkwell.casework.tests.helpers import refer, supported
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.details import SafeAnswers
from linkwell.tasks import queries as tasks
from tests.place import Place, make_place


@pytest.mark.django_db
@pytest.mark.fault("F16")
def test_the_e_mail_to_a_practice_says_only_that_something_waits(place: Place) -> None:
    Organisation.objects.filter(pk=place.practice_id).update(email="summaries@mill-lane.example.org")
    case_id = supported(place)
    case = queries.case(place.worker.scope, case_id)
    people.record_risk(scope=place.worker.scope, person_id=case.person_id, none_known=True)
    told = ToldAgreements(asked_alone=True, gp_summary=True)
    actions.record_who_may_hear(scope=place.worker.scope, case_id=case_id, answers=told)
    made = actions.prepare_message_back(
        scope=place.worker.scope, case_id=case_id, recipient_organisation_id=place.practice_id
    )
    actions.send_message_back(scope=place.worker.scope, summary_id=made)
    note = actions.send_separate_note(
        scope=place.worker.scope,
        case_id=case_id,
        recipient_organisation_id=place.practice_id,
        text="secret-canary",
        reason="To keep her safe",
    )
    for _ in range(2):
        tell_practice_of_summary(place.system, made)
        tell_practice_of_note(place.system, note)
    with scoped(place.system):
        sent = list(Message.objects.filter(audience="gp"))
    assert len(sent) == 2
    for message in sent:
        words = f"{message.subject} {message.body}"
        assert message.address == "summaries@mill-lane.example.org"
        assert not any(said in words for said in ("Joan", "Pickering", "secret-canary", "safe", "link worker"))


@pytest.mark.django_db
def test_a_practice_without_an_address_finds_it_in_its_list(place: Place) -> None:
    case_id = supported(place)
    case = queries.case(place.worker.scope, case_id)
    people.record_risk(scope=place.worker.scope, person_id=case.person_id, none_known=True)
    made = actions.prepare_message_back(
        scope=place.worker.scope, case_id=case_id, recipient_organisation_id=place.practice_id
    )
    tell_practice_of_summary(place.system, made)
    with scoped(place.system):
        assert not Message.objects.filter(audience="gp").exists()


@pytest.mark.django_db
@pytest.mark.fault("F18")
def test_a_person_never_asked_is_written_nothing_and_their_worker_phones_when_a_time_changes(place: Place) -> None:
    first, second = _moved(place)
    tell_person_of_appointment(place.system, first)
    tell_person_of_appointment(place.system, second)
    with scoped(place.system):
        assert not Message.objects.filter(audience="person").exclude(state="held").exists()
    mine = tasks.my_tasks(place.worker.scope)
    assert [row.kind for row in mine] == ["tell_appointment_by_phone"]
    assert "Pickering" not in mine.rows[0].title


@pytest.mark.django_db
@pytest.mark.fault("F20")
def test_a_person_who_said_texts_are_safe_hears_the_time_and_no_more(place: Place) -> None:
    first, second = _moved(place, text_is_safe=True)
    for _ in range(2):
        tell_person_of_appointment(place.system, first)
        tell_person_of_appointment(place.system, second)
    case_id = queries.appointment(place.worker.scope, second).case_id
    actions.cancel_appointment(scope=place.worker.scope, appointment_id=second, expected_version=1, reason="Not well")
    tell_person_of_cancelling(place.system, second)
    with scoped(place.system):
        sent = list(Message.objects.filter(audience="person", about_kind="appointment").order_by("created_at"))
    assert [(each.template, each.state) for each in sent] == [
        ("person_appointment_moved", "queued"),
        ("person_appointment_cancelled", "queued"),
    ]
    assert not any(word in each.body for each in sent for word in ("Pickering", "lonely", "Wexcombe", "Not well"))
    assert tasks.my_tasks(place.worker.scope).rows == ()
    assert queries.appointments_of(place.worker.scope, case_id, booked_only=True) == ()


def _moved(place: Place, *, text_is_safe: bool = False) -> tuple[UUID, UUID]:
    """An appointment, and the one it was moved to."""
    case_id = supported(place)
    if text_is_safe:
        person_id = queries.case(place.worker.scope, case_id).person_id
        answers = SafeAnswers(text=True, asked_alone=True, told_by="person")
        people.record_safe_contact(scope=place.worker.scope, person_id=person_id, answers=answers)
        people.add_contact_point(
            scope=place.worker.scope, person_id=person_id, kind="mobile", value="07700 900456", told_by="person"
        )
    soon = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=2))
    first = actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=soon)
    later = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=3))
    second = actions.move_appointment(scope=place.worker.scope, appointment_id=first, expected_version=1, details=later)
    return first, second


@pytest.mark.django_db
@pytest.mark.fault("F37")
def test_nobody_leaves_while_people_are_theirs(place: Place) -> None:
    case_id = supported(place)
    with scoped(place.administrator.scope):
        found = {left.name: left.count for left in left_behind(place.administrator.scope, place.worker.user_id)}
    assert found["people they support"] == 1
    version = queries.case(place.lead.scope, case_id).version
    actions.allocate(
        scope=place.lead.scope, case_id=case_id, expected_version=version, worker_id=place.colleague.user_id
    )
    with scoped(place.administrator.scope):
        names = {left.name for left in left_behind(place.administrator.scope, place.worker.user_id)}
    assert "people they support" not in names


@pytest.mark.fault("F33")
def test_two_leads_press_accept_at_the_same_moment_and_one_person_is_made(own_database: str) -> None:
    place = make_place()
    referral_id = refer(place)
    ready, outcomes = threading.Barrier(2), []

    def accept(member: object) -> None:
        scope = member.scope  # type: ignore[attr-defined]
        ready.wait()
        try:
            actions.accept_referral(scope=scope, referral_id=referral_id, expected_version=1)
            outcomes.append("accepted")
        except Conflict:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=(each,)) for each in (place.lead, place.safeguarding_lead)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "told"]
    assert queries.waiting_list(place.lead.scope, place.team_id).total == 1
