"""Somebody has died: within one round of the worker everything stops, gently, and a mistake can be put right."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from linkwell.casework import actions as casework
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.models import Appointment, Case
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from linkwell.messaging import actions as messaging
from linkwell.messaging.models import Message
from linkwell.onward import queries
from linkwell.onward.models import OnwardReferral
from linkwell.onward.tests.conftest import PHONE, SURNAME, Asked, newest_body
from linkwell.people import actions as people
from linkwell.people import queries as of_people
from linkwell.people.death import DeathDetails
from linkwell.people.details import PersonDetails, RelatedDetails, SafeAnswers
from linkwell.tasks import actions as tasks
from linkwell.tasks.models import Task

TOLD = DeathDetails(source="family", confirmed=True, year=2026, month=3)
APPOINTMENT = {"staff": "Sam", "when": "Tuesday 3 March, 2pm", "phone": "01632 960001"}


@pytest.fixture(autouse=True)
def messages_go(settings: Settings) -> None:
    settings.DEMO = True


def work(rounds: int = 1) -> None:
    for _ in range(rounds):
        worker.work_off(200)


def everything_goes_on(asked: Asked) -> UUID:
    """An appointment, a message on its way and something to do. Returns the message."""
    scope = asked.worker
    answers = SafeAnswers(phone=True, text=True, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=scope, person_id=asked.person_id, answers=answers)
    people.add_contact_point(scope=scope, person_id=asked.person_id, kind="mobile", value=PHONE, told_by="person")
    with scoped(scope):
        from linkwell.people.models import ContactPoint

        ContactPoint.objects.filter(person_id=asked.person_id).update(confirmed_at=clock.now())
    work(3)
    casework.book_appointment(
        scope=scope,
        case_id=asked.case_id,
        details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=2), kind="phone"),
    )
    tasks.open_task(
        scope=scope,
        team_id=asked.place.team_id,
        owner_id=asked.place.worker.user_id,
        kind="call_back",
        title="Ring them",
        about_kind="case",
        about_id=asked.case_id,
        due_on=clock.today(),
        person_id=asked.person_id,
    )
    return a_message(asked)


def a_message(asked: Asked, key: str = "before") -> UUID:
    return messaging.send(
        scope=asked.worker,
        audience="person",
        template="person_appointment",
        values=APPOINTMENT,
        about_kind="appointment",
        about_id=uuid4(),
        once_key=key,
        person_id=asked.person_id,
    )


def state_of(asked: Asked, model: Any, **which: Any) -> set[str]:
    with scoped(asked.worker):
        return set(model.objects.filter(**which).values_list("state", flat=True))


def open_kinds(asked: Asked) -> set[str]:
    with scoped(asked.worker):
        return set(Task.objects.filter(state="open").values_list("kind", flat=True))


def test_a_message_already_waiting_is_held_before_the_page_comes_back(asked: Asked) -> None:
    message_id = everything_goes_on(asked)
    assert state_of(asked, Message, pk=message_id) == {"queued"}
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    assert state_of(asked, Message, pk=message_id) == {"held"}


def test_within_one_round_nothing_goes_on_for_somebody_who_has_died(asked: Asked) -> None:
    everything_goes_on(asked)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    work()
    assert state_of(asked, Appointment) == {"cancelled"}
    assert state_of(asked, OnwardReferral) == {"withdrawn"}
    assert state_of(asked, Case) == {"closed"}
    assert open_kinds(asked) == {"death_family"}
    with scoped(asked.worker):
        case = Case.objects.get()
        assert (case.closing_reason, case.closed_by_id) == ("died", asked.place.worker.user_id)
    link = queries.opened_link(asked.token)
    assert link is not None
    assert not link.usable


def test_the_group_hears_only_that_somebody_will_not_be_coming(asked: Asked) -> None:
    everything_goes_on(asked)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    work(4)
    body = newest_body(asked.place)
    assert "will not be coming" in body
    assert not {"died", "death", "Beryl", SURNAME} & set(body.split())
    with scoped(asked.worker):
        told = Message.objects.filter(audience="group").order_by("created_at")
        assert [each.template for each in told] == ["group_asked", "group_not_coming"]


def test_nobody_is_told_of_a_cancelled_appointment_or_asked_to_ring_about_it(asked: Asked) -> None:
    everything_goes_on(asked)
    work(2)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    work(4)
    assert "tell_appointment_by_phone" not in open_kinds(asked)
    with scoped(asked.worker):
        assert not Message.objects.filter(template="person_appointment_cancelled").exists()


def test_a_held_message_never_goes_whoever_presses_the_button(asked: Asked) -> None:
    message_id = everything_goes_on(asked)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    with scoped(asked.worker):
        version = Message.objects.get(pk=message_id).version
    messaging.send_again(scope=asked.place.lead.scope, message_id=message_id, expected_version=version)
    work(3)
    assert state_of(asked, Message, pk=message_id) == {"held"}
    assert state_of(asked, Message, pk=a_message(asked, "after")) == {"held"}


def test_what_nobody_confirmed_stops_contact_and_asks_the_lead_before_support_ends(asked: Asked) -> None:
    everything_goes_on(asked)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=DeathDetails(source="feed"))
    work()
    assert state_of(asked, Case) == {"active"}
    assert state_of(asked, Appointment) == {"cancelled"}
    assert open_kinds(asked) == {"death_family", "death_confirm"}
    people.record_death(
        scope=asked.place.lead.scope, person_id=asked.person_id, details=DeathDetails(source="gp", confirmed=True)
    )
    work()
    assert state_of(asked, Case) == {"closed"}
    assert open_kinds(asked) == {"death_family"}


def test_a_carers_own_support_and_the_people_around_them_are_not_touched(asked: Asked) -> None:
    scope = asked.worker
    carer = people.add_person(scope=scope, details=PersonDetails("Carol", SURNAME, told_by="person"))
    people.add_related_contact(
        scope=scope, person_id=asked.person_id, details=RelatedDetails(f"Carol {SURNAME}", "daughter", is_carer=True)
    )
    with scoped(scope):
        case = Case.objects.create(
            organisation_id=asked.place.organisation_id,
            person_id=carer,
            team_id=asked.place.team_id,
            worker_id=asked.place.worker.user_id,
            state="active",
            opened_at=clock.now(),
            next_date=clock.today(),
        )
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=2))
    casework.book_appointment(scope=scope, case_id=case.pk, details=details)
    people.record_death(scope=scope, person_id=asked.person_id, details=TOLD)
    work(3)
    assert state_of(asked, Case, pk=case.pk) == {"active"}
    assert state_of(asked, Appointment, person_id=carer) == {"booked"}
    assert len(of_people.related_contacts(scope, asked.person_id)) == 1
    assert not of_people.has_died(scope, carer)


def test_a_second_record_of_the_same_person_stops_with_the_first(asked: Asked) -> None:
    everything_goes_on(asked)
    other = people.add_person(scope=asked.worker, details=PersonDetails("Beryl", SURNAME))
    people.record_death(scope=asked.worker, person_id=other, details=TOLD)
    work()
    assert state_of(asked, Case) == {"active"}
    link = people.link_identity(scope=asked.worker, record_id=other, same_as_id=asked.person_id, reason="Same birthday")
    work()
    assert state_of(asked, Case) == {"closed"}
    assert state_of(asked, Appointment) == {"cancelled"}
    people.undo_identity_link(scope=asked.worker, link_id=link)
    assert state_of(asked, Case) == {"active"}
    assert not of_people.has_died(asked.worker, asked.person_id)


def test_nothing_new_begins_for_somebody_who_has_died(asked: Asked) -> None:
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=DeathDetails(source="family"))
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=2))
    with pytest.raises(InvalidMove, match="have died"):
        casework.book_appointment(scope=asked.worker, case_id=asked.case_id, details=details)


def test_a_mistake_is_put_right_and_says_what_must_be_done_by_hand(asked: Asked) -> None:
    message_id = everything_goes_on(asked)
    people.record_death(scope=asked.worker, person_id=asked.person_id, details=TOLD)
    work(4)
    people.undo_death(scope=asked.worker, person_id=asked.person_id, reason="Another Beryl")
    assert state_of(asked, Case) == {"active"}
    assert open_kinds(asked) == {"call_back"}
    work(4)
    assert state_of(asked, Message, pk=message_id) == {"held"}
    assert state_of(asked, Appointment) == {"cancelled"}
    rows = of_people.stopped_by_death(asked.worker, asked.person_id)
    back = {row.words for row in rows if row.restored}
    by_hand = {row.words for row in rows if not row.restored}
    assert back == {"Support was ended", "Something to do was taken off a list"}
    assert by_hand == {
        "A message to them was held",
        "An appointment was cancelled",
        "An onward referral was taken back, and the group heard that nobody would be coming",
    }
    assert of_people.undone_death(asked.worker, asked.person_id)


_EVENTS = st.lists(
    st.sampled_from(["died", "unconfirmed", "feed", "linked", "unlinked", "message", "round", "booked", "undone"]),
    min_size=3,
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(events=_EVENTS)
def test_in_whatever_order_it_comes_nothing_goes_to_somebody_who_has_died(asked: Asked, events: list[str]) -> None:
    from django.db import transaction

    with transaction.atomic():
        _Story(asked).play(events)
        transaction.set_rollback(True)


class _Story:
    """One order of events about one person, and what must be so after each round of the worker."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.scope, self.person = asked, asked.worker, asked.person_id
        self.other = people.add_person(scope=self.scope, details=PersonDetails("Beryl", SURNAME))
        self.link: UUID | None = None
        self.number = 0
        everything_goes_on(asked)

    def play(self, events: list[str]) -> None:
        for event in events:
            getattr(self, event)()
            self.check_messages()
        self.round()
        self.check_all()

    def died(self) -> None:
        people.record_death(scope=self.scope, person_id=self.person, details=TOLD)

    def unconfirmed(self) -> None:
        people.record_death(scope=self.scope, person_id=self.other, details=DeathDetails(source="feed"))

    def feed(self) -> None:
        """Another system, or a new referral, says nothing of a death: that takes nothing back."""
        before = of_people.has_died(self.scope, self.person)
        card = of_people.contact_card(self.scope, self.person)
        details = PersonDetails("Beryl", SURNAME, told_by="feed", postcode="BS1 4DJ")
        people.change_person(scope=self.scope, person_id=self.person, expected_version=card.version, details=details)
        assert of_people.has_died(self.scope, self.person) == before

    def linked(self) -> None:
        if self.link is None:
            self.link = people.link_identity(
                scope=self.scope, record_id=self.other, same_as_id=self.person, reason="Same person"
            )

    def unlinked(self) -> None:
        if self.link is not None:
            people.undo_identity_link(scope=self.scope, link_id=self.link)
            self.link = None

    def message(self) -> None:
        self.number += 1
        a_message(self.asked, f"message-{self.number}")

    def booked(self) -> None:
        details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=3, minutes=self.number))
        try:
            casework.book_appointment(scope=self.scope, case_id=self.asked.case_id, details=details)
        except InvalidMove:
            assert of_people.has_died(self.scope, self.person) or state_of(self.asked, Case) == {"closed"}

    def undone(self) -> None:
        if of_people.has_died(self.scope, self.person):
            people.undo_death(scope=self.scope, person_id=self.person, reason="A mistake")

    def round(self) -> None:
        before = self.sent()
        dead = of_people.has_died(self.scope, self.person)
        work()
        assert not dead or self.sent() == before

    def sent(self) -> int:
        with scoped(self.scope):
            return Message.objects.filter(audience="person", state__in=["sending", "sent"]).count()

    def check_messages(self) -> None:
        if of_people.has_died(self.scope, self.person):
            assert "queued" not in state_of(self.asked, Message, audience="person")

    def check_all(self) -> None:
        death = of_people.death_of(self.scope, self.person)
        if death is None:
            return
        assert "booked" not in state_of(self.asked, Appointment)
        assert state_of(self.asked, OnwardReferral) <= {"withdrawn", "ended", "declined"}
        assert open_kinds(self.asked) <= {"death_family", "death_confirm"}
        assert state_of(self.asked, Case) == ({"closed"} if death.details.confirmed else state_of(self.asked, Case))
