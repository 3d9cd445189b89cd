"""From an effect with its interval to what it frees, and what that is worth: everything unsure is drawn many times.

Amounts are drawn from a normal distribution through their 95 % interval. For the unit cost one of the sources is drawn,
each as likely, then a figure from its range; a source that gives one figure alone is drawn from a gamma distribution
around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy import stats

from linkwell.evaluation.estimate import LEVEL
from linkwell.evaluation.money.costs import Cost, Costs
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

DRAWS = 20_000
SEED = 20260401
# How far a figure given without a range may be off, as a share of it: our choice, since its source says nothing.
UNSURE = 0.2


@dataclass(frozen=True, slots=True)
class Range:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def unclear(self) -> bool:
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Amount:
    """How many fewer of one kind: negative where there were more."""

    kind: str
    fewer: Range


@dataclass(frozen=True, slots=True)
class BySource:
    """What the amount is worth at one source's figure. `worth` is in pounds."""

    cost: Cost
    worth: Range


@dataclass(frozen=True, slots=True)
class Freed:
    """One kind: how many, what that capacity costs in pounds, and the same by each source."""

    amount: Amount
    words: str
    worth: Range
    by_source: tuple[BySource, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """`together` adds up the kinds. `net` takes off what the support cost; `likely` is how likely that leaves anything.

    Both are None where the cost of the support was not given.
    """

    freed: tuple[Freed, ...]
    together: Range
    net: Range | None
    likely: float | None


def worth_of(
    amounts: Sequence[Amount], costs: Costs, *, support: Range | None, draws: int = DRAWS, seed: int = SEED
) -> Worth:
    """Raises Refused for an interval that does not hold its value, a kind given twice, or one without a cost."""
    if not amounts:
        raise Refused("Say what there was fewer of, with its interval.")
    if len({each.kind for each in amounts}) < len(amounts):
        raise Refused("The same kind was given twice. Add the two up first, with their interval.")
    random = np.random.default_rng(seed)
    together = np.zeros(draws)
    freed = []
    for amount in amounts:
        pounds = _amounts(amount.fewer, random, draws) * _unit_costs(costs.of(amount.kind), random, draws)
        together += pounds
        freed.append(_freed(amount, costs, pounds))
    if support is None:
        return Worth(tuple(freed), _range(together), None, None)
    left = together - _amounts(support, random, draws)
    return Worth(tuple(freed), _range(together), _range(left), float(np.mean(left > 0)))


def checked(given: Range, what: str) -> Range:
    """The same, if the value lies inside a finite interval that has some width. Raises Refused."""
    numbers = (given.low, given.value, given.high)
    if not all(isfinite(each) for each in numbers) or not given.low <= given.value <= given.high:
        raise Refused(f"{what}: the value lies within its interval, as 120,40,200.")
    if given.low == given.high:
        raise Refused(f"{what}: an interval without width says that this is certain. Nothing is.")
    return given


def _freed(amount: Amount, costs: Costs, pounds: Numbers) -> Freed:
    found = costs.of(amount.kind)
    by_source = tuple(BySource(cost, _at(amount.fewer, cost)) for cost in found)
    return Freed(amount, costs.kinds[amount.kind], _range(pounds), by_source)


def _at(fewer: Range, cost: Cost) -> Range:
    """With the cost held at its middle, only the amount is unsure."""
    return Range(fewer.value * cost.middle, fewer.low * cost.middle, fewer.high * cost.middle)


def _amounts(given: Range, random: np.random.Generator, draws: int) -> Numbers:
    """Normal on either side of the value, with the width of that side of the interval."""
    far = float(stats.norm.ppf(0.5 + LEVEL / 2))
    drawn = random.standard_normal(draws)
    return given.value + drawn * np.where(drawn > 0, given.high - given.value, given.value - given.low) / far


def _unit_costs(costs: Sequence[Cost], random: np.random.Generator, draws: int) -> Numbers:
    used = [cost for cost in costs if cost.used]
    each = np.stack([_figures(cost, random, draws) for cost in used])
    drawn: Numbers = each[random.integers(len(used), size=draws), np.arange(draws)]
    return drawn


def _figures(cost: Cost, random: np.random.Generator, draws: int) -> Numbers:
    if cost.low < cost.high:
        return random.uniform(cost.low, cost.high, draws)
    return random.gamma(1 / UNSURE**2, cost.low * UNSURE**2, draws)


def _range(drawn: Numbers) -> Range:
    low, middle, high = np.quantile(drawn, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    return Range(float(middle), float(low), float(high))
