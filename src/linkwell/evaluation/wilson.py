"""Wilson's interval of a share, by its formula: pages that only show shares start without a library of statistics."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def wilson(count: int, out_of: int) -> tuple[float, float]:
    """The 95 % interval of `count` of `out_of`, which is not 0 (Wilson 1927, without correction for continuity)."""
    share, spread = count / out_of, Z * Z / out_of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / out_of + spread / (4 * out_of)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)
