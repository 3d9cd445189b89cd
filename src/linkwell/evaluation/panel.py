"""The same units (practices, areas, people) at the same times: whole, in order, each once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import FIRST_ROW, Numbers, Table, Words

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
MONTH, DAY = len("2026-03"), len("2026-03-01")


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a panel in order, evenly spaced. `keys` count years, months or days, as the column was written."""

    column: str
    labels: tuple[str, ...]
    keys: tuple[float, ...]

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day (of a month its first); None where times are plain numbers."""
        if _is_number(self.labels[0]):
            return None
        return _day(self.labels[0]), _day(self.labels[-1])

    def place(self, text: str) -> int:
        """Where a time stands: 0 for the first, negative before it, past the end after it. Raises Refused."""
        step = self.keys[1] - self.keys[0]
        steps = (_key(text, self.column, like=self.labels[0]) - self.keys[0]) / step
        if steps != round(steps):
            raise Refused(f"“{text}” lies between the times of “{self.column}”.")
        return int(steps)


@dataclass(frozen=True, slots=True)
class Panel:
    """`values` has a row for each unit and a column for each time; `first_row` is where each unit first stands."""

    units: tuple[str, ...]
    times: Times
    values: Numbers
    first_row: Places


def read_panel(table: Table, *, unit: str, time: str, outcome: str, person_time: str | None = None) -> Panel:
    """With `person_time` the outcome is a count, and each value is events in one unit of time.

    Raises Refused for a unit twice at one time, a unit missing at a time, or times with a gap.
    """
    values = table.numbers(outcome)
    if person_time:
        watched = table.numbers(person_time)
        if (watched <= 0).any():
            raise Refused(f"“{person_time}” must be more than 0 everywhere: it is how long people were watched.")
        values = values / watched
    units, first_row, unit_of = np.unique(table.words(unit), return_index=True, return_inverse=True)
    times, time_of = _read_times(table.words(time), time)
    _refuse_twice(unit_of, time_of, units, times)
    _refuse_missing(unit_of, time_of, units, times)
    grid = np.empty((len(units), len(times.labels)))
    grid[unit_of, time_of] = values
    if (grid == grid[0, 0]).all():
        raise Refused(f"“{outcome}” is the same everywhere and always, so there is nothing to compare.")
    return Panel(tuple(units.tolist()), times, grid, first_row)


def of_each_unit(table: Table, panel: Panel, *, unit: str, column: str) -> Words:
    """A column that says one thing of each unit (it may be empty). Raises Refused where it changes within a unit."""
    words, place = table.words(column, missing=True), np.searchsorted(panel.units, table.words(unit))
    found: Words = words[panel.first_row]
    changed = np.flatnonzero(words != found[place])
    if len(changed):
        row = int(changed[0])
        raise Refused(
            f"Row {row + FIRST_ROW}, column “{column}”: “{words[row]}”, but {unit} {panel.units[place[row]]} said "
            f"“{found[place[row]]}” before. It must be the same in every row of a unit."
        )
    return found


def _read_times(words: Words, column: str) -> tuple[Times, Places]:
    labels, place = np.unique(words, return_inverse=True)
    if len(labels) < 2:
        raise Refused(f"“{column}” has only one time, so nothing can change.")
    keys = np.array([_key(str(label), column, like=str(labels[0])) for label in labels])
    order = np.argsort(keys, kind="stable")
    keys, labels = keys[order], labels[order]
    steps = np.diff(keys)
    if (steps == 0).any():
        at = int(np.flatnonzero(steps == 0)[0])
        raise Refused(f"“{labels[at]}” and “{labels[at + 1]}” are the same time written in two ways.")
    if (steps != steps.min()).any():
        at = int(np.flatnonzero(steps != steps.min())[0])
        raise Refused(f"“{column}” has a gap: nothing between {labels[at]} and {labels[at + 1]}.")
    back = np.empty(len(order), dtype=np.intp)
    back[order] = np.arange(len(order))
    return Times(column, tuple(labels.tolist()), tuple(keys.tolist())), back[place]


def _key(text: str, column: str, *, like: str) -> float:
    """A number as it is, a month as months, a day as days. All of a column must be written alike."""
    try:
        if _is_number(like):
            return _finite(text)
        day = _day(text)
        return float(12 * day.year + day.month if len(like) == MONTH else day.toordinal())
    except ValueError:
        raise Refused(f"Column “{column}”: “{text[:40]}” is not a time written like “{like[:40]}”.") from None


def _day(text: str) -> dt.date:
    """Of a month the first. Raises ValueError."""
    return dt.date.fromisoformat(f"{text}-01" if len(text) == MONTH else text[:DAY])


def _is_number(text: str) -> bool:
    try:
        _finite(text)
    except ValueError:
        return False
    return True


def _finite(text: str) -> float:
    value = float(text)
    if not np.isfinite(value):
        raise ValueError(text)
    return value


def _refuse_twice(unit_of: Places, time_of: Places, units: Words, times: Times) -> None:
    cell = unit_of * len(times.labels) + time_of
    found, counts = np.unique(cell, return_counts=True)
    if (counts > 1).any():
        twice = int(found[counts > 1][0])
        unit, time = divmod(twice, len(times.labels))
        raise Refused(f"{units[unit]} has more than one row for {times.labels[time]}.")


def _refuse_missing(unit_of: Places, time_of: Places, units: Words, times: Times) -> None:
    seen = np.zeros((len(units), len(times.labels)), dtype=np.bool_)
    seen[unit_of, time_of] = True
    if not seen.all():
        unit, time = np.argwhere(~seen)[0]
        raise Refused(
            f"{units[unit]} has no row for {times.labels[time]} ({int((~seen).sum())} such gaps). Every unit needs a "
            "row for every time: what is missing would otherwise pass for change."
        )
