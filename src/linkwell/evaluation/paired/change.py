"""How much people changed, by two methods, and for how many it was enough to matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from linkwell.evaluation.estimate import Estimate, from_error, quantile
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.shares import Share, holm, share
from linkwell.evaluation.table import Numbers, Words

# Below this an interval hides more than it says; below ENOUGH the report says that it is few (Warwick asks for 30).
FEWEST, ENOUGH = 10, 30
RESAMPLES = 2000
FINEST = 10_000
# How much of the resampling is held in memory at a time.
CELLS_AT_ONCE = 2_000_000


class Better(StrEnum):
    """Which way a score should go."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def sign(self) -> int:
        return 1 if self is Better.HIGHER else -1


@dataclass(frozen=True, slots=True)
class Spread:
    """How many went which way, of those with two scores. `threshold` is what had to be reached, in points."""

    threshold: float
    improved: Share
    unchanged: Share
    worse: Share


@dataclass(frozen=True, slots=True)
class Part:
    """One group's change. `p` asks whether it differs from everybody else's, made right by Holm for all such questions.

    `change` is None where too few have two scores.
    """

    column: str
    group: str
    n: int
    change: Estimate | None
    p: float | None = None


def mean_change(change: Numbers) -> Estimate:
    """Mean of last minus first, with Student's interval. Raises Refused for too few, or nothing that varies."""
    n = len(change)
    if n < FEWEST:
        raise Refused(
            f"Only {n} {'person has' if n == 1 else 'people have'} two scores. "
            f"With fewer than {FEWEST} nothing can be said about change."
        )
    if not np.ptp(change):
        raise Refused("Everybody changed by exactly the same. Check that the column holds what people answered.")
    return from_error(float(np.mean(change)), float(stats.sem(change)), n, n - 1)


def by_resampling(change: Numbers, seed: int) -> Estimate:
    """The mean with a bootstrap interval, and the p-value of Wilcoxon's signed ranks (Pratt's zeros).

    The percentiles are those of Hesterberg 2015 (expanded): the plain ones are too narrow in small samples, by the
    square root of (n - 1) / n and as far as t is wider than normal.
    """
    n, finest = len(change), np.ptp(change) / FINEST
    # Changes are told apart to a ten-thousandth of their range: finer would cost time and move nothing.
    values, counts = np.unique(np.round(change / finest) * finest if n > FINEST else change, return_counts=True)
    random, at_once = np.random.default_rng(seed), max(1, CELLS_AT_ONCE // len(values))
    # Drawing people with replacement is drawing how often each value comes up.
    drawn = np.concatenate(
        [
            random.multinomial(n, counts / n, size=min(at_once, RESAMPLES - done)) @ values / n
            for done in range(0, RESAMPLES, at_once)
        ]
    )
    tail = float(special.ndtr(-sqrt(n / (n - 1)) * quantile(n - 1)))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    ranks = stats.wilcoxon(change, zero_method="pratt", method="asymptotic")
    return Estimate(float(np.mean(change)), float(low), float(high), n, p=float(ranks.pvalue))


def spread(change: Numbers, better: Better, threshold: float) -> Spread:
    """Improved or worse by at least `threshold` points; with nought, by anything at all."""
    n, gained = len(change), change * better.sign
    # A sum of decimals may miss its threshold by a hair.
    reached = max(threshold, np.finfo(float).tiny) - 1e-9 * abs(threshold)
    improved, worse = int(np.sum(gained >= reached)), int(np.sum(-gained >= reached))
    return Spread(threshold, share(improved, n), share(n - improved - worse, n), share(worse, n))


def by_group(change: Numbers, column: str, groups: Words) -> list[Part]:
    """Each group's change; p-values of all groups of all columns are to be corrected together."""
    return [_part(change, column, str(name), groups == name) for name in np.unique(groups)]


def corrected(parts: list[Part]) -> list[Part]:
    """The same with p-values made right for how many were asked."""
    asked = [part.p for part in parts if part.p is not None]
    after = iter(holm(asked))
    return [
        part if part.p is None else Part(part.column, part.group, part.n, part.change, next(after)) for part in parts
    ]


def _part(change: Numbers, column: str, name: str, inside: npt.NDArray[np.bool_]) -> Part:
    own, others = change[inside], change[~inside]
    if len(own) < FEWEST or not np.ptp(own):
        return Part(column, name, len(own), None)
    comparable = len(others) >= FEWEST and np.ptp(others) > 0
    p = float(stats.ttest_ind(own, others, equal_var=False).pvalue) if comparable else None
    return Part(column, name, len(own), mean_change(own), p)
