"""Who is compared with whom, and whether they are alike enough and overlap enough to carry a claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.matching import propensity
from linkwell.evaluation.matching.balance import MOST, Balance, Left, balances, left_out, worst
from linkwell.evaluation.matching.covariates import Covariates, Flags, read_covariates
from linkwell.evaluation.matching.effect import FEWEST
from linkwell.evaluation.matching.pairing import Keys, Pairs, pair
from linkwell.evaluation.matching.propensity import Propensity
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Table, Words

# Fewer of the treated than this found somebody alike: then the result is not about the people it was asked of.
LEAST_OVERLAP = 0.5
AT = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Design:
    """Who is matched on what. `subgroups` are matched exactly too, so that each is compared within itself."""

    treat: str
    covariates: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    caliper: float = 0.2
    replace: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class People:
    """How many there were, found a partner and did not; `used` counts different controls."""

    treated: int
    controls: int
    paired: int
    alone: int
    used: int


@dataclass(frozen=True, slots=True)
class Chances:
    """Propensity among each side at the shares `AT`, as evidence of overlap."""

    treated: tuple[float, ...]
    controls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs and what they were made from; `groups` are the words of each subgroup column, for every row."""

    given: Covariates
    treated: Flags
    fitted: Propensity
    pairs: Pairs
    balance: tuple[Balance, ...]
    groups: dict[str, Words]

    @property
    def people(self) -> People:
        total, used = int(self.treated.sum()), len(np.unique(self.pairs.controls))
        return People(total, len(self.treated) - total, len(self.pairs), len(self.pairs.alone), used)

    @property
    def chances(self) -> Chances:
        chance = self.fitted.chance
        ours, others = (tuple(np.quantile(chance[side], AT).tolist()) for side in (self.treated, ~self.treated))
        return Chances(ours, others)

    @property
    def left(self) -> tuple[Left, ...]:
        return left_out(self.given, self.treated, self.pairs)


def match(table: Table, design: Design) -> Matched:
    """Looks at no outcome. Raises Refused where the data, the overlap or the balance will not carry a claim."""
    treated = read_sides(table, design.treat)
    given = read_covariates(table, design.covariates, design.kinds)
    groups = {name: table.words(name) for name in design.subgroups}
    exact = [*groups.values(), *(table.words(name) for name in design.exact if name not in groups)]
    fitted = propensity.fit(given, treated)
    pairs = pair(fitted.logit, treated, _keys(exact), caliper=design.caliper, replace=design.replace, seed=design.seed)
    _refuse_few(pairs, treated)
    balance = balances(given, treated, pairs)
    _refuse_unlike(balance)
    return Matched(given, treated, fitted, pairs, balance, groups)


def read_sides(table: Table, name: str) -> Flags:
    """1 for who was supported and 0 for who was not. Raises Refused for anything else, or a side with too few."""
    values = table.numbers(name)
    if not np.isin(values, (0, 1)).all():
        raise Refused(f"“{name}” must be 1 for people who were supported and 0 for those who were not.")
    treated: Flags = values == 1
    for side, words in ((treated, "was supported"), (~treated, "was not supported")):
        if not side.any():
            raise Refused(f"Nobody {words} (“{name}”), so there is nobody to compare with.")
        if side.sum() == 1:
            raise Refused(f"Only one person {words} (“{name}”): one person's outcome is not evidence of an effect.")
    return treated


def _keys(columns: list[Words]) -> Keys | None:
    """One number for each combination of words."""
    if not columns:
        return None
    keys: Keys = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        found, place = np.unique(column, return_inverse=True)
        keys = np.unique(keys * len(found) + place, return_inverse=True)[1]
    return keys


def _refuse_few(pairs: Pairs, treated: Flags) -> None:
    total = int(treated.sum())
    if len(pairs) < LEAST_OVERLAP * total:
        raise Refused(
            f"Only {len(pairs):,} of {total:,} treated people have anybody comparable: the sides overlap too little."
        )
    if len(pairs) < FEWEST:
        raise Refused(f"Only {len(pairs)} pairs could be made; fewer than {FEWEST} will not carry a claim.")


def _refuse_unlike(balance: tuple[Balance, ...]) -> None:
    found = worst(balance)
    if abs(found.difference_after) > MOST:
        raise Refused(
            f"After matching the two sides still differ in “{found.name}” by {abs(found.difference_after):.2f} "
            f"standard deviations (at most {MOST} can be mended), so the comparison is not fair."
        )
