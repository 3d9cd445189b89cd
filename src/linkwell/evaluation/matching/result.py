"""What difference it made among those matched, for whom, and how easily that could be wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.matching import sensitivity
from linkwell.evaluation.matching.covariates import Flags, Rows
from linkwell.evaluation.matching.effect import Effect, within_pairs
from linkwell.evaluation.matching.outcome import Outcome
from linkwell.evaluation.matching.pairing import Pairs
from linkwell.evaluation.matching.parts import Differ, Part, by_dose, by_groups, made_right
from linkwell.evaluation.matching.robust import Robust, doubly_robust
from linkwell.evaluation.matching.study import Matched
from linkwell.evaluation.table import Numbers


@dataclass(frozen=True, slots=True)
class Ended:
    """How many died or moved away before the end, and whose outcome is not known, among the pairs."""

    treated_ended: int
    controls_ended: int
    treated_unknown: int
    controls_unknown: int


@dataclass(frozen=True, slots=True)
class Result:
    """`bounds` is None where a control serves more than one person, for the test is of separate pairs."""

    within: Effect
    everyone: Robust
    ended: Ended
    hidden: sensitivity.Hidden | None
    bounds: sensitivity.Bounds | None
    parts: tuple[Part, ...] = ()
    differ: tuple[Differ, ...] = ()


def result(matched: Matched, outcome: Outcome, dose: tuple[str, Numbers] | None = None) -> Result:
    """`dose` is a column's name and how much support each had (nan for controls). Raises Refused."""
    given, pairs = matched.given, matched.pairs
    within = within_pairs(outcome, given, pairs)
    robust = doubly_robust(outcome, given, matched.treated, matched.fitted)
    parts = by_groups(outcome, given, pairs, matched.groups)
    parts += by_dose(outcome, given, pairs, *dose) if dose else []
    fair, differ = made_right(parts)
    hidden, bounds = _hidden(outcome, within, pairs), _bounds(outcome, pairs)
    return Result(within, robust, _ended(outcome, pairs), hidden, bounds, tuple(fair), tuple(differ))


def _hidden(outcome: Outcome, within: Effect, pairs: Pairs) -> sensitivity.Hidden | None:
    if within.ratio:
        return sensitivity.of_ratio(within.ratio)
    if within.difference is None:
        return None
    rows = np.concatenate([pairs.treated, pairs.controls])
    return sensitivity.of_difference(within.difference, float(np.nanstd(outcome.values[rows], ddof=1)))


def _bounds(outcome: Outcome, pairs: Pairs) -> sensitivity.Bounds | None:
    if len(np.unique(pairs.controls)) < len(pairs):
        return None
    differences = outcome.each[pairs.treated] - outcome.each[pairs.controls]
    return sensitivity.bounds(differences[~np.isnan(differences)])


def _ended(outcome: Outcome, pairs: Pairs) -> Ended:
    def both(flags: Flags | None) -> tuple[int, int]:
        return _count(flags, pairs.treated), _count(flags, pairs.controls)

    return Ended(*both(outcome.ended), *both(~outcome.known))


def _count(flags: Flags | None, rows: Rows) -> int:
    return int(flags[rows].sum()) if flags is not None else 0
