"""The whole paired study of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.paired import change as changing
from linkwell.evaluation.paired.change import Better, Part, Spread
from linkwell.evaluation.paired.drift import Drift, Reference, drift_of
from linkwell.evaluation.paired.missing import Missing, missing_from
from linkwell.evaluation.paired.pairs import People, people_of
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Table

SEED = 20260401


@dataclass(frozen=True, slots=True)
class Asked:
    """`minimum` and `reliable` are in points of the score; `threshold` is the score by which people entered."""

    person: str
    when: str
    score: str
    better: Better = Better.HIGHER
    minimum: float | None = None
    reliable: float | None = None
    groups: Sequence[str] = ()
    threshold: float | None = None
    reference: Reference | None = None
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Found:
    """`mean_first` and `mean_last` are of the same people. `of_others` is what averaging everybody would have said."""

    change: Estimate
    resampled: Estimate
    mean_first: float
    mean_last: float
    standardised: float
    of_others: float
    apart: tuple[float, float, float]
    any_way: Spread
    minimum: Spread | None
    reliable: Spread | None
    parts: tuple[Part, ...]
    missing: Missing
    drift: Drift
    empty: int


def study(table: Table, asked: Asked) -> tuple[Found, People]:
    """Raises Refused for whatever will not carry an answer."""
    _refuse_nonsense(asked)
    people = people_of(table, asked.person, asked.when, asked.score, asked.groups)
    first, last = people.first[people.paired], people.last[people.paired]
    moved = last - first
    mean = changing.mean_change(moved)
    groups = {name: people.groups[name][people.paired] for name in asked.groups}
    # Where everybody is in one group, there is nothing to tell apart.
    parts = [
        part
        for name, each in groups.items()
        if (each != each[0]).any()
        for part in changing.by_group(moved, name, each)
    ]
    low, middle, high = np.quantile(people.apart[people.paired], [0.25, 0.5, 0.75])
    found = Found(
        change=mean,
        resampled=changing.by_resampling(moved, asked.seed),
        mean_first=float(np.mean(first)),
        mean_last=float(np.mean(last)),
        standardised=mean.value / float(np.std(moved, ddof=1)),
        of_others=float(np.mean(last) - np.mean(people.first)),
        apart=(float(low), float(middle), float(high)),
        any_way=changing.spread(moved, asked.better, 0.0),
        minimum=_reached(moved, asked.better, asked.minimum),
        reliable=_reached(moved, asked.better, asked.reliable),
        parts=tuple(changing.corrected(parts)),
        missing=missing_from(people, mean),
        drift=drift_of(people, asked.better, asked.threshold, asked.reference),
        empty=people.empty,
    )
    return found, people


def _reached(moved: np.ndarray, better: Better, threshold: float | None) -> Spread | None:
    return None if threshold is None else changing.spread(moved, better, threshold)


def _refuse_nonsense(asked: Asked) -> None:
    for name, value in (("minimum change", asked.minimum), ("reliable change", asked.reliable)):
        if value is not None and not (isfinite(value) and value > 0):
            raise Refused(f"The {name} is a number of points above nought, not {value:g}.")
    if asked.threshold is not None and not isfinite(asked.threshold):
        raise Refused("The entry threshold is a score, not an infinite number.")
    known = asked.reference
    if known and not (isfinite(known.mean) and isfinite(known.sd) and known.sd > 0):
        raise Refused("The reference needs a mean and a standard deviation above nought.")
    if len({asked.person, asked.when, asked.score}) < 3:
        raise Refused("Person, time and score are three different columns.")
