"""The gate: true counts in, cells out that may be published together with everything that was published before.

Small counts are kept back and the others rounded. Then the gate attacks its own answer: while somebody with a solver
could tell a protected count to within too few numbers, the smallest other cell that helps them is kept back too. If
that does not help, the release is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from linkwell.evaluation.disclosure.accounts import Sum
from linkwell.evaluation.disclosure.attack import Attacker
from linkwell.evaluation.disclosure.cells import Count, Known, known_from, of_count
from linkwell.evaluation.disclosure.rules import FEWEST_POSSIBLE, SMALL, names_somebody
from linkwell.evaluation.refusal import Refused


class Why(StrEnum):
    """Why a cell is kept back, in words for whoever prepares the release."""

    SMALL = f"it is a number from 1 to {SMALL}"
    BESIDE = "with it, somebody could work out another number that is too small to show"


@dataclass(frozen=True, slots=True)
class Asked:
    """True counts by name, how they add up, and which are to be told. What is not told is protected all the same.

    `before` is what earlier releases already tell of some of the counts; those are not told again.
    """

    counts: Mapping[str, int]
    told: frozenset[str]
    sums: tuple[Sum, ...] = ()
    before: Mapping[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passed:
    """What came through: a cell for everything asked, and why some are kept back."""

    cells: Mapping[str, Count]
    why: Mapping[str, Why]


def release(asked: Asked) -> Passed:
    """Raises Refused when a protected count could be worked out whatever is kept back."""
    attacker, hidden = Attacker(asked.sums, asked.counts), set[str]()
    told = known(asked, _cells(asked, hidden))
    for name in protected(asked):
        while attacker.pins(name, told, asked.counts[name]):
            hidden.add(_beside(asked, hidden, name))
            told = known(asked, _cells(asked, hidden))
    cells = _cells(asked, hidden)
    why = {name: Why.BESIDE if name in hidden else Why.SMALL for name, cell in cells.items() if cell.shown is None}
    return Passed(cells, why)


def protected(asked: Asked) -> list[str]:
    """The counts that may name somebody, told or not."""
    return sorted(name for name, count in asked.counts.items() if names_somebody(count))


def known(asked: Asked, cells: Mapping[str, Count]) -> dict[str, Known]:
    """Everything published about these counts, before and with these cells."""
    free = {name: Known(None) for name, count in asked.counts.items() if count < 0}
    return {**free, **asked.before, **{name: known_from(cell, asked.counts[name]) for name, cell in cells.items()}}


def _cells(asked: Asked, hidden: Iterable[str]) -> dict[str, Count]:
    return {name: of_count(asked.counts[name], kept_back=name in hidden) for name in sorted(asked.told)}


def _beside(asked: Asked, hidden: set[str], name: str) -> str:
    """The next cell to keep back: the smallest shown one of the same sum, or of a sum tied to it."""
    reached = {name}
    while True:
        tied = {each for total in asked.sums for each in _names(total) if reached & _names(total)} | reached
        shown = [each for each in tied & asked.told - hidden if asked.counts[each] > SMALL]
        if shown:
            return min(shown, key=lambda each: (asked.counts[each], each))
        if tied == reached:
            raise Refused(
                "This cannot be released: together with what is already published, a number of people from 1 to "
                f"{SMALL} could be told to within {FEWEST_POSSIBLE - 1}, whatever is kept back."
            )
        reached = tied


def _names(total: Sum) -> set[str]:
    return {total.whole, *total.parts}
