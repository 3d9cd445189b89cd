"""The same units (practices, areas, people) at the same times: whole, in order, each once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from linkwell.evaluation.moments import MONTH, PLACE, Moments, in_months, moments_of, read_places
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import FIRST_ROW, Numbers, Table, Words

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a panel in order, evenly spaced."""

    column: str
    moments: Moments

    @property
    def labels(self) -> tuple[str, ...]:
        return self.moments.words

    def place(self, text: str) -> int:
        """Where a time stands: 0 for the first, negative before it, past the end after it. Raises Refused."""
        steps = (self._counted(text) - self.moments.places[0]) / self.moments.step
        if steps != round(steps):
            raise Refused(f"“{text}” lies between the times of “{self.column}”.")
        return int(steps)

    def _counted(self, text: str) -> float:
        try:
            if self.moments.unit == PLACE:
                return _finite(text)
            day = dt.date.fromisoformat(f"{text}-01" if len(text) == len("2026-03") else text[: len("2026-03-01")])
        except ValueError:
            like = self.labels[0]
            raise Refused(f"“{text[:40]}” is not a time written like “{like}” in column “{self.column}”.") from None
        return float(in_months(day) if self.moments.unit == MONTH else day.toordinal())


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
    times, time_of = _read_times(table, time)
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


def _read_times(table: Table, column: str) -> tuple[Times, Places]:
    # Read whole first: then whatever is no time is refused with its row.
    read_places(table, column)
    labels, place = np.unique(table.words(column), return_inverse=True)
    if len(labels) < 2:
        raise Refused(f"“{column}” has only one time, so nothing can change.")
    moments = moments_of(Table(pa.table({column: labels})), column)
    back = np.empty(len(labels), dtype=np.intp)
    back[moments.order] = np.arange(len(labels))
    return Times(column, moments), back[place]


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
