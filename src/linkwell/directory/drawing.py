"""A map as a drawing: points over outlines of postcode districts, made here, with nothing fetched. Pure.

It only repeats what the list beside it says in full.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from linkwell.directory import geography

WIDTH, HEIGHT, EDGE = 600, 420, 36
KM_A_DEGREE = 111.195
LEAST_KM = 1.0
# Farther out there are too many districts to tell apart.
MOST_KM = 40.0
SCALES = (0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number of the list on the map."""

    words: str
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A district: its outline as an SVG path, and where its name stands. `shade` is 0 to 4."""

    name: str
    path: str
    across: float
    down: float
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """`scale` is the length of the scale bar, and `scale_words` what it stands for."""

    spots: tuple[Spot, ...]
    shapes: tuple[Shape, ...]
    near: Spot | None
    scale: float
    scale_words: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Frame:
    latitude: float
    longitude: float
    pixels_a_km: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        east = (longitude - self.longitude) * KM_A_DEGREE * math.cos(math.radians(self.latitude))
        north = (latitude - self.latitude) * KM_A_DEGREE
        return round(WIDTH / 2 + east * self.pixels_a_km, 1), round(HEIGHT / 2 - north * self.pixels_a_km, 1)


def draw(points: Sequence[tuple[str, float, float]], near: tuple[float, float] | None = None) -> Drawing | None:
    """Points with the words they carry; None when there are none."""
    if not points:
        return None
    frame = _frame([(latitude, longitude) for _, latitude, longitude in points] + ([near] if near else []))
    spots = tuple(Spot(words, *frame.at(latitude, longitude)) for words, latitude, longitude in points)
    return Drawing(spots, _around(frame), Spot("", *frame.at(*near)) if near else None, *_scale(frame))


def draw_districts(shades: dict[str, int]) -> Drawing | None:
    """Districts shaded 0 to 4, each with its name; None when none of them is known."""
    outlines = {name: found for name in shades if (found := geography.outline(name))}
    if not outlines:
        return None
    frame = _frame([spot for outline in outlines.values() for spot in outline])
    shapes = tuple(_shape(frame, name, outline, shades[name]) for name, outline in sorted(outlines.items()))
    return Drawing((), shapes, None, *_scale(frame))


def _frame(spots: list[tuple[float, float]]) -> _Frame:
    north, south = max(spot[0] for spot in spots), min(spot[0] for spot in spots)
    east, west = max(spot[1] for spot in spots), min(spot[1] for spot in spots)
    latitude, longitude = (north + south) / 2, (east + west) / 2
    tall = max((north - south) * KM_A_DEGREE, LEAST_KM)
    wide = max((east - west) * KM_A_DEGREE * math.cos(math.radians(latitude)), LEAST_KM)
    return _Frame(latitude, longitude, min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / tall))


def _around(frame: _Frame) -> tuple[Shape, ...]:
    reach = WIDTH / 2 / frame.pixels_a_km
    if reach > MOST_KM:
        return ()
    near = geography.districts_near(frame.latitude, frame.longitude, reach)
    outlines = {name: geography.outline(name) for name in near}
    return tuple(_shape(frame, name, outline) for name, outline in outlines.items() if len(outline) > 2)


def _shape(frame: _Frame, name: str, outline: list[tuple[float, float]], shade: int = 0) -> Shape:
    corners = [frame.at(*spot) for spot in outline]
    path = "M" + " L".join(f"{across} {down}" for across, down in corners) + " Z"
    middle = [sum(corner[side] for corner in corners) / len(corners) for side in (0, 1)]
    return Shape(name, path, round(middle[0], 1), round(middle[1], 1), shade)


def _scale(frame: _Frame) -> tuple[float, str]:
    """The longest round length that is no wider than a quarter of the map."""
    fitting = [km for km in SCALES if km * frame.pixels_a_km <= WIDTH / 4] or [SCALES[0]]
    return round(fitting[-1] * frame.pixels_a_km, 1), f"{fitting[-1]:g} km"
