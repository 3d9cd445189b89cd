"""Two people work on one case in any order: whatever they do, nothing is lost and the rules hold."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ClosingDetails, ConversationDetails, PauseDetails, StepDetails
from linkwell.casework.models import (
    NOT_ATTENDED,
    Appointment,
    Case,
    Interaction,
    InteractionOutcome,
    Pause,
    PlanVersion,
)
from linkwell.casework.periodic import pauses_that_are_over
from linkwell.casework.states import APPOINTMENT, CASE
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, StateChange
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from tests.place import Place

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 10, 23, 9, tzinfo=dt.UTC)
REFUSED = (Conflict, Invalid, InvalidMove)
WHO = st.sampled_from(["worker", "colleague"])
# Mostly people look before they act; sometimes what they see is old.
LOOKS_FIRST = st.sampled_from([True, True, True, False])


class OneCase(RuleBasedStateMachine):
    """Each person sees the case as it was when they last looked; time moves over the end of summer time."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.time = time_machine.travel(START, tick=False)
        self.now = self.time.start()
        self.case_id = accepted(self.place, self.place.worker.user_id)
        self.seen: dict[str, int] = {}
        self.seen_plan: dict[str, int] = {}
        self.keys: list[UUID] = []
        self.written = 0
        self.versions = 0
        # Begin in the middle of things: spoken once, two times booked, a plan begun.
        self.look("worker")
        self._write("worker", "talked", None, uuid4())
        self.book("worker", 2, agreed=True)
        self.book("worker", 3, agreed=False)
        self.add_to_plan("worker")
        self.wait(4)

    def teardown(self) -> None:
        self.time.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def scope(self, who: str) -> Scope:
        member: Any = getattr(self.place, who)
        scope: Scope = member.scope
        return scope

    @rule(who=WHO)
    def look(self, who: str) -> None:
        self.seen[who] = queries.case(self.scope(who), self.case_id).version
        self.seen_plan[who] = queries.plan(self.scope(who), self.case_id).version

    @rule(hours=st.integers(1, 80))
    def wait(self, hours: int) -> None:
        self.now.shift(dt.timedelta(hours=hours))

    @rule(to=WHO)
    def allocate(self, to: str) -> None:
        member: Any = getattr(self.place, to)
        version = queries.case(self.place.lead.scope, self.case_id).version
        self._try(actions.allocate, "lead", case_id=self.case_id, expected_version=version, worker_id=member.user_id)

    @rule(who=WHO, hours=st.integers(1, 72), agreed=st.booleans())
    def book(self, who: str, hours: int, agreed: bool) -> None:
        details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(hours=hours), agreed_with_person=agreed)
        self._try(actions.book_appointment, who, case_id=self.case_id, details=details)

    @rule(who=WHO, data=st.data(), how=st.sampled_from(["move", "cancel"]))
    def change_appointment(self, who: str, data: st.DataObject, how: str) -> None:
        rows = queries.appointments_of(self.scope(who), self.case_id)
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        which = {"appointment_id": row.id, "expected_version": row.version}
        if how == "cancel":
            self._try(actions.cancel_appointment, who, reason="Not well", **which)
        else:
            later = AppointmentDetails(starts_at=clock.now() + dt.timedelta(hours=30))
            self._try(actions.move_appointment, who, details=later, **which)

    @rule(
        who=WHO,
        data=st.data(),
        outcome=st.sampled_from(InteractionOutcome.values),
        again=st.sampled_from([False, False, True]),
        looks=LOOKS_FIRST,
    )
    def write_up(self, who: str, data: st.DataObject, outcome: str, again: bool, looks: bool) -> None:
        if looks:
            self.look(who)
        rows = queries.appointments_of(self.scope(who), self.case_id)
        about = data.draw(st.sampled_from([None, *(row.id for row in rows)]))
        self._write(who, outcome, about, self.keys[-1] if again and self.keys else uuid4())

    def _write(self, who: str, outcome: str, about: UUID | None, key: UUID) -> None:
        said = ConversationDetails(
            kind="phone",
            outcome=outcome,
            happened_at=clock.now(),
            note="A note.",
            appointment_id=about,
            expected_version=self.seen.get(who, 0),
        )
        done = self._try(actions.write_up, who, case_id=self.case_id, submission_key=key, conversation=said)
        if done is not None and key not in self.keys:
            self.keys.append(key)
            self.written += 1

    @rule(who=WHO)
    def add_to_plan(self, who: str) -> None:
        plan = queries.plan(self.scope(who), self.case_id)
        need = self._try(actions.add_need, who, plan_id=plan.id, words="Company")
        if need is not None:
            goal = actions.add_goal(scope=self.scope(who), need_id=need, words="Lunch", importance=5)
            actions.add_step(scope=self.scope(who), goal_id=goal, step=StepDetails(words="Ring", who="Joan"))

    @rule(who=WHO, agreed=st.booleans(), looks=LOOKS_FIRST)
    def agree(self, who: str, agreed: bool, looks: bool) -> None:
        if looks:
            self.look(who)
        plan = queries.plan(self.scope(who), self.case_id)
        number = self._try(
            actions.agree_plan,
            who,
            plan_id=plan.id,
            expected_version=self.seen_plan.get(who, 0),
            agreed=agreed,
            how="spoken",
            why_not="Wants to think",
        )
        if number is not None:
            assert self.seen_plan[who] == plan.version
            self.versions += 1

    @rule(who=WHO, note=st.sampled_from(["", "Sam will go"]), looks=st.booleans())
    def close(self, who: str, note: str, looks: bool) -> None:
        if looks:
            self.look(who)
        is_open = any(row.state == "booked" for row in queries.appointments_of(self.scope(who), self.case_id))
        closing = ClosingDetails(reason="partly_met", still_open_note=note)
        version = self.seen.get(who, 0)
        before = queries.case(self.scope(who), self.case_id)
        self._try(actions.close, who, case_id=self.case_id, expected_version=version, closing=closing)
        after = queries.case(self.scope(who), self.case_id)
        if before.is_open and not after.is_open:
            assert note or not is_open

    @rule(who=WHO, days=st.integers(-1, 20), looks=LOOKS_FIRST)
    def pause(self, who: str, days: int, looks: bool) -> None:
        if looks:
            self.look(who)
        details = PauseDetails("hospital", clock.today() + dt.timedelta(days=days))
        version = self.seen.get(who, 0)
        self._try(actions.pause, who, case_id=self.case_id, expected_version=version, details=details)

    @rule()
    def the_round_of_the_day(self) -> None:
        pauses_that_are_over(self.place.system)

    @rule(who=WHO)
    def reopen(self, who: str) -> None:
        version = queries.case(self.scope(who), self.case_id).version
        self._try(actions.reopen, who, case_id=self.case_id, expected_version=version, reason="Asked")

    def _try(self, action: Any, who: str, **given: Any) -> Any:
        """Do it, or be refused and leave nothing behind."""
        before = self._trail()
        try:
            return action(scope=self.scope(who), **given) or True
        except REFUSED:
            assert self._trail() == before
            return None

    def _trail(self) -> tuple[int, int]:
        with scoped(self.place.lead.scope):
            return AuditEvent.objects.exclude(verb="opened").count(), StateChange.objects.count()

    @invariant()
    def nobody_is_lost(self) -> None:
        with scoped(self.place.lead.scope):
            case = Case.objects.get(pk=self.case_id)
        if case.state == "closed":
            assert case.closed_at is not None
            assert case.closing_reason
        else:
            assert case.next_date is not None
            assert case.closed_at is None
        assert case.state in ("waiting", "paused", "closed") or case.worker_id is not None
        assert (case.state == "paused") is (case.paused_until is not None)
        with scoped(self.place.lead.scope):
            assert Pause.objects.filter(ended_at=None).count() == (1 if case.state == "paused" else 0)

    @invariant()
    def what_was_written_is_there_once(self) -> None:
        with scoped(self.place.lead.scope):
            assert Interaction.objects.count() == self.written
            assert PlanVersion.objects.count() == self.versions

    @invariant()
    def only_an_agreed_time_was_missed(self) -> None:
        with scoped(self.place.lead.scope):
            missed = Appointment.objects.filter(state__in=NOT_ATTENDED)
            assert not missed.filter(agreed_with_person=False).exists()
            assert missed.count() == Interaction.objects.filter(outcome__in=NOT_ATTENDED).count()

    @invariant()
    def every_step_of_the_history_was_allowed(self) -> None:
        with scoped(self.place.lead.scope):
            rows = list(StateChange.objects.filter(object_kind__in=["case", "appointment"]).order_by("id"))
        now: dict[UUID, str] = {}
        for row in rows:
            moves = CASE if row.object_kind == "case" else APPOINTMENT
            assert row.before == now.get(row.object_id, "")
            assert not row.before or row.after in moves.allowed[row.before]
            now[row.object_id] = row.after


@pytest.mark.fault("F33")
@pytest.mark.fault("F12")
def test_two_people_in_any_order_lose_nothing(place: Place) -> None:
    class Here(OneCase):
        pass

    Here.place = place
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
