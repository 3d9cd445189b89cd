"""So many of so many, with Wilson's interval, and how unlike two groups are."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from linkwell.evaluation.table import Numbers
from linkwell.evaluation.wilson import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, as a share with its 95 % interval (Wilson 1927). Of nobody there is no share: `nan`."""

    count: int
    of: int
    value: float
    low: float
    high: float


def share(count: int, of: int) -> Share:
    if of == 0:
        return Share(0, 0, nan, nan, nan)
    return Share(count, of, count / of, *wilson(count, of))


def difference_of_means(one: Numbers, other: Numbers) -> float:
    """Standardised: in units of the two groups' pooled standard deviation. `nan` where it cannot be worked out."""
    if len(one) < 2 or len(other) < 2:
        return nan
    pooled = sqrt((float(np.var(one, ddof=1)) + float(np.var(other, ddof=1))) / 2)
    return float(np.mean(one) - np.mean(other)) / pooled if pooled > 0 else nan


def difference_of_shares(one: float, other: float) -> float:
    """Standardised, as Austin 2009. `nan` where both are all or nothing."""
    spread = sqrt((one * (1 - one) + other * (1 - other)) / 2)
    return (one - other) / spread if spread > 0 else nan


def holm(p: list[float]) -> list[float]:
    """p-values made right for how many questions were asked at once (Holm 1979).

    Not statsmodels' own, which clears the memory of the whole process at each call.
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(np.array(p)[order] * np.arange(len(p), 0, -1))
    found = np.empty(len(p))
    found[order] = np.minimum(stepped, 1)
    return [float(each) for each in found]
