"""The numbers of the rules, each once.

They follow what NHS England does when it publishes hospital and community statistics below the level of England: counts
of one to seven are not shown, all others are rounded to the nearest five, and totals are rounded from the true total.
We keep to them for England as well, where NHS England would show exact numbers: our national page stands beside pages
of areas. The other numbers are ours, and stricter than that practice asks.
"""

from linkwell.kernel.small_numbers import ROUNDED_TO

SMALL = 7
"""A count from one to this may name somebody."""

FAR = ROUNDED_TO // 2
"""How far a rounded count may lie from the true one."""

FEWEST_FOR_MEAN = 8
"""Of fewer people no mean is told."""

FEWEST_POSSIBLE = 4
"""Whatever else is published, a protected count can still be this many different numbers: never known to within one."""


def names_somebody(count: int) -> bool:
    """Whether so many people, or so many fewer, may not be told."""
    return 1 <= abs(count) <= SMALL
