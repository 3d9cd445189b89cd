"""If these fail, a team is told that it was in time when it was not, or the other way round."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.kernel import clock, clocks, waits
from linkwell.kernel.clocks import Pause, Status
from linkwell.kernel.working_days import Nation, add_working_days, is_working_day, working_days_between

MONDAY = dt.date(2026, 6, 1)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
NATIONS = st.sampled_from(list(Nation))
SPANS = st.integers(0, 60)


@st.composite
def pauses(draw: st.DrawFn, start: dt.date = MONDAY) -> Pause:
    first = start + dt.timedelta(days=draw(st.integers(-10, 60)))
    return Pause(first, draw(st.none() | st.just(first + dt.timedelta(days=draw(st.integers(0, 30))))))


def test_done_on_the_day_it_is_due_is_inside_and_the_day_after_is_missed() -> None:
    due = dt.date(2026, 6, 8)
    on_time = clocks.measure(MONDAY, 5, today=due, done=due)
    late = clocks.measure(MONDAY, 5, today=dt.date(2026, 6, 30), done=due + dt.timedelta(days=1))
    assert (on_time.due, on_time.status, on_time.days) == (due, Status.INSIDE, 5)
    assert (late.due, late.status, late.days) == (due, Status.MISSED, 6)


def test_what_is_not_yet_due_is_never_called_missed() -> None:
    assert clocks.measure(MONDAY, 5, today=dt.date(2026, 6, 8)).status is Status.NOT_YET_DUE
    assert clocks.measure(MONDAY, 5, today=dt.date(2026, 6, 9)).status is Status.MISSED


def test_a_pause_is_counted_out() -> None:
    away = Pause(dt.date(2026, 6, 3), dt.date(2026, 6, 10))
    found = clocks.measure(MONDAY, 5, today=dt.date(2026, 6, 12), pauses=[away])
    assert (found.due, found.status) == (dt.date(2026, 6, 15), Status.NOT_YET_DUE)


def test_while_a_pause_has_no_end_nothing_falls_due() -> None:
    away = Pause(dt.date(2026, 6, 3))
    found = clocks.measure(MONDAY, 5, today=dt.date(2026, 9, 1), pauses=[away])
    assert (found.due, found.status, found.days) == (None, Status.PAUSED, 1)


def test_what_ended_in_time_is_neither_inside_nor_missed() -> None:
    ended = clocks.measure(MONDAY, 5, today=dt.date(2026, 7, 1), ended=dt.date(2026, 6, 4))
    too_late = clocks.measure(MONDAY, 5, today=dt.date(2026, 7, 1), ended=dt.date(2026, 6, 24))
    assert (ended.status, too_late.status) == (Status.ENDED, Status.MISSED)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("nation", "due"),
    [
        (Nation.ENGLAND, dt.date(2026, 4, 8)),
        # Easter Monday is no bank holiday in Scotland.
        (Nation.SCOTLAND, dt.date(2026, 4, 7)),
    ],
)
def test_bank_holidays_of_each_nation_do_not_count(nation: Nation, due: dt.date) -> None:
    assert clocks.due_day(dt.date(2026, 4, 1), 3, nation=nation) == due


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Half past one comes twice on 25 October 2026, and on 28 March 2027 it does not come at all.
        ("2026-10-25T00:30:00+00:00", dt.date(2026, 10, 25)),
        ("2026-10-25T01:30:00+00:00", dt.date(2026, 10, 25)),
        ("2027-03-28T00:59:00+00:00", dt.date(2027, 3, 28)),
        ("2027-03-28T23:30:00+00:00", dt.date(2027, 3, 29)),
        ("2028-02-29T12:00:00+00:00", dt.date(2028, 2, 29)),
    ],
)
def test_a_clock_starts_on_the_day_a_uk_clock_shows(moment: str, day: dt.date) -> None:
    started = clock.london(dt.datetime.fromisoformat(moment)).date()
    assert started == day
    assert clocks.due_day(started, 5) == add_working_days(day, 5)


@given(started=DAYS, target=st.integers(1, 40), nation=NATIONS)
def test_without_pauses_it_is_due_after_so_many_working_days(started: dt.date, target: int, nation: Nation) -> None:
    due = clocks.due_day(started, target, nation=nation)
    assert due is not None
    assert is_working_day(due, nation)
    assert working_days_between(started, due, nation) == target


@given(target=st.integers(1, 30), found=st.lists(pauses(), max_size=4), nation=NATIONS)
def test_a_pause_never_makes_it_due_sooner_and_the_due_day_is_the_last_that_counts(
    target: int, found: list[Pause], nation: Nation
) -> None:
    due = clocks.due_day(MONDAY, target, found, nation)
    if due is None:
        assert any(pause.ends is None for pause in found)
        return
    plain = clocks.due_day(MONDAY, target, nation=nation)
    assert plain is not None
    assert due >= plain
    assert clocks.counted_days(MONDAY, due, found, nation) == target
    assert clocks.counted_days(MONDAY, due - dt.timedelta(days=1), found, nation) == target - 1


@given(target=st.integers(1, 30), found=st.lists(pauses(), max_size=3), today=SPANS, done=st.none() | SPANS)
def test_every_clock_has_exactly_one_answer(target: int, found: list[Pause], today: int, done: int | None) -> None:
    now = MONDAY + dt.timedelta(days=today)
    when = None if done is None else min(MONDAY + dt.timedelta(days=done), now)
    one = clocks.measure(MONDAY, target, today=now, done=when, pauses=found)
    if when is not None:
        assert one.status in (Status.INSIDE, Status.MISSED)
    if one.status is Status.MISSED:
        assert one.due is not None
        assert (when or now) > one.due
    if one.status in (Status.NOT_YET_DUE, Status.PAUSED):
        assert when is None


def test_a_pause_typed_for_another_century_does_not_stop_the_page() -> None:
    assert clocks.due_day(MONDAY, 5, [Pause(MONDAY, dt.date(9999, 1, 1))]) is None


def test_those_who_wait_still_make_the_wait_longer() -> None:
    assert waits.day_by_which(0.5, [7, 14, 21], []) == 14
    assert waits.day_by_which(0.5, [7, 14, 21], [30, 30, 30]) == 21
    assert waits.day_by_which(0.5, [7], [30, 30, 30]) is None
    assert waits.day_by_which(0.5, [], []) is None


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30), st.lists(st.integers(0, 100), max_size=30))
def test_the_wait_lies_among_the_days_seen_and_grows_with_those_who_wait(
    reached: list[int], waiting: list[int]
) -> None:
    found = waits.of(reached, waiting)
    known = [each for each in (found.shortest, found.half, found.longest) if each is not None]
    assert known == sorted(known)
    assert set(known) <= set(reached)
    alone = waits.of(reached, [])
    assert alone.half is not None
    assert found.half is None or found.half >= alone.half
