"""Who got to which step. A step that nobody wrote down is not known, and never a no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import FIRST_ROW, Numbers, Table, Words

STEPS = ("offered", "accepted", "seen", "referred", "attended", "improved")
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class People:
    """`reached` has a column for each step: 1, 0, or `nan` where it is not known. One row a person."""

    steps: tuple[str, ...]
    reached: Numbers
    groups: Mapping[str, Words]


def people_of(table: Table, steps: Sequence[str], groups: Sequence[str], person: str | None = None) -> People:
    """Raises Refused for a step that is not 0, 1 or empty, one reached without the one before, and a person twice."""
    if person:
        _refuse_twice(table.words(person), person)
    reached = np.column_stack([_step(table, name) for name in steps])
    _refuse_leaps(reached, steps)
    return People(tuple(steps), reached, {name: _group(table, name) for name in groups})


def _step(table: Table, name: str) -> Numbers:
    values = table.numbers(name, missing=True)
    bad = np.flatnonzero(~np.isin(values, (0, 1)) & np.isfinite(values))
    if len(bad):
        raise Refused(f"Row {int(bad[0]) + FIRST_ROW}, column “{name}”: a step is 1, 0 or, if not known, empty.")
    return values


def _refuse_leaps(reached: Numbers, steps: Sequence[str]) -> None:
    for at in range(1, len(steps)):
        leaps = np.flatnonzero((reached[:, at] == 1) & (reached[:, at - 1] != 1))
        if len(leaps):
            raise Refused(
                f"Row {int(leaps[0]) + FIRST_ROW}: “{steps[at]}” is 1 though “{steps[at - 1]}” is not. "
                "Each step is reached from the one before; leave out a step that may be passed over."
            )


def _group(table: Table, name: str) -> Words:
    words = table.words(name, missing=True)
    return np.where(words == "", NOT_KNOWN, words)


def _refuse_twice(who: Words, name: str) -> None:
    _, first, count = np.unique(who, return_index=True, return_counts=True)
    if (count > 1).any():
        again = who[first[np.argmax(count > 1)]]
        rows = np.flatnonzero(who == again)[:2] + FIRST_ROW
        raise Refused(f"Rows {rows[0]} and {rows[1]} are the same person (“{name}”). There is one row for each.")
