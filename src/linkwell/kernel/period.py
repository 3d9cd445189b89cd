"""Stretches of time that include their start and not their end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, and not including, `end`; for ever when `end` is None. Both have a zone."""

    start: dt.datetime
    end: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise ValueError("a period needs times that say their zone")
        if self.end is not None and _utc(self.end) < _utc(self.start):
            raise ValueError("a period cannot end before it starts")

    def __contains__(self, moment: dt.datetime) -> bool:
        return _utc(self.start) <= _utc(moment) and (self.end is None or _utc(moment) < _utc(self.end))

    def overlaps(self, other: Period) -> bool:
        """Whether some moment lies in both. Periods that only touch do not overlap."""
        return (
            _starts_before_end(self, other)
            and _starts_before_end(other, self)
            and not (self.is_empty or other.is_empty)
        )

    @property
    def is_empty(self) -> bool:
        return self.end is not None and _utc(self.start) == _utc(self.end)

    @property
    def length(self) -> dt.timedelta | None:
        """The time that really passes, across clock changes too; None when it has no end."""
        return None if self.end is None else _utc(self.end) - _utc(self.start)


@dataclass(frozen=True, slots=True)
class DatePeriod:
    """Whole days from `start` up to, and not including, `end`; for ever when `end` is None."""

    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @classmethod
    def through(cls, first: dt.date, last: dt.date) -> DatePeriod:
        """From the first day to the last, both included, as people speak of days."""
        return cls(first, last + dt.timedelta(days=1))

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: DatePeriod) -> bool:
        """Whether some day lies in both."""
        latest_start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        return not ends or latest_start < min(ends)

    @property
    def days(self) -> int | None:
        return None if self.end is None else (self.end - self.start).days


def any_overlap(periods: Iterable[Period]) -> bool:
    """Whether any two of the periods overlap."""
    latest: Period | None = None
    for period in sorted((p for p in periods if not p.is_empty), key=lambda p: _utc(p.start)):
        if latest is not None and latest.overlaps(period):
            return True
        latest = period
    return False


def _utc(moment: dt.datetime) -> dt.datetime:
    # Two times in one zone are compared by their clock faces, which is wrong when clocks go back.
    return moment.astimezone(dt.UTC)


def _starts_before_end(one: Period, other: Period) -> bool:
    return other.end is None or _utc(one.start) < _utc(other.end)
