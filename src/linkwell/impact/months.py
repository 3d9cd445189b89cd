"""One month of the report: its first and last moment by the clock on a UK wall."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound

_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Month:
    """A month by the day it begins on."""

    first: dt.date

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str) -> Month:
        """From "2026-03". Raises NotFound for anything else, and for a month that has not begun."""
        try:
            month = cls(dt.datetime.strptime(f"{text}-01", "%Y-%m-%d").replace(tzinfo=dt.UTC).date())
        except ValueError:
            raise NotFound from None
        if month.first.year < _EARLIEST or month.first > clock.today() or str(month) != text:
            raise NotFound
        return month

    @classmethod
    def last_whole(cls) -> Month:
        """The newest month that has ended."""
        return cls.of(clock.today()).before

    @property
    def before(self) -> Month:
        return Month.of(self.first - dt.timedelta(days=1))

    @property
    def after(self) -> Month:
        return Month.of(self.first + dt.timedelta(days=31))

    @property
    def starts(self) -> dt.datetime:
        return clock.at(self.first, dt.time())

    @property
    def ends(self) -> dt.datetime:
        """The first moment of the next month."""
        return self.after.starts

    @property
    def has_ended(self) -> bool:
        return clock.now() >= self.ends

    @property
    def upto(self) -> dt.datetime:
        """The end, or now while the month goes on."""
        return min(self.ends, clock.now())

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(self.first + dt.timedelta(days=n) for n in range((self.after.first - self.first).days))

    @property
    def words(self) -> str:
        return f"{self.first:%B %Y}"

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"
