"""How full a caseload is. Pure: facts in, numbers out; the numbers of the service are the tables below.

Load is what the open cases take: each its weight, times the share its state takes. The target is what a full caseload
is for this worker in the coming weeks: the team's number for full time, scaled by hours, days away and getting started.
Why these numbers: docs/decisions/0012.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

# What a case of each complexity takes, in usual cases.
WEIGHTS: Mapping[str, int] = {"low": 1, "medium": 2, "high": 3}
# The share of its weight that a case takes while it is in a state. Somebody in hospital is still thought of, and
# comes back: half. Nobody works for a waiting list.
SHARES: Mapping[str, Fraction] = {
    "waiting": Fraction(0),
    "allocated": Fraction(1),
    "trying": Fraction(1),
    "active": Fraction(1),
    "paused": Fraction(1, 2),
}
INDUCTION_SHARE = Fraction(1, 2)
LOOK_AHEAD_DAYS = 28
WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How somebody works. Hours are a week (None: full time); `away` are days, both ends included.

    `own_full`: the full caseload is this person's own number, so their hours are in it already.
    """

    hours: Decimal | None
    full_time_hours: Decimal
    working_days: tuple[int, ...] = ()
    induction_until: dt.date | None = None
    away: tuple[tuple[dt.date, dt.date], ...] = ()
    own_full: bool = False


def load(cases: Iterable[tuple[str, int]]) -> Fraction:
    """What these open cases take, each given as its state and weight."""
    return sum((SHARES.get(state, Fraction(1)) * weight for state, weight in cases), Fraction(0))


def target(full: int, pattern: Pattern, today: dt.date) -> Fraction:
    """What is full for this worker over the coming four weeks; 0 when they are away for all of it."""
    return Fraction(full) * _hours_share(pattern) * _days_share(pattern, today)


def _hours_share(pattern: Pattern) -> Fraction:
    """Hours of full-time hours, never more than one: nobody's caseload grows by overtime."""
    if pattern.own_full or pattern.hours is None or not pattern.full_time_hours:
        return Fraction(1)
    return min(Fraction(pattern.hours) / Fraction(pattern.full_time_hours), Fraction(1))


def _days_share(pattern: Pattern, today: dt.date) -> Fraction:
    """The share of their working days ahead that they are here for, days of getting started counting half."""
    worked = pattern.working_days or WEEKDAYS
    ahead = (today + dt.timedelta(days=number) for number in range(LOOK_AHEAD_DAYS))
    days = [day for day in ahead if day.weekday() in worked]
    if not days:
        return Fraction(0)
    return sum((_day_share(pattern, day) for day in days), Fraction(0)) / len(days)


def _day_share(pattern: Pattern, day: dt.date) -> Fraction:
    if any(first <= day <= last for first, last in pattern.away):
        return Fraction(0)
    if pattern.induction_until is not None and day <= pattern.induction_until:
        return INDUCTION_SHARE
    return Fraction(1)


def whole(value: Fraction) -> int:
    """To the nearest whole number, a half upwards: what is shown."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def factors_of(*, needs: int, risk: bool, interpreter: bool) -> tuple[str, ...]:
    """The factors that a record or a referral itself shows, to begin with; whoever knows the person knows more."""
    found = {"needs": needs >= 3, "risk": risk, "interpreter": interpreter}
    return tuple(name for name, known in found.items() if known)


def usual_level(factors: Iterable[str]) -> str:
    """What the factors usually come to; the worker or lead who knows the person decides."""
    count = len(set(factors))
    if count >= 4 or {"risk", "housing_legal"} <= set(factors):
        return "high"
    return "medium" if count >= 2 else "low"
