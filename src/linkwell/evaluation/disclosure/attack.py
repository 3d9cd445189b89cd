"""What somebody can work out who has every release and a solver.

Each published cell says between which numbers a count lies, and sums tie counts together. For every protected count the
lowest and the highest whole number that agree with all of it are found by integer programming (HiGHS).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from linkwell.evaluation.disclosure.accounts import Sum
from linkwell.evaluation.disclosure.cells import Known
from linkwell.evaluation.disclosure.rules import FEWEST_POSSIBLE

# What HiGHS says when no numbers agree with everything.
_CONTRADICTION = 2
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest a count can be; `high` is None where nothing limits it."""

    low: int | None
    high: int | None

    @property
    def pinned(self) -> bool:
        """Whether fewer numbers are possible than a protected count must keep."""
        return self.low is not None and self.high is not None and self.high - self.low + 1 < FEWEST_POSSIBLE


class Attacker:
    """Somebody who knows how counts add up. A count that no cell tells of is nought or more."""

    def __init__(self, sums: Sequence[Sum], names: Iterable[str]) -> None:
        tied = (name for each in sums for name in (each.whole, *each.parts))
        self._names = {name: place for place, name in enumerate(dict.fromkeys([*names, *tied]))}
        self._ties = [LinearConstraint(_matrix(self._names, sums), 0, 0)] if sums else []

    def range(self, name: str, known: Mapping[str, Known]) -> Range:
        """What a count can be after reading these cells.

        Raises ValueError if they contradict each other, which those of true counts never do.
        """
        limits = self._limits(known)
        return Range(self._edge(name, limits, 1), self._edge(name, limits, -1))

    def pins(self, name: str, known: Mapping[str, Known], true: int) -> bool:
        """Whether too few numbers are possible, for whoever knows the true one: one look is often enough."""
        limits = self._limits(known)
        high = self._edge(name, limits, -1)
        if high is None or high - true + 1 >= FEWEST_POSSIBLE:
            return False
        return Range(self._edge(name, limits, 1), high).pinned

    def _limits(self, known: Mapping[str, Known]) -> Bounds:
        told = [known.get(name, Known()) for name in self._names]
        low = [-np.inf if each.low is None else each.low for each in told]
        high = [np.inf if each.high is None else each.high for each in told]
        return Bounds(np.array(low), np.array(high))

    def _edge(self, name: str, limits: Bounds, sign: int) -> int | None:
        """The lowest (sign 1) or highest (-1) value of one count."""
        aim = np.zeros(len(self._names))
        aim[self._names[name]] = sign
        found = milp(aim, bounds=limits, constraints=self._ties)
        if found.x is not None and not np.allclose(found.x, np.round(found.x), atol=_HAIR):
            # Mostly the best answer is made of whole people anyway, and ten times quicker to find.
            found = milp(aim, bounds=limits, constraints=self._ties, integrality=np.ones(len(aim)))
        if found.x is not None:
            return round(float(found.x[self._names[name]]))
        if found.status == _CONTRADICTION:
            raise ValueError("The published cells contradict each other.")
        return None


def _matrix(names: Mapping[str, int], sums: Sequence[Sum]) -> csr_array:
    rows = [row for row, each in enumerate(sums) for _ in range(1 + len(each.parts))]
    columns = [names[name] for each in sums for name in (each.whole, *each.parts)]
    values = [value for each in sums for value in (1.0, *[-1.0] * len(each.parts))]
    return csr_array((values, (rows, columns)), shape=(len(sums), len(names)))
