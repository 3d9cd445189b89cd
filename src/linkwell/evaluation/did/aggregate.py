"""Group-time effects drawn together: over all, by cohort, by time since the start, by calendar time.

Each is a weighted mean with the cohorts' sizes as weights. Its influence function has a second part, because the sizes
themselves would come out differently among other units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.did.cells import Cells
from linkwell.evaluation.did.cohorts import Started
from linkwell.evaluation.panel import Flags, Places
from linkwell.evaluation.table import Numbers


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean of cells; `place` is what they share (cohort, time since start, time); `influence` by unit."""

    place: int
    value: float
    influence: Numbers


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The parts in order, and their mean over all."""

    overall: Mean
    parts: tuple[Mean, ...] = ()


def simple(found: Started, made: Cells) -> Aggregate:
    """Every cell after the start, by the size of its cohort."""
    return Aggregate(_mean(found, made, made.after, 0))


def by_cohort(found: Started, made: Cells) -> Aggregate:
    """Mean over its times for each cohort; over all, by the size of the cohorts."""
    cohorts = np.unique(made.cohort[made.after])
    parts = [_mean(found, made, made.after & (made.cohort == at), at) for at in cohorts]
    weights, moved = _weights(found, cohorts)
    values = np.array([each.value for each in parts])
    influence = np.column_stack([each.influence for each in parts]) @ weights + moved @ values
    return Aggregate(Mean(0, float(weights @ values), influence), tuple(parts))


def by_event(found: Started, made: Cells) -> Aggregate:
    """By time since the start, before it too; over all, the plain mean of those from the start on."""
    since = made.time - made.cohort
    parts = [_mean(found, made, since == at, at) for at in np.unique(since)]
    return Aggregate(_over([each for each in parts if each.place >= 0]), tuple(parts))


def by_calendar(found: Started, made: Cells) -> Aggregate:
    """By calendar time; over all, the plain mean of the times."""
    times = np.unique(made.time[made.after])
    parts = [_mean(found, made, made.after & (made.time == at), at) for at in times]
    return Aggregate(_over(parts), tuple(parts))


def _mean(found: Started, made: Cells, chosen: Flags, at: int) -> Mean:
    """Of these cells, weighted by the size of their cohorts."""
    weights, moved = _weights(found, made.cohort[chosen])
    values = made.effect[chosen]
    return Mean(int(at), float(weights @ values), made.influence[:, chosen] @ weights + moved @ values)


def _over(parts: list[Mean]) -> Mean:
    influence: Numbers = np.column_stack([each.influence for each in parts]).mean(axis=1)
    return Mean(0, float(np.mean([each.value for each in parts])), influence)


def _weights(found: Started, cohorts: Places) -> tuple[Numbers, Numbers]:
    """Shares of the cells' cohorts (each cell counts), and how each unit moves them."""
    inside = (found.start[:, None] == cohorts[None, :]).astype(np.float64)
    shares = inside.mean(axis=0)
    total = shares.sum()
    off = inside - shares
    moved: Numbers = off / total - off.sum(axis=1, keepdims=True) * shares / total**2
    return shares / total, moved
