"""If these fail, a lead is told that somebody was reached in time who was not, or a person is told a wait made up."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.accounts import actions as accounts
from linkwell.accounts.rules import Rules, Targets
from linkwell.casework import actions, periodic, queries
from linkwell.casework.case_tasks import STILL_WAITING_TASK
from linkwell.casework.details import ClosingDetails
from linkwell.casework.models import Case, Pause
from linkwell.casework.presenters.arrival import clock_facts
from linkwell.casework.queries import ReferralClocks
from linkwell.casework.tests.helpers import accepted, refer, talk
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.clocks import Status
from linkwell.kernel.waits import Waits
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries
from linkwell.referrals.tests.helpers import ClientFor, text_of
from linkwell.referrals.wait_words import wait_words
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db
FRIDAY = dt.datetime(2026, 10, 23, 14, 0, tzinfo=dt.UTC)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)


def clocks_of(place: Place, referral_id: UUID) -> ReferralClocks:
    return queries.clocks_of(place.lead.scope, [referral_id])[referral_id]


def test_each_clock_stops_at_its_own_event(place: Place) -> None:
    with at(FRIDAY):
        referral_id = refer(place)
        fresh = clocks_of(place, referral_id)
    assert [fresh.triage.status, fresh.first_try.status, fresh.first_talk.status] == [Status.NOT_YET_DUE] * 3
    assert fresh.triage.due == dt.date(2026, 10, 27)
    with at(FRIDAY + days(3)):
        case_id = actions.accept_referral(
            scope=place.lead.scope, referral_id=referral_id, expected_version=1, worker_id=place.worker.user_id
        )
    with at(FRIDAY + days(10)):
        talk(place.worker.scope, case_id, outcome="tried")
    with at(FRIDAY + days(14)):
        talk(place.worker.scope, case_id)
        found = clocks_of(place, referral_id)
    # Read on Monday; first tried on Monday week, when Friday was the day; spoken with inside three weeks.
    assert [found.triage.status, found.first_try.status, found.first_talk.status] == [
        Status.INSIDE,
        Status.MISSED,
        Status.INSIDE,
    ]
    assert [found.triage.days, found.first_try.days, found.first_talk.days] == [1, 6, 10]


@pytest.mark.fault("F12")
def test_the_night_the_clocks_go_back_moves_no_due_day(place: Place) -> None:
    for moment in ("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-10-25T23:59:00+00:00"):
        with at(dt.datetime.fromisoformat(moment)):
            found = clocks_of(place, refer(place, given_name=f"At {moment}"))
        assert found.received_on == dt.date(2026, 10, 25)
        assert (found.triage.due, found.first_talk.due) == (dt.date(2026, 10, 27), dt.date(2026, 11, 13))


@pytest.mark.fault("F12")
def test_a_pause_is_counted_out_and_a_bank_holiday_too(place: Place) -> None:
    with at(dt.datetime(2026, 12, 18, 10, tzinfo=dt.UTC)):
        case_id = accepted(place, place.worker.user_id)
        before = queries.clocks_of_case(place.worker.scope, case_id)
        assert before is not None
        # Christmas Day, the substitute for Boxing Day, and New Year's Day do not count.
        assert before.first_try.due == dt.date(2026, 12, 29)
        with scoped(place.system):
            Pause.objects.create(
                organisation_id=place.organisation_id,
                case_id=case_id,
                reason="hospital",
                started_at=clock.now(),
                until=dt.date(2027, 1, 4),
                recorded_by_id=place.worker.user_id,
            )
        after = queries.clocks_of_case(place.worker.scope, case_id)
        assert after is not None
        assert after.first_try.due == dt.date(2027, 1, 8)
        assert after.first_try.status is Status.PAUSED
        said = {fact["label"]: fact["value"] for fact in clock_facts(after)}
        assert "until" in said["Days that do not count"]


def test_a_declined_referral_owes_no_first_try(place: Place) -> None:
    referral_id = refer(place)
    referrals.decline(
        scope=place.lead.scope, referral_id=referral_id, expected_version=1, reason="no_room", advice="Later."
    )
    found = clocks_of(place, referral_id)
    assert [found.triage.status, found.first_try.status, found.first_talk.status] == [
        Status.INSIDE,
        Status.ENDED,
        Status.ENDED,
    ]


def test_the_commissioners_targets_are_used_for_its_referrals(place: Place) -> None:
    accounts.set_targets(
        scope=place.lead.scope, team_id=place.team_id, commissioner_id=place.practice_id, targets=Targets(1, 2, 3)
    )
    with at(FRIDAY):
        found = clocks_of(place, refer(place))
    assert [found.triage.target, found.first_try.target, found.first_talk.target] == [1, 2, 3]
    row = referral_queries.referral(place.lead.scope, found.referral_id)
    assert row.next_date == dt.date(2026, 10, 26)


def test_as_it_stood_at_the_end_of_a_month_later_events_are_left_out(place: Place) -> None:
    with at(FRIDAY):
        referral_id = refer(place)
    with at(FRIDAY + days(30)):
        actions.accept_referral(scope=place.lead.scope, referral_id=referral_id, expected_version=1)
        month = (dt.date(2026, 10, 1), dt.date(2026, 11, 1))
        [then] = queries.clocks_between(place.lead.scope, *month, as_of=dt.date(2026, 10, 26))
        [now] = queries.clocks_between(place.lead.scope, *month, team_id=place.team_id)
    assert (then.triage.status, then.triage.done) == (Status.NOT_YET_DUE, None)
    assert now.triage.status is Status.MISSED
    assert queries.clocks_between(place.stranger_lead.scope, *month) == ()


def test_many_referrals_cost_as_many_questions_as_one(place: Place) -> None:
    counted = []
    for number in range(2):
        for each in range(1 + 4 * number):
            accepted(place, given_name=f"Person {number} {each}")
        with CaptureQueriesContext(
            connection,
        ) as taken:
            queries.clocks_between(place.lead.scope, clock.today(), clock.today() + days(1))
        counted.append(len(taken))
    assert counted[0] == counted[1]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 20), st.none() | st.integers(0, 40))
def test_a_clock_agrees_with_the_calendar(place: Place, received: int, spoken: int | None) -> None:
    now = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    with at(now - days(20) + days(received / 2)):
        referral_id = refer(place)
        case_id = actions.accept_referral(
            scope=place.lead.scope, referral_id=referral_id, expected_version=1, worker_id=place.worker.user_id
        )
    when = min(now - days(20) + days(received / 2) + days((spoken or 0) / 2), now)
    if spoken is not None:
        with scoped(place.system):
            Case.objects.filter(pk=case_id).update(first_spoken_at=when, state="active")
    with at(now):
        found = clocks_of(place, referral_id).first_talk
    assert found.done == (clock.london(when).date() if spoken is not None else None)
    assert (found.status is Status.INSIDE) == (
        found.done is not None and found.due is not None and found.done <= found.due
    )


def wait(place: Place, *, reached: list[int], waiting: list[int]) -> Waits:
    for number, long in enumerate([*reached, *waiting]):
        with at(FRIDAY - days(60)):
            case_id = accepted(place, place.worker.user_id, given_name=f"Waiting {number}")
        if number < len(reached):
            with scoped(place.system):
                spoken = FRIDAY - days(60) + days(long)
                Case.objects.filter(pk=case_id).update(first_spoken_at=spoken, state="active")
    with at(FRIDAY):
        return queries.waits_of_team(place.lead.scope, place.team_id)


def test_those_who_wait_still_are_part_of_the_wait_people_are_told(place: Place, client: Client) -> None:
    found = wait(place, reached=[10] * 6 + [30] * 5, waiting=[0] * 3)
    assert (found.reached, found.waiting, found.half, found.longest) == (11, 3, 30, None)
    with at(FRIDAY):
        periodic.count_waits(place.system)
        page = text_of(client.get("/ask/wexcombe/"))
    assert "Most people wait 10 days or more to talk with a link worker." in page
    assert "Some wait longer than we can say yet." in page
    assert "Half wait 5 weeks or less." in page


def test_too_few_people_make_no_wait(place: Place, client: Client) -> None:
    found = wait(place, reached=[10, 12], waiting=[])
    assert "We do not know yet" in wait_words(found, Rules())
    assert "We do not know yet" in text_of(client.get("/ask/wexcombe/"))
    assert wait_words(Waits(20, 0, 14, 21, 35), Rules()) == (
        "Most people wait between 2 weeks and 5 weeks to talk with a link worker. Half wait 3 weeks or less."
    )
    assert "wait still" in wait_words(Waits(20, 40, None, None, None), Rules())


def test_somebody_who_waits_is_called_every_few_weeks_and_not_every_day(place: Place, client_for: ClientFor) -> None:
    with at(FRIDAY):
        case_id = accepted(place)
    with at(FRIDAY + days(27)):
        periodic.call_those_who_wait(place.system)
        assert open_about(place.lead.scope, case_id) == ()
    with at(FRIDAY + days(28)):
        periodic.call_those_who_wait(place.system)
        periodic.call_those_who_wait(place.system)
        [task] = open_about(place.lead.scope, case_id)
        assert (task.kind, task.owner_id) == (STILL_WAITING_TASK, None)
        page = text_of(client_for(place.lead).get(reverse("casework:waiting")))
    assert "Should have been by" in page
    assert "We do not know yet how long people wait" in page


@pytest.mark.parametrize("step", ["talked", "allocated", "ended", "died"])
def test_nobody_is_rung_to_say_still_waiting_who_waits_no_more(place: Place, step: str) -> None:
    with at(FRIDAY):
        case_id = accepted(place)
    case = queries.case(place.lead.scope, case_id)
    with at(FRIDAY + days(28)):
        if step == "died":
            people.record_death(scope=place.lead.scope, person_id=case.person_id, details=DeathDetails())
        periodic.call_those_who_wait(place.system)
        before = {task.kind for task in open_about(place.lead.scope, case_id)}
        assert before == (set() if step == "died" else {STILL_WAITING_TASK})
        if step == "talked":
            talk(place.lead.scope, case_id)
        given: dict[str, Any] = {"scope": place.lead.scope, "case_id": case_id, "expected_version": case.version}
        if step == "allocated":
            actions.allocate(**given, worker_id=place.worker.user_id)
        if step == "ended":
            actions.close(**given, closing=ClosingDetails("no_longer", "She has found a group herself"))
        assert open_about(place.lead.scope, case_id) == ()


def test_somebody_spoken_with_while_they_waited_is_supported_once_they_have_a_link_worker(place: Place) -> None:
    case_id = accepted(place)
    talk(place.lead.scope, case_id)
    waiting = queries.case(place.lead.scope, case_id)
    actions.allocate(
        scope=place.lead.scope, case_id=case_id, expected_version=waiting.version, worker_id=place.worker.user_id
    )
    case = queries.case(place.lead.scope, case_id)
    assert (waiting.state, case.state, case.next_step) == ("waiting", "active", "Talk again")
