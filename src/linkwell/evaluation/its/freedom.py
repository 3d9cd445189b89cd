"""How many independent values an error that allows for memory is worth.

Such an error is itself a guess: from few values, neither their spread nor their memory is known well. Satterthwaite's
degrees of freedom are twice the square of a variance by the variance of its estimate; here that is worked out for the
two estimates it is made of, the spread of residuals and how alike neighbours are, both ratios of quadratic forms. Where
neighbours seem not to be alike at all, that is a guess as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import toeplitz

from linkwell.evaluation.its.memory import MANY, MOST_MEMORY, Memory, covariance_with
from linkwell.evaluation.table import Numbers

# How far memory is moved, either way, to see what follows from it.
STEP = 1e-3
# What something bell-shaped may be, in standard deviations from its middle, and how much each counts (Gauss, Hermite).
AWAY, WEIGHTS = (-(3**0.5), 0.0, 3**0.5), (1 / 6, 2 / 3, 1 / 6)


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of errors of one fit. Variances are those of the log of the spread, and of the memory."""

    columns: Numbers
    memory: float
    plain: float
    of_spread: float
    of_memory: float
    of_both: float

    def freedom(self, gradient: Numbers) -> float:
        """Satterthwaite's, for one sum of coefficients; never more than if memory were known to be none."""
        if not self.of_spread:
            return self.plain
        moved = _moved(lambda memory: float(np.log(_variance(self.columns, memory, gradient))), self.memory)
        of_log = self.of_spread + moved**2 * self.of_memory + 2 * moved * self.of_both
        return max(1.0, min(self.plain, 2 / of_log))

    def expected(self, residuals: Numbers) -> Numbers:
        """The covariance of the coefficients, on average over what the memory may be.

        It grows faster with memory than it falls, so that of the likeliest memory alone would be too small.
        """
        off = np.sqrt(self.of_memory) * np.array(AWAY)
        memories = np.clip(self.memory + off, 0.0, MOST_MEMORY)
        each = [covariance_with(float(memory), residuals, self.columns) for memory in memories]
        covariance: Numbers = np.average(each, axis=0, weights=WEIGHTS)
        return covariance


def worth_of(memory: Memory, columns: Numbers) -> Worth:
    """From the memory, and the columns times the root of each value's weight."""
    n, of = columns.shape
    if n > MANY:
        return Worth(columns, memory.implied, float(n - of), 0.0, 0.0, 0.0)
    left_over = np.eye(n) - columns @ np.linalg.pinv(columns)
    neighbours = (np.eye(n, k=1) + np.eye(n, k=-1)) / 2

    def seen(memory: float) -> float:
        residuals = left_over @ _alike(n, memory) @ left_over
        return float(np.trace(neighbours @ residuals) / np.trace(residuals))

    residuals = left_over @ _alike(n, memory.implied) @ left_over
    off = residuals @ (neighbours - seen(memory.implied) * np.eye(n))
    whole = float(np.trace(residuals)) ** 2
    told = _moved(seen, memory.implied)
    return Worth(
        columns=columns,
        memory=memory.implied,
        plain=float(n - of),
        of_spread=2 * float(np.sum(residuals * residuals.T)) / whole,
        of_memory=2 * float(np.sum(off * off.T)) / whole / told**2,
        of_both=2 * float(np.sum(off * residuals.T)) / whole / told,
    )


def _variance(columns: Numbers, memory: float, gradient: Numbers) -> float:
    """Of the sum of coefficients, where the squares of the residuals add up to one."""
    bread = np.linalg.inv(columns.T @ columns)
    shared = columns.T @ _alike(len(columns), memory) @ columns
    left = len(columns) - float(np.trace(bread @ shared))
    return float(gradient @ bread @ shared @ bread @ gradient) / left


def _alike(n: int, memory: float) -> Numbers:
    alike: Numbers = toeplitz(memory ** np.arange(n))
    return alike


def _moved(value: Callable[[float], float], memory: float) -> float:
    """How fast a value moves with memory."""
    return (value(memory + STEP) - value(memory - STEP)) / (2 * STEP)
