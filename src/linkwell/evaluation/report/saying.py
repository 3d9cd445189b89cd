"""Numbers as words: one rounding, one way to say an interval, one sentence for help, no effect and harm."""

from __future__ import annotations

from math import floor, isfinite, log10

from linkwell.evaluation.estimate import Estimate

# Below this a p-value is only said to be smaller.
SMALLEST_P = 0.0001


def number(value: float, digits: int = 3) -> str:
    """So many significant digits, never in powers of ten; whole numbers keep all of theirs."""
    if not isfinite(value):
        return "not known"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - floor(log10(abs(value))))
    text = f"{value:,.{min(places, 10)}f}"
    return text.rstrip("0").rstrip(".") if "." in text and float(value).is_integer() else text


def percent(share: float) -> str:
    return f"{100 * share:.1f}\u00a0%"


def interval(low: float, high: float, digits: int = 3) -> str:
    return f"{number(low, digits)} to {number(high, digits)}"


def estimate(given: Estimate, digits: int = 3) -> str:
    """As "1.2 (0.4 to 2.0)": the interval is always the one of 95 %."""
    return f"{number(given.value, digits)} ({interval(given.low, given.high, digits)})"


def p_value(p: float | None) -> str:
    if p is None:
        return ""
    if p < SMALLEST_P:
        return f"below {SMALLEST_P}"
    return f"{p:.3f}" if p >= 10 * SMALLEST_P else f"{p:.4f}"


def p_is(p: float) -> str:
    """As "p = 0.034", for a sentence."""
    return f"p {p_value(p)}" if p < SMALLEST_P else f"p = {p_value(p)}"


def direction(given: Estimate, *, better: str, null: float = 0.0) -> str:
    """ "better", "worse" or "unclear": whether the whole interval lies on one side of no effect."""
    if given.low <= null <= given.high:
        return "unclear"
    return "better" if (given.value > null) == (better in ("higher", "up")) else "worse"
