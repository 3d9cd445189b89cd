"""For whom it helped, and whether more of it helped more: many questions at once, so their p-values are Holm's."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from linkwell.evaluation.matching.covariates import Covariates, Flags
from linkwell.evaluation.matching.effect import FEWEST, Effect, within_pairs
from linkwell.evaluation.matching.outcome import Outcome
from linkwell.evaluation.matching.pairing import Pairs
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.shares import holm
from linkwell.evaluation.table import Numbers, Words

DOSES = ("least", "middle", "most")


@dataclass(frozen=True, slots=True)
class Part:
    """The effect among the pairs of one group. `effect` is None where they are too few; `p` is made right by Holm."""

    column: str
    group: str
    pairs: int
    effect: Effect | None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Differ:
    """Whether the groups of a column differ more than chance makes them (Cochran's Q), made right by Holm."""

    column: str
    q: float
    freedom: int
    p: float


def by_groups(outcome: Outcome, given: Covariates, pairs: Pairs, columns: dict[str, Words]) -> list[Part]:
    """One part for each group of each column; both people of a pair belong to it, since they were matched on it."""
    return [
        _part(outcome, given, pairs, column, str(group), words[pairs.treated] == group)
        for column, words in columns.items()
        for group in np.unique(words[pairs.treated])
    ]


def by_dose(outcome: Outcome, given: Covariates, pairs: Pairs, column: str, dose: Numbers) -> list[Part]:
    """Thirds of the treated by how much they had: who had more may differ in why they stayed."""
    had = dose[pairs.treated]
    if np.isnan(had).any():
        raise Refused(f"“{column}” must say for every treated person how much support they had.")
    edges = np.quantile(had, (1 / 3, 2 / 3))
    third = np.searchsorted(edges, had, side="left")
    if len(np.unique(third)) < len(DOSES):
        raise Refused(f"“{column}” does not vary enough among the treated to make thirds of it.")
    ranges = [had[third == place] for place in range(len(DOSES))]
    names = [f"{name} ({low.min():g} to {low.max():g})" for name, low in zip(DOSES, ranges, strict=True)]
    return [_part(outcome, given, pairs, column, name, third == place) for place, name in enumerate(names)]


def made_right(parts: list[Part]) -> tuple[list[Part], list[Differ]]:
    """p-values of all parts together, and of all columns' differences together."""
    fair = iter(holm([p for each in parts if (p := _p(each)) is not None]))
    parts = [replace(each, p=next(fair) if _p(each) is not None else None) for each in parts]
    tests = [found for column in dict.fromkeys(each.column for each in parts) if (found := _differ(column, parts))]
    ps = holm([each.p for each in tests])
    return parts, [replace(each, p=p) for each, p in zip(tests, ps, strict=True)]


def _p(part: Part) -> float | None:
    return part.effect.main[0].p if part.effect else None


def _part(outcome: Outcome, given: Covariates, pairs: Pairs, column: str, group: str, inside: Flags) -> Part:
    some = Pairs(pairs.treated[inside], pairs.controls[inside], pairs.alone, pairs.caliper)
    if len(some) < FEWEST + len(given.names):
        return Part(column, group, len(some), None)
    try:
        return Part(column, group, len(some), within_pairs(outcome, given, some))
    except Refused:
        return Part(column, group, len(some), None)


def _differ(column: str, parts: list[Part]) -> Differ | None:
    told = [each.effect for each in parts if each.column == column and each.effect]
    both = [_value_and_error(effect) for effect in told]
    if len(both) < 2:
        return None
    values, errors = np.array(both).T
    weights = 1 / np.square(errors)
    q = float((weights * np.square(values - np.average(values, weights=weights))).sum())
    return Differ(column, q, len(both) - 1, float(stats.chi2.sf(q, len(both) - 1)))


def _value_and_error(effect: Effect) -> tuple[float, float]:
    """On the scale on which groups are compared: differences as they are, ratios as logarithms."""
    main, null = effect.main
    return float(np.log(main.value)) if null else main.value, main.error or np.nan
