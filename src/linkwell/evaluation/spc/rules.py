"""XmR limits and the four rules of "Making data count".

Limits and rules are those of the R package NHSRplotthedots, but for the trend: it asks for seven values, we for six.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

# Three standard deviations, as 3 / 1.128 of the mean moving range (Wheeler).
LIMIT = 2.66
# A moving range beyond this many means is left out of the mean, once: it is itself an outlier.
MOVING_RANGE_LIMIT = 3.267
# So many values in a row on one side of the mean are a shift.
SHIFT = 7
# So many values in a row each above, or each below, the one before are a trend.
TREND = 6
# The outer third between mean and limit; two of three there are a sign.
NEAR = 2 / 3
OF_THREE, NEAR_OF_THREE = 3, 2
# Limits from fewer values say little; from fewer than ENOUGH they still move.
FEWEST, ENOUGH = 10, 15

Flags = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Limits:
    """`left_out` is how many moving ranges were outliers; `n` how many values the limits rest on."""

    mean: float
    lower: float
    upper: float
    moving_range: float
    left_out: int
    n: int


@dataclass(frozen=True, slots=True)
class Signs4:
    """For each value and rule: 1 where it is a sign upwards, -1 downwards, 0 where it is none."""

    beyond: Signs
    shift: Signs
    near: Signs
    trend: Signs

    def of(self, place: int) -> dict[str, int]:
        every = {"beyond_limit": self.beyond, "shift": self.shift, "two_of_three": self.near, "trend": self.trend}
        return {name: int(signs[place]) for name, signs in every.items() if signs[place]}


def limits_of(values: Numbers, baseline: int | None = None) -> Limits:
    """The limits of a period, from its first `baseline` values or from all. Raises Refused."""
    used = values[:baseline]
    if len(used) < FEWEST:
        raise Refused(f"Limits need at least {FEWEST} values in a row; here are {len(used)}.")
    ranges = np.abs(np.diff(used))
    kept = ranges[ranges < MOVING_RANGE_LIMIT * np.mean(ranges)]
    if not len(kept) or not np.mean(kept):
        raise Refused("The values do not vary from one to the next, so there are no limits to work out.")
    mean, moving = float(np.mean(used)), float(np.mean(kept))
    return Limits(mean, mean - LIMIT * moving, mean + LIMIT * moving, moving, len(ranges) - len(kept), len(used))


def signs_of(values: Numbers, limits: Limits) -> Signs4:
    """What each of a period's values is a sign of."""
    side = np.sign(values - limits.mean).astype(np.int8)
    far = np.abs(values - limits.mean)
    outside = far > limits.upper - limits.mean
    near = (far > NEAR * (limits.upper - limits.mean)) & ~outside
    return Signs4(
        beyond=np.where(outside, side, 0).astype(np.int8),
        shift=np.where(_in_a_run(side, SHIFT), side, 0).astype(np.int8),
        near=np.where(_two_of_three(near, side), side, 0).astype(np.int8),
        trend=_trend(values),
    )


def _in_a_run(signs: Signs, length: int) -> Flags:
    """Whether each place is within so many equal signs in a row; nought is no sign."""
    edges = np.flatnonzero(np.r_[True, signs[1:] != signs[:-1], True])
    long: Flags = np.repeat(np.diff(edges) >= length, np.diff(edges)) & (signs != 0)
    return long


def _trend(values: Numbers) -> Signs:
    steps = np.sign(np.diff(values)).astype(np.int8)
    found = np.zeros(len(values), dtype=np.int8)
    for place in np.flatnonzero(_in_a_run(steps, TREND - 1)):
        # The value where one trend turns into the next belongs to the later one.
        found[place : place + 2] = steps[place]
    return found


def _two_of_three(near: Flags, side: Signs) -> Flags:
    found = np.zeros(len(near), dtype=np.bool_)
    for start in range(len(near) - OF_THREE + 1):
        three = slice(start, start + OF_THREE)
        if near[three].sum() >= NEAR_OF_THREE and abs(int(side[three].sum())) == OF_THREE:
            found[three] |= near[three]
    return found
