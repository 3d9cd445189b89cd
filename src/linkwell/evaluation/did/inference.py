"""How sure: pointwise intervals, bands for all at once, and whether the two sides moved alike before.

Every effect is a sum of means of independent cohorts, so its error has about as many degrees of freedom as Welch and
Satterthwaite give it; with the normal distribution few units would look like proof.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from linkwell.evaluation.did.aggregate import Aggregate, Mean
from linkwell.evaluation.did.cells import Cells
from linkwell.evaluation.did.cohorts import Started
from linkwell.evaluation.estimate import LEVEL, Estimate, from_error, quantile
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

BLOCK = 200
# An effect whose influences are smaller than this share of the largest is worked out from the others.
COPY = 1e-8
EXACTLY = "Every unit of a cohort changed by exactly the same, which real outcomes do not; check the file."


@dataclass(frozen=True, slots=True)
class Band:
    """An estimate with an interval that, with those of the others, holds for all at once in 95 of 100 cases."""

    place: int
    estimate: Estimate
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Whether the effects before the start are all zero: `statistic` of `checks` of them, by F."""

    statistic: float
    checks: int
    freedom: float
    p: float


def estimate(found: Started, mean: Mean) -> Estimate:
    """Raises Refused where nothing varies."""
    error, freedom = _error(found, mean.influence)
    return from_error(mean.value, error, len(found.start), freedom)


def _error(found: Started, influence: Numbers) -> tuple[float, float]:
    """Standard error, and its degrees of freedom after Welch and Satterthwaite over the cohorts."""
    n = len(influence)
    _, cohort, sizes = np.unique(found.start, return_inverse=True, return_counts=True)
    parts = np.bincount(cohort, weights=np.square(influence)) / n**2
    total = parts.sum()
    freedom = total**2 / (np.square(parts) / np.maximum(sizes - 1, 1)).sum() if total > 0 else np.inf
    return float(np.sqrt(total)), float(freedom)


def bands(found: Started, parts: tuple[Mean, ...], *, draws: int, seed: int) -> tuple[Band, ...]:
    """Simultaneous by a multiplier bootstrap of the influence functions, each on its own degrees of freedom."""
    if not parts:
        return ()
    influence = np.column_stack([each.influence for each in parts])
    beyond = 2 * float(stats.norm.sf(_furthest(influence, draws, seed)))
    return tuple(_band(found, each, beyond) for each in parts)


def _band(found: Started, mean: Mean, beyond: float) -> Band:
    error, freedom = _error(found, mean.influence)
    far = error * quantile(freedom, max(1 - beyond, LEVEL))
    pointwise = from_error(mean.value, error, len(found.start), freedom)
    return Band(mean.place, pointwise, mean.value - far, mean.value + far)


def _furthest(influence: Numbers, draws: int, seed: int) -> float:
    """What 95 of 100 draws do not exceed: the largest of the effects, each in its own standard errors."""
    lengths = np.sqrt(np.square(influence).sum(axis=0))
    if not lengths.all():
        raise Refused(EXACTLY)
    scaled = influence / lengths
    random = np.random.default_rng(seed)
    largest = [
        np.abs(random.standard_normal((min(BLOCK, draws - done), len(scaled))) @ scaled).max(axis=1)
        for done in range(0, draws, BLOCK)
    ]
    return float(np.quantile(np.concatenate(largest), LEVEL))


def alike_before(found: Started, made: Cells) -> Alike | None:
    """A joint test that every effect before the start is zero; None when there is no time to test with.

    With few units for many effects Hotelling's small-sample form is used; effects that others determine are left out.
    """
    before = made.influence[:, ~made.after]
    effects = made.effect[~made.after]
    kept = _independent(before)
    freedom = float(len(found.start) - len(np.unique(found.start)))
    if not kept or freedom <= len(kept):
        return None
    root = np.asarray(np.linalg.qr(before[:, kept], mode="r"), dtype=np.float64) / len(before)
    wald = float(np.square(np.linalg.solve(root.T, effects[kept])).sum())
    checks = len(kept)
    statistic = wald * (freedom - checks + 1) / (freedom * checks)
    return Alike(statistic, checks, freedom, float(stats.f.sf(statistic, checks, freedom - checks + 1)))


def _independent(columns: Numbers) -> list[int]:
    if not columns.shape[1]:
        return []
    left = np.abs(np.diag(np.linalg.qr(columns, mode="r")))
    return [int(at) for at in np.flatnonzero(left > COPY * left.max())]


def told(found: Started, given: Aggregate, *, draws: int, seed: int) -> tuple[Estimate, tuple[Band, ...]]:
    """The overall estimate and the band of each part."""
    return estimate(found, given.overall), bands(found, given.parts, draws=draws, seed=seed)
