"""Which units started when, and who can stand for them had they not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from linkwell.evaluation.panel import Flags, Panel, Places, of_each_unit
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers, Table

NEVER = ("", "0", "never", "none")


class Control(StrEnum):
    """Units that never started, or all that have not started yet."""

    NEVER = "never"
    NOT_YET = "notyet"


@dataclass(frozen=True, slots=True)
class Started:
    """`values`: units by times. `start`: for each unit the place of its first time supported; past the end if never.

    `already` counts units left out because they were supported at the first time, so nothing was seen before.
    """

    values: Numbers
    start: Places
    labels: tuple[str, ...]
    already: int

    @property
    def cohorts(self) -> tuple[int, ...]:
        return tuple(int(each) for each in np.unique(self.start) if each < len(self.labels))

    @property
    def never(self) -> Flags:
        return self.start >= len(self.labels)


def started(table: Table, panel: Panel, *, unit: str, column: str) -> Started:
    """`column` says when each unit was first supported: a time, or empty, 0 or “never”. Raises Refused."""
    words = of_each_unit(table, panel, unit=unit, column=column)
    last = len(panel.times.labels)
    start = np.array([_start(str(word), panel) for word in words], dtype=np.intp)
    start = np.minimum(start, last)
    known = start > 0
    found = Started(panel.values[known], start[known], panel.times.labels, int((~known).sum()))
    _refuse_few(found, column)
    return found


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
