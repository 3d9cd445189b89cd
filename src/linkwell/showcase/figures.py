"""What is counted for a release, under which names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linkwell.evaluation.disclosure.accounts import Sum

BEGAN, ENDED = "began", "ended"
NEED, NOT_NEED = "need/", "without/"
TWICE, NOT_TWICE = "twice/", "not_twice/"


@dataclass(frozen=True, slots=True)
class Moved:
    """The changes of everybody with two scores: how many people, the sum, and the sum of squares, in points."""

    people: int
    total: float
    squares: float

    @classmethod
    def of(cls, changes: Iterable[float]) -> Moved:
        each = list(changes)
        return cls(len(each), sum(each), sum(change * change for change in each))

    def __add__(self, other: Moved) -> Moved:
        return Moved(self.people + other.people, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True, slots=True)
class Figures:
    """True numbers of one place and period. `words` names each score; `lower` are those of which less is better."""

    began: int
    needs: Mapping[str, int]
    ended: int
    moved: Mapping[str, Moved]
    words: Mapping[str, str]
    lower: frozenset[str] = frozenset()


def counts(figures: Figures) -> dict[str, int]:
    """Every count by name, those too that nobody publishes but could be worked out."""
    found = {BEGAN: figures.began, ENDED: figures.ended}
    for code, people in figures.needs.items():
        found |= {f"{NEED}{code}": people, f"{NOT_NEED}{code}": figures.began - people}
    for code, moved in figures.moved.items():
        found |= {f"{TWICE}{code}": moved.people, f"{NOT_TWICE}{code}": figures.ended - moved.people}
    return found


def sums(names: Iterable[str]) -> tuple[Sum, ...]:
    """How the counts of one release add up."""
    pairs = ((BEGAN, NEED, NOT_NEED), (ENDED, TWICE, NOT_TWICE))
    return tuple(
        Sum(whole, (name, other + name.removeprefix(one)))
        for name in sorted(names)
        for whole, one, other in pairs
        if name.startswith(one)
    )


def told(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if not name.startswith((NOT_NEED, NOT_TWICE)))


def together(parts: Iterable[Figures]) -> Figures:
    """Areas added up."""
    every = list(parts)
    needs = {code for each in every for code in each.needs}
    moved: dict[str, Moved] = {}
    for each in every:
        for code, change in each.moved.items():
            moved[code] = moved[code] + change if code in moved else change
    return Figures(
        began=sum(each.began for each in every),
        needs={code: sum(each.needs.get(code, 0) for each in every) for code in sorted(needs)},
        ended=sum(each.ended for each in every),
        moved=moved,
        words={code: words for each in every for code, words in each.words.items()},
        lower=frozenset().union(*(each.lower for each in every)),
    )


def from_counts(counted: Mapping[str, int], changes: Mapping[str, list[float]], words: Mapping[str, Any]) -> Figures:
    """Figures read back from a release."""
    return Figures(
        began=counted[BEGAN],
        needs={name.removeprefix(NEED): people for name, people in counted.items() if name.startswith(NEED)},
        ended=counted[ENDED],
        moved={code: Moved(int(people), total, squares) for code, (people, total, squares) in changes.items()},
        words=words["scores"],
        lower=frozenset(words["lower"]),
    )
