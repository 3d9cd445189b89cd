"""Which units started when, and who can stand for them had they not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from linkwell.evaluation.panel import Flags, Panel, Places, of_each_unit
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers, Table

NEVER = ("", "0", "0.0", "never", "none", "na", "nan", "inf")


class Control(StrEnum):
    """Units that never started, or all that have not started yet."""

    NEVER = "never"
    NOT_YET = "notyet"


@dataclass(frozen=True, slots=True)
class Started:
    """`values`: units by times. `start`: for each unit the place of its first time supported; past the end if never.

    `already` counts units left out because they were supported at the first time, so nothing was seen before.
    `given`: units by covariates called `names`, from before any support; no columns where none were named.
    """

    values: Numbers
    start: Places
    labels: tuple[str, ...]
    already: int
    given: Numbers = field(default_factory=lambda: np.empty((0, 0)))
    names: tuple[str, ...] = ()

    @property
    def cohorts(self) -> tuple[int, ...]:
        return tuple(int(each) for each in np.unique(self.start) if each < len(self.labels))

    @property
    def never(self) -> Flags:
        return self.start >= len(self.labels)


def started(table: Table, panel: Panel, *, unit: str, column: str, names: tuple[str, ...] = ()) -> Started:
    """`column` says when each unit was first supported: a time, or empty, 0 or “never”. Raises Refused."""
    words = of_each_unit(table, panel, unit=unit, column=column)
    last = len(panel.times.labels)
    start = np.array([_start(str(word), panel) for word in words], dtype=np.intp)
    start = np.minimum(start, last)
    known = start > 0
    given = _given(table, panel, unit, names)[known]
    found = Started(panel.values[known], start[known], panel.times.labels, int((~known).sum()), given, names)
    _refuse_few(found, column)
    return found


def _given(table: Table, panel: Panel, unit: str, names: tuple[str, ...]) -> Numbers:
    """One row for each unit. A covariate that changes within a unit would be an outcome of the support."""
    for name in names:
        of_each_unit(table, panel, unit=unit, column=name)
    columns = [table.numbers(name)[panel.first_row] for name in names]
    return np.array(columns).T.reshape(len(panel.units), len(names))


def _start(word: str, panel: Panel) -> int:
    return len(panel.times.labels) if word.lower() in NEVER else panel.times.place(word)


def _refuse_few(found: Started, column: str) -> None:
    if not found.cohorts:
        raise Refused(f"No unit starts being supported after the first time (“{column}”), so nothing can be compared.")
    if int((~found.never).sum()) == 1:
        raise Refused("Only one unit was supported: how such units vary cannot be seen. Use a synthetic control.")
    for cohort in found.cohorts:
        if int((found.start == cohort).sum()) == 1:
            raise Refused(
                f"Only one unit started in {found.labels[cohort]}, so how such units vary cannot be seen. "
                "Use longer times (quarters, years), or leave it out."
            )
