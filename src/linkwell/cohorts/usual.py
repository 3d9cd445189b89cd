"""What is usual, and which months are not: the arithmetic of the control charts, over counts by month.

The average share and its limits come from the months before the last twelve. A month beyond a limit, or eight months in
a row on one side of the average, is a change; anything else is the usual ups and downs. Limits are three standard
errors, widened where the past varied from month to month more than chance alone would have it (Laney's p' chart):
visits come in bunches. Where a month has few, a standard error means little: the limits are then those that chance
passes as rarely, and months in a row say nothing, since with so few most months lie below their average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, pi, sqrt
from statistics import NormalDist, fmean

from linkwell.evaluation.wilson import wilson

RECENT_MONTHS = 12
FEWEST_MONTHS = 12
"""A past shorter than this says nothing of what is usual."""
RUN = 8
FEWEST = 10
"""A month that should have fewer than this, or all but fewer, is one with few."""
LIMIT = 3
"""How many standard errors from the average a limit lies."""
TAIL = NormalDist().cdf(-LIMIT)
_USUAL_STEP = 2 / sqrt(pi)
"""The distance between two values in a row that vary by one standard error, on average."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: `count` of `out_of`, the share and its 95 % interval, the average share and the limits of the usual.

    `average` and the limits are None where the past is too short.
    """

    month: str
    count: int
    out_of: int
    share: float
    low: float
    high: float
    average: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None

    @property
    def few(self) -> bool:
        """Too few to be expected in such a month for its side of the average to mean anything."""
        average = self.average or 0.0
        return min(average, 1 - average) * self.out_of < FEWEST


@dataclass(frozen=True, slots=True)
class _Past:
    """`spread`: how much more than by chance alone the past varied, 1 where no more.

    `rarer` is the share of what is rarer, having it or not, had there been one more: none in the past is no promise.
    """

    average: float
    rarer: float
    spread: float


def judged(rows: Sequence[tuple[str, int, int]]) -> tuple[Month, ...]:
    """Months (name, count, out of how many) with their intervals, and with limits where the past is long enough."""
    past = _past(rows[:-RECENT_MONTHS])
    return tuple(_month(month, count, out_of, past) for month, count, out_of in rows)


def verdict(months: Sequence[Month]) -> str:
    """What the months say, in a sentence or two: absent, unknown, usual, more or less than usual."""
    total, out_of = sum(month.count for month in months), sum(month.out_of for month in months)
    if not out_of:
        return "Nothing to look at: there is no month with any."
    if not total:
        high = wilson(0, out_of)[1]
        return f"This problem is absent: none of {out_of:,}. The true share is below {high:.2%}."
    recent = months[-RECENT_MONTHS:]
    share = f"{sum(month.count for month in recent) / max(sum(month.out_of for month in recent), 1):.1%}"
    if months[-1].average is None:
        return f"{share} in the last year. There are too few months before it to say what is usual."
    few = any(month.few for month in recent)
    for side, words in ((1, "more"), (-1, "less")):
        unusual = [month for month in recent if beyond(month) == side]
        if unusual or (not few and _in_a_row(recent, side)):
            return f"{share} in the last year: {words} than was usual before{_named(unusual)}."
    only = " There are so few in a month that only a large change can be told." if few else ""
    return f"{share} in the last year: the usual ups and downs, no change.{only}"


def beyond(month: Month) -> int:
    """1 above what is usual, -1 below it, else 0."""
    if month.usual_low is None or month.usual_high is None:
        return 0
    return (month.share > month.usual_high) - (month.share < month.usual_low)


def _past(rows: Sequence[tuple[str, int, int]]) -> _Past | None:
    if len(rows) < FEWEST_MONTHS:
        return None
    count, out_of = sum(row[1] for row in rows), max(sum(row[2] for row in rows), 1)
    average, rarer = count / out_of, (min(count, out_of - count) + 1) / out_of
    by_chance = average * (1 - average)
    if not by_chance:
        return _Past(average, rarer, 1.0)
    errors = [(count / out_of - average) / sqrt(by_chance / out_of) for _, count, out_of in rows]
    return _Past(average, rarer, max(fmean(abs(b - a) for a, b in pairwise(errors)) / _USUAL_STEP, 1.0))


def _month(month: str, count: int, out_of: int, past: _Past | None) -> Month:
    share, (low, high) = count / out_of, wilson(count, out_of)
    if past is None:
        return Month(month, count, out_of, share, low, high)
    return Month(month, count, out_of, share, low, high, past.average, *_limits(past, out_of))


def _limits(past: _Past, out_of: int) -> tuple[float, float]:
    if past.rarer * out_of < FEWEST:
        low, high = _rare(past.rarer * out_of, past.spread**2, out_of)
        low, high = (low, high) if past.average <= 0.5 else (out_of - high, out_of - low)
        return low / out_of, high / out_of
    error = LIMIT * past.spread * sqrt(past.average * (1 - past.average) / out_of)
    return max(past.average - error, 0.0), min(past.average + error, 1.0)


def _rare(expected: float, spread: float, out_of: int) -> tuple[int, int]:
    """The least and the greatest number that is not rarer than a limit, where so many are expected.

    By Poisson, or by the negative binomial where the variance is more than the mean by `spread`.
    """
    more = spread - 1
    chance = spread ** (-expected / more) if more > 1e-9 else exp(-expected)
    below, low, number = 0.0, 0, 0
    while number < out_of and below + chance < 1 - TAIL:
        below += chance
        low = number + 1 if below < TAIL else low
        chance *= (expected + number * more) / (spread * (number + 1))
        number += 1
    return low, number


def _in_a_row(months: Sequence[Month], side: int) -> bool:
    longest = run = 0
    for month in months:
        average = month.average or 0.0
        run = run + 1 if (month.share > average) - (month.share < average) == side else 0
        longest = max(longest, run)
    return longest >= RUN


def _named(months: Sequence[Month]) -> str:
    return f" ({', '.join(month.month for month in months)})" if months else f", {RUN} months in a row"
