"""Working days and hours, with the bank holidays of each UK nation (from the `holidays` library)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import holidays

from linkwell.kernel import clock

_DAY = dt.timedelta(days=1)
_LONGEST_CLOSED = 366
# A report asks about thousands of referrals that came on the few days of one month.
_KEPT_ANSWERS = 10_000


class Nation(StrEnum):
    """The nation whose bank holidays count."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a team is at work: the same hours on each of its weekdays (Monday is 0), UK clock."""

    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(17)
    weekdays: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if self.closes <= self.opens or not self.weekdays <= set(range(7)) or not self.weekdays:
            raise ValueError("opening hours need a weekday, and must close after they open")


OFFICE_HOURS = OpeningHours()


def bank_holiday(day: dt.date, nation: Nation = Nation.ENGLAND) -> str | None:
    """The name of the bank holiday on this day, or None."""
    return _bank_holidays(nation, day.year).get(day)


def is_working_day(day: dt.date, nation: Nation = Nation.ENGLAND, hours: OpeningHours = OFFICE_HOURS) -> bool:
    return day.weekday() in hours.weekdays and bank_holiday(day, nation) is None


def next_working_day(day: dt.date, nation: Nation = Nation.ENGLAND) -> dt.date:
    """This day if it is a working day, else the first after it."""
    return day if is_working_day(day, nation) else add_working_days(day, 1, nation)


@lru_cache(_KEPT_ANSWERS)
def add_working_days(day: dt.date, count: int, nation: Nation = Nation.ENGLAND) -> dt.date:
    """The working day that comes `count` working days after `day` (before it, when negative)."""
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, nation)
    return day


@lru_cache(_KEPT_ANSWERS)
def working_days_between(start: dt.date, end: dt.date, nation: Nation = Nation.ENGLAND) -> int:
    """How many working days come after `start`, up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, nation)
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, nation) for day in days)


def add_working_hours(
    moment: dt.datetime,
    hours: float,
    nation: Nation = Nation.ENGLAND,
    opening: OpeningHours = OFFICE_HOURS,
) -> dt.datetime:
    """The moment, in UTC, when `hours` of opening time have passed since `moment`.

    Time outside opening hours does not count. Time is what really passes, so a team open through
    a clock change gets neither an hour more nor less.
    """
    if hours < 0:
        raise ValueError("working hours can only be added")
    left = dt.timedelta(hours=hours)
    day = clock.london(moment).date()
    closed = 0
    while closed < _LONGEST_CLOSED:
        if is_working_day(day, nation, opening):
            closed = 0
            start = max(clock.at(day, opening.opens), moment.astimezone(dt.UTC))
            end = clock.at(day, opening.closes)
            if start + left <= end:
                return start + left
            left -= max(end - start, dt.timedelta(0))
        closed += 1
        day += _DAY
    raise ValueError("a team that is never open never finishes")


@cache
def _bank_holidays(nation: Nation, year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("GB", subdiv=nation.value, years=year))
