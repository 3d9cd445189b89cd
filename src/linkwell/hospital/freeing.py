"""Capacity freed, in bed days with an interval: never money, and nothing where too few stays are known. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, variance

FEWEST = 20
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Freed:
    """Bed days over all `stays` with support agreed: the difference of mean waits times how many; 95 % interval."""

    stays: int
    days: float
    low: float
    high: float


def freed(supported: Sequence[int], others: Sequence[int]) -> Freed | None:
    """How many bed days fewer were waited; None where either side has fewer than 20 stays.

    A difference between two groups that chose themselves: it does not say that support was the cause.
    """
    if min(len(supported), len(others)) < FEWEST:
        return None
    difference = fmean(others) - fmean(supported)
    half = _Z * sqrt(variance(others) / len(others) + variance(supported) / len(supported))
    stays = len(supported)
    return Freed(stays, stays * difference, stays * (difference - half), stays * (difference + half))
