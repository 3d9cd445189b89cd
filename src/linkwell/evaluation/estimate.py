"""A number is never given without its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from scipy import special

from linkwell.evaluation.refusal import Refused

LEVEL = 0.95
# A p-value is never nought. A smaller one is given as this: so far out nobody knows the tail of a distribution.
LEAST_P = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, standard error (None where the interval is not built from one) and p-value.

    `n` is how many units (people, months, areas: the design says which) it rests on.
    """

    value: float
    low: float
    high: float
    n: int
    error: float | None = None
    p: float | None = None


def from_error(value: float, error: float, n: int, freedom: float | None = None) -> Estimate:
    """From a standard error: t with so many degrees of freedom, or normal. Raises Refused when nothing varies."""
    if not (isfinite(value) and isfinite(error)) or error <= 0:
        raise Refused("Nothing varies in these numbers, so how sure we are cannot be worked out.")
    far = error * quantile(freedom)
    below = -abs(value) / error
    p = 2 * float(special.ndtr(below) if freedom is None else special.stdtr(freedom, below))
    return Estimate(value, value - far, value + far, n, error, p)


def quantile(freedom: float | None, level: float = LEVEL) -> float:
    """How many standard errors an interval of this level reaches to either side: normal, or t."""
    tail = (1 - level) / 2
    return -float(special.ndtri(tail) if freedom is None else special.stdtrit(freedom, tail))
