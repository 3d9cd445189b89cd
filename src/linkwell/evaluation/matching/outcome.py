"""What happened to people afterwards: a score, a yes or no, or a count of events in the time each was watched.

Whoever died or moved away was not a success. A yes-or-no outcome becomes the answer that is not the good one; a score
is unknown; events count for as long as the person was watched, which needs that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from linkwell.evaluation.matching.covariates import Flags
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers, Table

Kind = Literal["score", "yes or no", "rate"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`values` are nan where not known; `time` is how long each was watched (rates); `ended` died or moved away."""

    name: str
    kind: Kind
    values: Numbers
    time: Numbers | None = None
    ended: Flags | None = None

    @property
    def known(self) -> Flags:
        return ~np.isnan(self.values)

    @property
    def watched(self) -> Numbers:
        """How long each was watched; 1 where the outcome is no rate."""
        return np.ones_like(self.values) if self.time is None else self.time

    @property
    def each(self) -> Numbers:
        """One number for each person: events in one unit of time where there is a time."""
        return self.values / self.watched


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns: what is counted, the time watched, what ended it early, which answer (0 or 1) is the good one."""

    outcome: str
    person_time: str | None = None
    ended: str | None = None
    good: Literal[0, 1] | None = None


def read_outcome(table: Table, asked: Asked) -> Outcome:
    values = table.numbers(asked.outcome, missing=True)
    _refuse_nothing(asked.outcome, values)
    ended = _not_empty(table, asked.ended) if asked.ended else None
    if asked.person_time:
        return _rate(table, asked, values, ended)
    yes_or_no = bool(np.isin(values[~np.isnan(values)], (0, 1)).all())
    if ended is not None and ended.any():
        values = _after_ending(asked, values, ended, yes_or_no=yes_or_no)
    return Outcome(asked.outcome, "yes or no" if yes_or_no else "score", values, None, ended)


def _rate(table: Table, asked: Asked, values: Numbers, ended: Flags | None) -> Outcome:
    time = table.numbers(str(asked.person_time))
    if (time <= 0).any():
        raise Refused(f"“{asked.person_time}” must be more than 0 for everyone: it is how long a person was watched.")
    known = values[~np.isnan(values)]
    if (known < 0).any() or (known != np.round(known)).any():
        raise Refused(f"“{asked.outcome}” must be whole numbers of events, 0 or more, to become a rate.")
    return Outcome(asked.outcome, "rate", values, time, ended)


def _after_ending(asked: Asked, values: Numbers, ended: Flags, *, yes_or_no: bool) -> Numbers:
    if not yes_or_no:
        return np.where(ended, np.nan, values)
    if asked.good is None:
        raise Refused(
            f"Some people died or moved away (“{asked.ended}”), which is never a success. Say with --good which answer "
            f"of “{asked.outcome}”, 0 or 1, is the good one; if it counts events, give --person-time."
        )
    return np.where(ended, float(1 - asked.good), values)


def _refuse_nothing(name: str, values: Numbers) -> None:
    known = values[~np.isnan(values)]
    if not len(known) or (known == known[0]).all():
        raise Refused(f"“{name}” is the same for everyone, so there is nothing to compare.")


def _not_empty(table: Table, name: str) -> Flags:
    """Where the column says anything at all: a date, “died”, “moved”. Empty, 0 and "no" mean watched to the end."""
    words = table.words(name, missing=True)
    return ~np.isin(np.char.lower(words), ("", "0", "no", "false"))
