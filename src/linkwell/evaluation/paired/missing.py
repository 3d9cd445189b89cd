"""Everybody without a second score: how many, and how unlike those who have one."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.paired.pairs import People
from linkwell.evaluation.shares import Share, difference_of_means, difference_of_shares, share

# A standardised difference of this size is the usual sign that two groups are not alike.
UNLIKE = 0.1
FIRST_SCORE = "first score"


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing about people with (`kept`) and without (`lost`) a second score: means, or shares from 0 to 1."""

    what: str
    kept: float
    lost: float
    difference: float


@dataclass(frozen=True, slots=True)
class Missing:
    """`second` is the share with a second score; `if_unchanged` the mean change were all the others as before."""

    second: Share
    without_any: int
    compared: tuple[Compared, ...]
    if_unchanged: float

    @property
    def unlike(self) -> tuple[Compared, ...]:
        return tuple(each for each in self.compared if isfinite(each.difference) and abs(each.difference) > UNLIKE)


def missing_from(people: People, change: Estimate) -> Missing:
    kept, everybody = int(people.paired.sum()), len(people.first)
    compared = [_first_scores(people)] if kept < everybody else []
    if kept < everybody:
        compared += [each for name in people.groups for each in _levels(people, name)]
    return Missing(share(kept, everybody), people.without_any, tuple(compared), change.value * kept / everybody)


def _first_scores(people: People) -> Compared:
    kept, lost = people.first[people.paired], people.first[~people.paired]
    return Compared(FIRST_SCORE, float(np.mean(kept)), float(np.mean(lost)), difference_of_means(kept, lost))


def _levels(people: People, column: str) -> list[Compared]:
    kept, lost = people.groups[column][people.paired], people.groups[column][~people.paired]
    found = []
    for level in np.unique(people.groups[column]):
        one, other = float(np.mean(kept == level)), float(np.mean(lost == level))
        found.append(Compared(f"{column}: {level}", one, other, difference_of_shares(one, other)))
    return found
