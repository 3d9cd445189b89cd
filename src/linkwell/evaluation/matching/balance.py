"""How alike the two sides are, before and after: standardised differences and ratios of variances.

Both are measured in the spread among treated people before matching, so that matching cannot improve them by changing
the yardstick (Stuart 2010). A difference of 0.1 is small; past 0.25 a regression can no longer be trusted to mend it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.matching.covariates import Covariates, Flags
from linkwell.evaluation.matching.pairing import Pairs
from linkwell.evaluation.table import Numbers

SMALL = 0.1
MOST = 0.25


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one covariate: means of the two sides, standardised difference and ratio of variances, before and after.

    A ratio is None where the treated side (before) or the control side does not vary.
    """

    name: str
    treated_before: float
    controls_before: float
    treated_after: float
    controls_after: float
    difference_before: float
    difference_after: float
    ratio_before: float | None
    ratio_after: float | None


@dataclass(frozen=True, slots=True)
class Left:
    """Treated people who found nobody beside those who did: the result does not speak for them."""

    name: str
    alone: float
    paired: float
    difference: float


def balances(given: Covariates, treated: Flags, pairs: Pairs) -> tuple[Balance, ...]:
    before = given.values[treated], given.values[~treated]
    after = given.values[pairs.treated], given.values[pairs.controls]
    spread = _spread(before[0], given).tolist()
    (ours, others), (ours_after, others_after) = [(_means(a), _means(b)) for a, b in (before, after)]
    ratios, ratios_after = [_ratios(a, b) for a, b in (before, after)]
    return tuple(
        Balance(
            name, ours[i], others[i], ours_after[i], others_after[i],
            (ours[i] - others[i]) / spread[i], (ours_after[i] - others_after[i]) / spread[i],
            ratios[i], ratios_after[i],
        )
        for i, name in enumerate(given.names)
    )  # fmt: skip


def left_out(given: Covariates, treated: Flags, pairs: Pairs) -> tuple[Left, ...]:
    """Empty when every treated person found somebody."""
    if not len(pairs.alone):
        return ()
    spread = _spread(given.values[treated], given).tolist()
    alone, paired = _means(given.values[pairs.alone]), _means(given.values[pairs.treated])
    return tuple(
        Left(name, alone[i], paired[i], (alone[i] - paired[i]) / spread[i]) for i, name in enumerate(given.names)
    )


def worst(found: tuple[Balance, ...]) -> Balance:
    """The covariate that is furthest apart after matching."""
    return max(found, key=lambda each: abs(each.difference_after))


def _spread(values: Numbers, given: Covariates) -> Numbers:
    """The spread among the treated; where they are all the same, that of everyone."""
    spread = values.std(axis=0, ddof=1)
    return np.where(spread > 0, spread, given.spreads)


def _means(values: Numbers) -> list[float]:
    means: list[float] = values.mean(axis=0).tolist()
    return means


def _ratios(ours: Numbers, others: Numbers) -> list[float | None]:
    top, bottom = ours.var(axis=0, ddof=1), others.var(axis=0, ddof=1)
    return [float(a / b) if a > 0 and b > 0 else None for a, b in zip(top, bottom, strict=True)]
