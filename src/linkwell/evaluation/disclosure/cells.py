"""The cells that anybody may read. Only the gate makes them: a bare number is no cell, and mypy says so.

Whoever makes a cell needs the gate's key, which is private to this package. `tests/gates/test_disclosure.py` fails when
another package imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from linkwell.evaluation.disclosure.rules import FAR, FEWEST_FOR_MEAN, SMALL, names_somebody
from linkwell.kernel.small_numbers import rounded
from linkwell.kernel.tongue import marked

TOO_FEW = marked("too few to show")


@final
class _Key:
    """What the gate holds and nobody else."""


_GATE: Final = _Key()


class _Cell:
    """Raises TypeError for whoever comes without the key."""

    __slots__ = ()

    def _check(self, key: object) -> None:
        if key is not _GATE:
            raise TypeError("Only the gate of disclosure control makes a cell that may be published.")


@final
class Count(_Cell):
    """How many people, to the nearest five; `shown` is None where that is kept back."""

    __slots__ = ("shown",)
    shown: int | None

    def __init__(self, key: _Key, shown: int | None) -> None:
        self._check(key)
        if shown is not None and (shown < 0 or shown % 5 or names_somebody(shown)):
            # Five would mean three to seven.
            raise ValueError("This count may not be shown.")
        self.shown = shown

    def __str__(self) -> str:
        return TOO_FEW if self.shown is None else f"{self.shown:,}"


@final
class Mean(_Cell):
    """A mean with its 95 % interval, to one decimal place; all None where it is kept back."""

    __slots__ = ("high", "low", "value")
    value: float | None
    low: float | None
    high: float | None

    def __init__(self, key: _Key, value: float | None, low: float | None = None, high: float | None = None) -> None:
        self._check(key)
        self.value, self.low, self.high = _tenth(value), _tenth(low), _tenth(high)

    @property
    def edges(self) -> tuple[str, str]:
        if self.low is None or self.high is None:
            return TOO_FEW, TOO_FEW
        return _signed(self.low), _signed(self.high)

    @property
    def interval(self) -> str:
        return TOO_FEW if self.low is None else " to ".join(self.edges)

    def __str__(self) -> str:
        return TOO_FEW if self.value is None else _signed(self.value)


@final
class Percentage(_Cell):
    """A share of one released count in another, in whole percent; None where either is kept back or the whole is 0."""

    __slots__ = ("value",)
    value: int | None

    def __init__(self, part: Count, whole: Count) -> None:
        told = part.shown is not None and whole.shown
        self.value = min(100, round(100 * (part.shown or 0) / (whole.shown or 1))) if told else None

    def __str__(self) -> str:
        return TOO_FEW if self.value is None else f"{self.value}%"


Released = Count | Mean | Percentage


@dataclass(frozen=True, slots=True)
class Known:
    """The lowest and highest a count can be by one cell; `high` is None for no limit, `low` for none at all."""

    low: int | None = 0
    high: int | None = None


def of_count(count: int, *, kept_back: bool = False) -> Count:
    """Kept back if it is small, or asked to be. Nought is shown: nobody is in it."""
    hidden = kept_back or names_somebody(count)
    return Count(_GATE, None if hidden else rounded(count))


def of_mean(people: int, value: float, low: float, high: float, *, kept_back: bool = False) -> Mean:
    """Kept back for fewer than eight people."""
    if kept_back or people < FEWEST_FOR_MEAN:
        return Mean(_GATE, None)
    return Mean(_GATE, value, low, high)


def as_kept(count: int | None) -> Count:
    """A cell that was released before, read back by `frozen`."""
    return Count(_GATE, count)


def mean_as_kept(value: float | None, low: float | None, high: float | None) -> Mean:
    """A mean that was released before, read back by `frozen`."""
    return Mean(_GATE, value, low, high)


def known_from(cell: Count, true: int) -> Known:
    """What somebody learns who sees the cell, and even guesses rightly whether it was kept back for being small."""
    if cell.shown is None:
        return Known(1, SMALL) if names_somebody(true) else Known(SMALL + 1)
    if cell.shown == 0:
        return Known(0, 0)
    return Known(max(SMALL + 1, cell.shown - FAR), cell.shown + FAR)


def _tenth(value: float | None) -> float | None:
    # Adding nought makes nought of minus nought.
    return None if value is None else round(value, 1) + 0.0


def _signed(value: float) -> str:
    return "0.0" if value == 0 else f"{value:+.1f}".replace("-", "−")
