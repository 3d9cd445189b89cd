"""Whether a value's residual tells of the next, and how unsure coefficients are if it does.

A short series with a slope and seasons takes up much of its own memory: residuals look less alike than the noise was.
So the correlation of neighbours is found that would leave residuals as alike as ours (a matter of moments), and errors
are worked out for noise that remembers that much. A test for memory comes beside it and decides nothing alone: it
misses most memory in so few values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import toeplitz
from scipy.optimize import brentq
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson

from linkwell.evaluation.table import Numbers

# Below this chance the residuals remember by Ljung and Box's test.
REMEMBERS = 0.05
MOST_LAGS = 10
# Noise that remembers more than this is a trend.
MOST_MEMORY = 0.95
# Beyond so many values what a model takes up of the memory no longer matters.
MANY = 800


@dataclass(frozen=True, slots=True)
class Memory:
    """Ljung and Box's p over `lags`; Durbin and Watson's; the correlation of neighbours as `seen` and as `implied`."""

    p: float
    lags: int
    durbin_watson: float
    seen: float
    implied: float

    @property
    def there(self) -> bool:
        return self.p < REMEMBERS


def memory_of(residuals: Numbers, columns: Numbers) -> Memory:
    """From Pearson's residuals, and the columns times the root of each value's weight."""
    lags = min(MOST_LAGS, len(residuals) // 5)
    tested = acorr_ljungbox(residuals, lags=[lags])
    seen = float(residuals[1:] @ residuals[:-1] / (residuals @ residuals))
    implied = _implied(seen, columns) if len(residuals) <= MANY else min(max(seen, 0.0), MOST_MEMORY)
    return Memory(float(tested["lb_pvalue"].iloc[0]), lags, float(durbin_watson(residuals)), seen, implied)


def covariance_with(memory: float, residuals: Numbers, columns: Numbers) -> Numbers:
    """Of the coefficients, if the noise remembers so much."""
    bread = np.linalg.inv(columns.T @ columns)
    alike = toeplitz(memory ** np.arange(len(residuals)))
    shared = columns.T @ alike @ columns
    # What is left of the noise in residuals is less than the noise.
    left = len(residuals) - float(np.trace(bread @ shared))
    covariance: Numbers = residuals @ residuals / left * bread @ shared @ bread
    return covariance


def _implied(seen: float, columns: Numbers) -> float:
    """The memory of noise whose residuals are, on average, as alike as `seen`; never below nought."""
    n = len(columns)
    left_over = np.eye(n) - columns @ np.linalg.pinv(columns)
    whole = _by_distance(left_over)
    neighbours = _by_distance(left_over[:, 1:] @ left_over[:-1])

    def too_alike(memory: float) -> float:
        powers = memory ** np.arange(n)
        return float(neighbours @ powers) / float(whole @ powers) - seen

    if too_alike(0.0) >= 0:
        return 0.0
    return MOST_MEMORY if too_alike(MOST_MEMORY) <= 0 else float(brentq(too_alike, 0.0, MOST_MEMORY))


def _by_distance(matrix: Numbers) -> Numbers:
    """The sums of a square matrix along each distance from its diagonal, both sides together."""
    both = [float(np.trace(matrix, at) + np.trace(matrix, -at)) for at in range(1, len(matrix))]
    return np.array([float(np.trace(matrix)), *both])
