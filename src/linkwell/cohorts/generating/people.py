"""Who the made-up people are: what each lives with, and the part each plays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.cohorts.generating.rows import NOTHING, Numbers

LONG_TERM = ("J449", "J459", "E119", "E112", "I10", "I509", "I489", "N183", "G35", "I639", "M069", "E669")
MILD_MENTAL = ("F329", "F320", "F411", "F419", "F432", "F510", "R456")
SPEAK_FIRST = ("F209", "F319", "X609")
SOCIAL = ("Z590", "Z602", "Z634", "Z560", "Z598")
CARER = ("Z742", "Z730")
PLAIN = ("S525", "R074", "T140", "J069", "N390", "K590", "S610", "M545", "R104", "L039", "A099", "H669")
"""What most come with: in none of the lists."""

# The parts, and of a million people how many play each. The British Red Cross counts 0.67 % who come often.
PARTS = {
    "often": 6_700,
    "almost_often": 1_000,
    "back": 9_000,
    "back_late": 1_500,
    "back_planned": 1_000,
    "back_cancer": 700,
    "back_obstetric": 700,
    "moved": 1_500,
    "moved_then_back": 700,
    "waited": 6_000,
    "waits": 400,
    "ready_again": 800,
    "long_in": 300,
}
ORDINARY = len(PARTS)
NAMES = (*PARTS, "ordinary")


@dataclass(frozen=True, slots=True)
class People:
    """A block of people. Each array has one value a person; places are into the tuples above, NOTHING where none.

    `more_…` is a second code of a list for some of those who have a first, never the same.
    """

    numbers: Numbers
    part: Numbers
    phase: Numbers
    long_term: Numbers
    mild_mental: Numbers
    speak_first: Numbers
    social: Numbers
    carer: Numbers
    alone: Numbers
    nowhere: Numbers
    more_long_term: Numbers
    more_mild_mental: Numbers
    more_carer: Numbers

    def playing(self, *names: str) -> Numbers:
        """Places, in this block, of the people who play these parts."""
        return np.flatnonzero(np.isin(self.part, [NAMES.index(name) for name in names])).astype(np.int64)


def made(rng: np.random.Generator, numbers: Numbers) -> People:
    count = len(numbers)
    edges = np.cumsum([each / 1_000_000 for each in PARTS.values()])
    long_term = _some(rng, count, 0.30, len(LONG_TERM))
    mild_mental = _some(rng, count, 0.06, len(MILD_MENTAL))
    carer = _some(rng, count, 0.004, len(CARER))
    return People(
        numbers,
        np.searchsorted(edges, rng.random(count)).astype(np.int64),
        rng.integers(0, 365, count),
        long_term,
        mild_mental,
        _some(rng, count, 0.007, len(SPEAK_FIRST)),
        _some(rng, count, 0.02, len(SOCIAL)),
        carer,
        _some(rng, count, 0.14, 1),
        _some(rng, count, 0.003, 1),
        _more(rng, long_term, len(LONG_TERM)),
        _more(rng, mild_mental, len(MILD_MENTAL)),
        _more(rng, carer, len(CARER)),
    )


def _more(rng: np.random.Generator, first: Numbers, kinds: int) -> Numbers:
    """For one in four of those who have a code, another of the same list."""
    having = (first >= 0) & (rng.random(len(first)) < 0.25)
    return np.where(having, (first + rng.integers(1, kinds, len(first))) % kinds, NOTHING).astype(np.int64)


def _some(rng: np.random.Generator, count: int, share: float, kinds: int) -> Numbers:
    return np.where(rng.random(count) < share, rng.integers(0, kinds, count), NOTHING).astype(np.int64)
