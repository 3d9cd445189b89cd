"""How strong something nobody wrote down would have to be to explain the result away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy import optimize, stats

from linkwell.evaluation.estimate import LEAST_P, Estimate
from linkwell.evaluation.table import Numbers

SURE = 0.05
MOST_GAMMA = 100.0


@dataclass(frozen=True, slots=True)
class Hidden:
    """E-values (VanderWeele and Ding 2017): the risk ratio that a hidden cause would need with being supported and with
    the outcome, to move the estimate, or the near end of its interval, to no effect. 1 means that nothing is needed."""

    estimate: float
    interval: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Rosenbaum bounds: p-values were one of a pair `gamma` times as likely to be supported for a hidden reason.

    `breaks` is the gamma at which the result is no longer sure: 1 if it never was, None past 100.
    """

    test: str
    table: tuple[tuple[float, float], ...]
    breaks: float | None


def of_ratio(ratio: Estimate) -> Hidden:
    near = ratio.low if ratio.value > 1 else ratio.high
    crossed = ratio.low <= 1 <= ratio.high
    return Hidden(_e_value(ratio.value), 1.0 if crossed else _e_value(near))


def of_difference(difference: Estimate, spread: float) -> Hidden:
    """A difference of means in units of the outcome's `spread`, as an approximate risk ratio: exp(0.91 d)."""
    near = difference.low if difference.value > 0 else difference.high
    crossed = difference.low <= 0 <= difference.high
    return Hidden(
        _e_value(exp(0.91 * difference.value / spread)), 1.0 if crossed else _e_value(exp(0.91 * near / spread))
    )


def _e_value(ratio: float) -> float:
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))


def bounds(differences: Numbers, gammas: tuple[float, ...] = (1.0, 1.25, 1.5, 2.0, 3.0)) -> Bounds | None:
    """Of differences within pairs: McNemar's test where they are -1, 0 or 1, else Wilcoxon's signed ranks.

    p-values are two-sided (twice the bounded one). None when no pair differs.
    """
    moved = differences[differences != 0]
    if not len(moved):
        return None
    yes_or_no = bool(np.all(np.abs(moved) == 1)) and bool(np.all(np.isin(differences, (-1, 0, 1))))
    far = _mcnemar if yes_or_no else _wilcoxon
    weights = np.ones(len(moved)) if yes_or_no else stats.rankdata(np.abs(moved))
    statistic = float(max(weights[moved > 0].sum(), weights[moved < 0].sum()))

    def chance(gamma: float) -> float:
        return min(1.0, max(LEAST_P, 2 * far(statistic, weights, gamma / (1 + gamma))))

    table = tuple((gamma, chance(gamma)) for gamma in gammas)
    return Bounds("McNemar" if yes_or_no else "Wilcoxon signed ranks", table, _breaks(chance))


def _mcnemar(statistic: float, weights: Numbers, chance: float) -> float:
    return float(stats.binom.sf(statistic - 1, len(weights), chance))


def _wilcoxon(statistic: float, weights: Numbers, chance: float) -> float:
    """Normal approximation to the sum of the ranks whose sign follows the effect."""
    mean, variance = chance * weights.sum(), chance * (1 - chance) * np.square(weights).sum()
    return float(stats.norm.sf((statistic - mean) / sqrt(variance)))


def _breaks(chance: Callable[[float], float]) -> float | None:
    if chance(1.0) >= SURE:
        return 1.0
    if chance(MOST_GAMMA) < SURE:
        return None
    return float(optimize.brentq(lambda gamma: chance(gamma) - SURE, 1.0, MOST_GAMMA, xtol=1e-6))
