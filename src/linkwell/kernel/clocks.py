"""How long something took against its target: working days, with pauses counted out.

A clock starts on the day something came. Each working day after it counts, unless it falls in a pause. The
target-th counted day is the day it is due: done on that day is inside the target, done later is missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from linkwell.kernel.working_days import Nation, add_working_days, is_working_day, working_days_between

_DAY = dt.timedelta(days=1)
# Nobody is paused for longer: a date typed wrong must not make the count walk through centuries.
_LONGEST = dt.timedelta(days=3660)


class Status(StrEnum):
    """`ended`: it came to an end first, in time, so that it is neither inside the target nor missed."""

    INSIDE = "inside"
    MISSED = "missed"
    NOT_YET_DUE = "not_yet_due"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `starts` up to, and not including, `ends`; no end while it goes on."""

    starts: dt.date
    ends: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Clock:
    """`due` is None while a pause without an end stands before it. `days` are the working days counted so far."""

    started: dt.date
    target: int
    due: dt.date | None
    done: dt.date | None
    status: Status
    days: int


def measure(
    started: dt.date,
    target: int,
    *,
    today: dt.date,
    done: dt.date | None = None,
    ended: dt.date | None = None,
    pauses: Collection[Pause] = (),
    nation: Nation = Nation.ENGLAND,
) -> Clock:
    """One clock. `ended`: the day it stopped mattering (declined, closed) without having been done."""
    until = done or ended or today
    due = due_day(started, target, pauses, nation)
    status = _status(due, done, ended, today, any(pause.holds(today) for pause in pauses))
    return Clock(started, target, due, done, status, counted_days(started, until, pauses, nation))


def due_day(
    started: dt.date, target: int, pauses: Collection[Pause] = (), nation: Nation = Nation.ENGLAND
) -> dt.date | None:
    """The day by which it is due; None when a pause that has no end comes first."""
    if not pauses:
        return add_working_days(started, max(target, 0), nation)
    day, left = started, target
    while left > 0:
        day += _DAY
        pause = next((each for each in pauses if each.holds(day)), None)
        if pause is not None:
            if pause.ends is None or pause.ends - started > _LONGEST:
                return None
            day = pause.ends - _DAY
            continue
        left -= is_working_day(day, nation)
    return day


def counted_days(
    started: dt.date, until: dt.date, pauses: Collection[Pause] = (), nation: Nation = Nation.ENGLAND
) -> int:
    """How many working days after `started`, up to and including `until`, fall in no pause."""
    if not pauses:
        return max(0, working_days_between(started, until, nation))
    days = (started + dt.timedelta(days=n) for n in range(1, (until - started).days + 1))
    return sum(is_working_day(day, nation) and not any(each.holds(day) for each in pauses) for day in days)


def _status(due: dt.date | None, done: dt.date | None, ended: dt.date | None, today: dt.date, paused: bool) -> Status:
    settled = done or ended
    if settled is not None and (due is None or settled <= due):
        return Status.INSIDE if done is not None else Status.ENDED
    if settled is not None or (due is not None and today > due):
        return Status.MISSED
    return Status.PAUSED if paused else Status.NOT_YET_DUE
