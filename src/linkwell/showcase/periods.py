"""The periods that may be published: quarters and years of the calendar that are over. No others, so that none overlap
by a few weeks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.tongue import marked, say

_KEY = re.compile(r"(20\d\d)(?:-q([1-4]))?")
_QUARTERS = (
    marked("January to March"),
    marked("April to June"),
    marked("July to September"),
    marked("October to December"),
)
YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, or a whole year where `quarter` is None."""

    year: int
    quarter: int | None = None

    @classmethod
    def read(cls, key: str) -> Period:
        """From "2026-q1" or "2026". Raises NotFound for anything else."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise NotFound
        return cls(int(found[1]), int(found[2]) if found[2] else None)

    @classmethod
    def of(cls, first: dt.date, last: dt.date) -> Period:
        whole_year = (last - first).days > 100
        return cls(first.year, None if whole_year else (first.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}-q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def last(self) -> dt.date:
        month = 3 * (self.quarter or 4)
        following = dt.date(self.year + month // 12, month % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    @property
    def words(self) -> str:
        return f"{say(_QUARTERS[self.quarter - 1])} {self.year}" if self.quarter else f"{self.year}"

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()


def that_are_over() -> tuple[Period, ...]:
    """The newest first."""
    this_year = clock.today().year
    every = [Period(year, quarter) for year in range(this_year - YEARS_BACK, this_year + 1) for quarter in (1, 2, 3, 4)]
    every += [Period(year) for year in range(this_year - YEARS_BACK, this_year + 1)]
    return tuple(
        sorted((each for each in every if each.is_over), key=lambda each: (each.last, str(each)), reverse=True)
    )
