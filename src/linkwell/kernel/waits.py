"""How long people wait, from those who were reached and those who wait still.

Those who wait still count as having waited at least so long (the product-limit estimate of Kaplan and Meier,
J Am Stat Assoc 1958;53:457): leaving them out would make a lengthening queue look short.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waits:
    """Days until one in ten, half, and nine in ten people were reached; None: longer than anybody was watched.

    `reached` is how many people it rests on, `waiting` how many of those counted were not reached yet.
    """

    reached: int
    waiting: int
    shortest: int | None
    half: int | None
    longest: int | None


def of(reached: Collection[int], waiting: Collection[int]) -> Waits:
    """From days waited by those reached, and days waited so far by those who were not (yet)."""
    return Waits(
        reached=len(reached),
        waiting=len(waiting),
        shortest=day_by_which(0.1, reached, waiting),
        half=day_by_which(0.5, reached, waiting),
        longest=day_by_which(0.9, reached, waiting),
    )


def day_by_which(share: float, reached: Collection[int], waiting: Collection[int]) -> int | None:
    """The first day by which this share of people is reached; None when it cannot be said from what was seen."""
    still = 1.0
    for day in sorted(set(reached)):
        at_risk = sum(each >= day for each in reached) + sum(each >= day for each in waiting)
        still *= 1 - sum(each == day for each in reached) / at_risk
        # The tolerance keeps a share that is met exactly from being missed by rounding.
        if still <= 1 - share + 1e-9:
            return day
    return None
