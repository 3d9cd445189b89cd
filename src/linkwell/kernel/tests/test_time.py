"""If these fail, someone waits unseen for an hour or a day because the clocks changed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.kernel import clock, words
from linkwell.kernel.period import DatePeriod, Period, any_overlap
from linkwell.kernel.working_days import (
    Nation,
    OpeningHours,
    add_working_days,
    add_working_hours,
    bank_holiday,
    is_working_day,
    next_working_day,
    working_days_between,
)

LONDON = ZoneInfo("Europe/London")
EVERY_DAY = OpeningHours(dt.time(0), dt.time(23), frozenset(range(7)))
MOMENTS = st.integers(0, 15 * 366 * 86400).map(
    lambda s: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=s)
)
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.fault("F12")
def test_the_hour_that_comes_twice_is_two_different_moments() -> None:
    first, second = utc("2026-10-25T00:30"), utc("2026-10-25T01:30")
    assert clock.london(first).time() == clock.london(second).time() == dt.time(1, 30)
    period = Period(first.astimezone(LONDON), second.astimezone(LONDON))
    assert period.length == dt.timedelta(hours=1)
    assert second.astimezone(LONDON) not in period
    assert not period.is_empty


@pytest.mark.fault("F12")
def test_a_time_the_clock_shows_twice_or_never_still_means_one_moment() -> None:
    assert clock.at(dt.date(2026, 10, 25), dt.time(1, 30)) == utc("2026-10-25T00:30")
    assert clock.at(dt.date(2027, 3, 28), dt.time(1, 30)) == utc("2027-03-28T01:30")
    assert clock.london(clock.at(dt.date(2027, 3, 28), dt.time(1, 30))).time() == dt.time(2, 30)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-10-25T00:00", 3, "2026-10-25T03:00"),
        ("2027-03-28T00:00", 3, "2027-03-28T03:00"),
        ("2026-10-24T22:30", 4, "2026-10-25T03:00"),
    ],
)
def test_hours_of_a_team_open_through_the_change_are_hours_that_pass(start: str, hours: float, end: str) -> None:
    begin = clock.at(dt.date.fromisoformat(start[:10]), dt.time.fromisoformat(start[11:]))
    assert add_working_hours(begin, hours, opening=EVERY_DAY) - begin >= dt.timedelta(hours=hours)
    if start[:10] in ("2026-10-25", "2027-03-28"):
        assert add_working_hours(begin, hours, opening=EVERY_DAY) == begin + dt.timedelta(hours=hours)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(("friday", "monday"), [("2026-10-23", "2026-10-26"), ("2027-03-19", "2027-03-22")])
def test_working_hours_over_a_weekend_end_by_the_clock_on_the_wall(friday: str, monday: str) -> None:
    start = clock.at(dt.date.fromisoformat(friday), dt.time(16))
    assert add_working_hours(start, 2) == clock.at(dt.date.fromisoformat(monday), dt.time(10))


@pytest.mark.fault("F12")
def test_working_hours_skip_easter_and_the_clock_change_in_it() -> None:
    start = clock.at(dt.date(2027, 3, 25), dt.time(16))
    assert add_working_hours(start, 2) == clock.at(dt.date(2027, 3, 30), dt.time(10))
    assert add_working_hours(start, 2, Nation.SCOTLAND) == clock.at(dt.date(2027, 3, 29), dt.time(10))


def test_working_hours_that_start_outside_opening_start_at_the_next_opening() -> None:
    for start in ("2026-03-03T22:00", "2026-03-04T05:00"):
        assert add_working_hours(utc(start), 1.5) == utc("2026-03-04T10:30")
    assert add_working_hours(utc("2026-03-03T09:00"), 8) == utc("2026-03-03T17:00")
    assert add_working_hours(utc("2026-03-03T09:00"), 0) == utc("2026-03-03T09:00")


def test_the_nations_keep_their_own_holidays() -> None:
    assert bank_holiday(dt.date(2026, 3, 17), Nation.NORTHERN_IRELAND)
    assert not bank_holiday(dt.date(2026, 3, 17), Nation.ENGLAND)
    assert bank_holiday(dt.date(2026, 11, 30), Nation.SCOTLAND)
    assert bank_holiday(dt.date(2026, 4, 6), Nation.WALES)
    assert not bank_holiday(dt.date(2026, 4, 6), Nation.SCOTLAND)
    assert bank_holiday(dt.date(2026, 12, 28), Nation.ENGLAND)


@pytest.mark.fault("F12")
def test_leap_day_is_a_day_like_any_other() -> None:
    assert is_working_day(dt.date(2028, 2, 29))
    assert add_working_days(dt.date(2028, 2, 28), 1) == dt.date(2028, 2, 29)
    assert working_days_between(dt.date(2028, 2, 28), dt.date(2028, 3, 1)) == 2
    assert words.age(dt.date(2000, 2, 29), dt.date(2026, 2, 28)) == 25
    assert words.age(dt.date(2000, 2, 29), dt.date(2026, 3, 1)) == 26
    assert words.age(dt.date(2000, 2, 29), dt.date(2028, 2, 29)) == 28


@given(day=DATES, count=st.integers(-40, 40), nation=st.sampled_from(Nation))
def test_adding_and_counting_working_days_agree(day: dt.date, count: int, nation: Nation) -> None:
    end = add_working_days(day, count, nation)
    assert count == 0 or is_working_day(end, nation)
    if count >= 0:
        assert working_days_between(day, end, nation) == count
    assert next_working_day(day, nation) >= day
    assert is_working_day(next_working_day(day, nation), nation)


@given(moment=MOMENTS, one=st.integers(0, 600), other=st.integers(0, 600), nation=st.sampled_from(Nation))
def test_working_minutes_add_up(moment: dt.datetime, one: int, other: int, nation: Nation) -> None:
    both = add_working_hours(moment, (one + other) / 60, nation)
    steps = add_working_hours(add_working_hours(moment, one / 60, nation), other / 60, nation)
    assert abs(both - steps) < dt.timedelta(seconds=1)
    assert both >= moment


@given(moments=st.lists(MOMENTS, min_size=4, max_size=4))
def test_two_periods_overlap_when_a_moment_lies_in_both(moments: list[dt.datetime]) -> None:
    a, b, c, d = moments
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    shared = max(one.start, other.start)
    assert (
        one.overlaps(other) == (shared in one and shared in other) == other.overlaps(one) == any_overlap([one, other])
    )


def test_periods_that_touch_do_not_overlap_and_open_ends_go_on() -> None:
    ten, eleven, noon = utc("2026-03-03T10:00"), utc("2026-03-03T11:00"), utc("2026-03-03T12:00")
    assert not Period(ten, eleven).overlaps(Period(eleven, noon))
    assert Period(ten).overlaps(Period(eleven, noon))
    assert Period(ten).length is None
    assert not any_overlap([Period(ten, ten), Period(ten, noon)])
    day = dt.date(2026, 3, 3)
    assert DatePeriod.through(day, day).days == 1
    assert day in DatePeriod(day)
    assert not DatePeriod(day, day).overlaps(DatePeriod(day, day))
    assert DatePeriod.through(day, day).overlaps(DatePeriod(dt.date(2026, 1, 1)))


def test_a_time_without_a_zone_is_refused() -> None:
    naive = dt.datetime(2026, 3, 3, 10)  # noqa: DTZ001
    for wrong in (lambda: Period(naive), lambda: clock.london(naive)):
        with pytest.raises(ValueError, match="zone"):
            wrong()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-03T14:00", "Tuesday 3 March, 2pm"), ("2026-03-03T12:00", "Tuesday 3 March, 12 noon"),
        ("2026-03-03T00:00", "Tuesday 3 March, 12 midnight"), ("2026-07-01T08:05", "Wednesday 1 July, 9:05am"),
        ("2026-06-30T23:30", "Wednesday 1 July, 12:30am"), ("2027-01-05T12:30", "Tuesday 5 January 2027, 12:30pm"),
    ],
)  # fmt: skip
def test_dates_are_written_as_people_say_them(moment: str, said: str, time_machine: object) -> None:
    time_machine.move_to("2026-03-01 12:00Z")  # type: ignore[attr-defined]
    assert words.written_datetime(utc(moment)) == said


def test_today_in_summer_begins_an_hour_before_the_day_in_utc(time_machine: object) -> None:
    time_machine.move_to("2026-06-30 23:30Z")  # type: ignore[attr-defined]
    assert clock.today() == dt.date(2026, 7, 1)
    assert clock.now().tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "since today"), (1, "1 day"), (12, "12 days"), (28, "28 days"), (35, "5 weeks"), (120, "3 months")],
)
def test_waits_are_said_in_words(days: int, said: str) -> None:
    assert words.waiting(days) == said


def test_how_long_ago_is_said_in_words() -> None:
    now = utc("2026-03-03T12:00")
    said = {0: "just now", 60 * 20: "20 minutes ago", 3600: "1 hour ago", 86400: "yesterday", 86400 * 12: "12 days ago"}
    for seconds, expected in said.items():
        assert words.ago(now - dt.timedelta(seconds=seconds), now) == expected
    assert words.ago(now + dt.timedelta(days=1), now) == "in the future"


def test_lists_and_counts_read_well() -> None:
    assert [words.joined(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert words.joined(["a", "", "b"], last="or") == "a or b"
    assert words.counted(1, "person", "people") == "1 person"
    assert words.counted(1250, "step") == "1,250 steps"
    assert [words.number_word(n) for n in (0, 1, 9, 10)] == ["no", "one", "nine", "10"]
    assert words.short_date(dt.date(2026, 3, 3)) == "3 March 2026"
