"""Lines, dots and words on a sheet of SVG, with a title and a description for whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, isfinite, log10

INK, QUIET, GRID = "#212b32", "#425563", "#c5d0d8"
BLUE, ORANGE, WASH = "#005eb8", "#b35600", "#dbe7f3"
COLOURS = (BLUE, ORANGE, "#4c6272", "#007f3b")
DASHES = ("", "7 4", "2 3", "10 3 2 3")
SMALL, NORMAL = 13, 14
# How wide a letter is, as a share of its height: enough to keep words apart.
LETTER = 0.56
LONGEST_NAME = 45
# A step of an axis is one of these times a power of ten.
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high`, drawn from pixel `start` to pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(slots=True)
class Sheet:
    """A drawing under way. Places are pixels from the top left."""

    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str = GRID, dash: str = "") -> None:
        self.path((start, end), colour, dash, width=1)

    def path(self, points: Iterable[tuple[float, float]], colour: str, dash: str = "", width: float = 2) -> None:
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'
        )

    def area(self, points: Iterable[tuple[float, float]], colour: str = WASH) -> None:
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{where}" fill="{colour}"/>')

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>')

    def dot(self, x: float, y: float, colour: str = BLUE, *, hollow: bool = False, size: float = 4) -> None:
        fill = "#ffffff" if hollow else colour
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
        )

    def diamond(self, x: float, y: float, colour: str = ORANGE, size: float = 7) -> None:
        self.area(((x - size, y), (x, y - size), (x + size, y), (x, y + size)), colour)

    def words(self, x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> None:
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>')

    def done(self, title: str, description: str) -> str:
        """The whole drawing. It has no ids, so many of them may stand on one page."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-label="{escape(f"{title}. {description}")}" font-family="Noto Sans, Arial, sans-serif" '
            f'font-size="{SMALL}"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
            f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>{"".join(self.parts)}</svg>'
        )


def wide(text: str) -> float:
    """About how many pixels a text takes."""
    return len(text) * SMALL * LETTER


def short(text: str) -> str:
    """The beginning of a name that is too long for a picture; the table beside it has all of it."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def room_for(values: Iterable[float], *, always: Iterable[float] = ()) -> tuple[float, float]:
    """The lowest and highest of the finite values, with a little air; never nothing between them."""
    kept = [*(value for value in values if isfinite(value)), *always]
    low, high = (min(kept), max(kept)) if kept else (0.0, 1.0)
    air = 0.06 * (high - low) or max(abs(high), 1.0) * 0.1
    return low - air, high + air


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round numbers between low and high."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in STEPS if each * power >= rough * (1 - 1e-9))
    return tuple(round(place * step, 12) for place in range(ceil(low / step), floor(high / step) + 1))


def spread_out(count: int, most: int = 7) -> Sequence[int]:
    """Which of so many labels to write, so that they do not run into each other."""
    return range(0, count, max(1, ceil(count / most)))
