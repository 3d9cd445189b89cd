"""A map as a drawing: points over outlines of postcode districts, made here. Nothing is fetched without tiles. Pure.

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
EARTH_KM, TILE_PIXELS, MOST_ZOOM = 40_075.0, 256, 18
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
class Tile:
    """A picture of a map that somebody else draws: its address, and where it lies."""

    address: str
    across: float
    down: float
    width: float
    height: float


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
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    latitude: float
    longitude: float
    pixels_a_km: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        east = (longitude - self.longitude) * KM_A_DEGREE * math.cos(math.radians(self.latitude))
        north = (latitude - self.latitude) * KM_A_DEGREE
        return round(WIDTH / 2 + east * self.pixels_a_km, 1), round(HEIGHT / 2 - north * self.pixels_a_km, 1)

    def place(self, across: float, down: float) -> tuple[float, float]:
        """Latitude and longitude of a spot of the drawing."""
        north = (HEIGHT / 2 - down) / self.pixels_a_km / KM_A_DEGREE
        east = (across - WIDTH / 2) / self.pixels_a_km / KM_A_DEGREE / math.cos(math.radians(self.latitude))
        return self.latitude + north, self.longitude + east


def draw(
    points: Sequence[tuple[str, float, float]], near: tuple[float, float] | None = None, tiles: str = ""
) -> Drawing | None:
    """Points with the words they carry; None when there are none. `tiles` is the address of pictures to lie below."""
    if not points:
        return None
    frame = _frame([(latitude, longitude) for _, latitude, longitude in points] + ([near] if near else []))
    spots = tuple(Spot(words, *frame.at(latitude, longitude)) for words, latitude, longitude in points)
    marked = Spot("", *frame.at(*near)) if near else None
    return Drawing(spots, _around(frame), marked, *_scale(frame), tiles=_tiles(frame, tiles) if tiles else ())


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


def _tiles(frame: _Frame, address: str) -> tuple[Tile, ...]:
    """The squares of the usual web map that cover the drawing, at the zoom that is at least as fine as it."""
    wide = EARTH_KM * math.cos(math.radians(frame.latitude)) * frame.pixels_a_km / TILE_PIXELS
    zoom = max(0, min(MOST_ZOOM, math.ceil(math.log2(max(wide, 1)))))
    left, top = _square(*frame.place(0, 0), zoom)
    right, bottom = _square(*frame.place(WIDTH, HEIGHT), zoom)
    found = []
    for x in range(int(left), int(right) + 1):
        for y in range(int(top), int(bottom) + 1):
            across, down = frame.at(*_corner(x, y, zoom))
            end, foot = frame.at(*_corner(x + 1, y + 1, zoom))
            named = address.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
            found.append(Tile(named, across, down, round(end - across, 1), round(foot - down, 1)))
    return tuple(found)


def _square(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Column and row of a place among the squares of a zoom (Web Mercator)."""
    down = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360 * 2**zoom, (1 - down / math.pi) / 2 * 2**zoom


def _corner(column: int, row: int, zoom: int) -> tuple[float, float]:
    """Latitude and longitude of the north-west corner of a square."""
    up = math.pi * (1 - 2 * row / 2**zoom)
    return math.degrees(math.atan(math.sinh(up))), column / 2**zoom * 360 - 180


def _scale(frame: _Frame) -> tuple[float, str]:
    """The longest round length that is no wider than a quarter of the map."""
    fitting = [km for km in SCALES if km * frame.pixels_a_km <= WIDTH / 4] or [SCALES[0]]
    return round(fitting[-1] * frame.pixels_a_km, 1), f"{fitting[-1]:g} km"
