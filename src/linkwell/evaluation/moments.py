"""Points in time, in order: each once, and none left out."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import FIRST_ROW, Numbers, Table

MONTH = "month"
DAY = "day"
PLACE = "number"
WEEK, MONTHS, DAYS = 7, 12, 365.25


@dataclass(frozen=True, slots=True)
class Moments:
    """`order` puts the rows of the table in order of time; everything else is in that order.

    `places` counts in `unit`s: months, days, or whatever a column of plain numbers counts. `step` is the usual
    distance between two, in units.
    """

    order: npt.NDArray[np.intp]
    words: tuple[str, ...]
    days: tuple[dt.date, ...]
    places: Numbers
    unit: str
    step: float

    @property
    def a_year(self) -> float | None:
        """How many steps make a year; None where the column does not tell of days."""
        if self.unit == PLACE:
            return None
        return (MONTHS if self.unit == MONTH else DAYS) / self.step

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        return (self.days[0], self.days[-1]) if self.days else None


def moments_of(table: Table, name: str, *, regular: bool = True) -> Moments:
    """The times of a column. Raises Refused for a time that is there twice and, where `regular`, for a gap.

    Dates on the same day of each month, or on the last, are months; other dates are days.
    """
    given, unit, where = read_places(table, name)
    order = np.argsort(where, kind="stable")
    where, days = where[order], tuple(given[at] for at in order) if given else ()
    words = tuple(_words(days[at] if days else place, unit) for at, place in enumerate(where))
    _refuse_twice(where, order, words)
    found = Moments(order, words, days, where, unit, _usual_step(where))
    if regular:
        _refuse_gap(found)
    return found


def read_places(table: Table, name: str) -> tuple[tuple[dt.date, ...], str, Numbers]:
    """Days (none where the column holds plain numbers), what places count, and the place of each row."""
    if "-" not in str(table.words(name)[0])[1:]:
        return (), PLACE, table.numbers(name)
    given = table.dates(name)
    if _monthly(given):
        return given, MONTH, np.array([in_months(day) for day in given], dtype=np.float64)
    return given, DAY, np.array([day.toordinal() for day in given], dtype=np.float64)


def in_months(day: dt.date) -> int:
    return MONTHS * day.year + day.month - 1


def _monthly(given: tuple[dt.date, ...]) -> bool:
    same_day = len({day.day for day in given}) == 1
    last_day = all(day.day == calendar.monthrange(day.year, day.month)[1] for day in given)
    return len(given) > 1 and (same_day or last_day)


def _words(place: dt.date | float, unit: str) -> str:
    if isinstance(place, dt.date):
        return f"{place:%Y-%m}" if unit == MONTH else place.isoformat()
    return f"{place:g}"


def _usual_step(places: Numbers) -> float:
    if len(places) < 2:
        return 1.0
    seen = Counter(np.diff(places).tolist())
    # Of two that are as common, the shorter.
    return float(min(seen, key=lambda step: (-seen[step], step)))


def _refuse_twice(places: Numbers, order: npt.NDArray[np.intp], words: tuple[str, ...]) -> None:
    twice = np.flatnonzero(np.diff(places) == 0)
    if len(twice):
        rows = sorted(int(order[twice[0] + at]) + FIRST_ROW for at in (0, 1))
        raise Refused(
            f"Rows {rows[0]} and {rows[1]} are both of {words[twice[0]]}. There is one value for each point in time; "
            "add them up first if both count."
        )


def _refuse_gap(found: Moments) -> None:
    gaps = np.flatnonzero(~np.isclose(np.diff(found.places), found.step))
    if len(gaps):
        raise Refused(
            f"After {found.words[gaps[0]]} comes {found.words[gaps[0] + 1]}, which is not the usual "
            f"{found.step:g} {found.unit}{'' if found.step == 1 else 's'} later. Fill the gap: where nothing "
            "happened, write a nought; what nobody counted cannot be left out."
        )
