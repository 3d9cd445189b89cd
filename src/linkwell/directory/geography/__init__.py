"""Where a postcode of Great Britain is: a compact table, read into memory once. No database.

The table that ships was made from open data of the Office for National Statistics and of Ordnance Survey; a fuller or
newer one that `linkwell geography load` made is used instead. Contains OS data © Crown copyright and database right,
Royal Mail data © Royal Mail copyright and database right, and National Statistics data © Crown copyright and database
right; under the Open Government Licence v3.0.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from linkwell.directory.geography.building import LETTERS, STEP_EAST, STEP_NORTH
from linkwell.kernel import postcode
from linkwell.kernel.errors import Invalid

SHIPPED = Path(__file__).parent / "postcodes.npz"
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and database right, "
    "and National Statistics data © Crown copyright and database right. Open Government Licence v3.0."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees (WGS 84). `decile` of deprivation, 1 for the most deprived tenth of areas; None where it is not known."""

    latitude: float
    longitude: float
    decile: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """`firsts` cuts `units` and `steps` by sector."""

    sectors: dict[str, int]
    districts: dict[str, list[int]]
    firsts: npt.NDArray[np.int64]
    units: npt.NDArray[np.uint16]
    steps: npt.NDArray[np.int32]
    deciles: npt.NDArray[np.uint8]


_lock = threading.Lock()
_table: list[_Table] = []


def loaded_path() -> Path:
    """Where `linkwell geography load` puts its table."""
    home = os.environ.get("LINKWELL_HOME") or str(Path.home() / ".local" / "share" / "linkwell")
    return Path(home) / "geography" / "postcodes.npz"


def place(code: str) -> Place | None:
    """The middle of a postcode; of its sector or district where only that is known; None elsewhere."""
    table = _known()
    try:
        full = postcode.parse(code)
    except Invalid:
        outward = "".join(code.split()).upper()
        return _middle(table, table.districts.get(outward, []))
    sector = table.sectors.get(full.sector)
    if sector is None:
        return _middle(table, table.districts.get(full.outward, []))
    first, end = table.firsts[sector], table.firsts[sector + 1]
    if not all(letter in LETTERS for letter in full.inward[1:]):
        return _middle(table, [sector])
    unit = LETTERS.index(full.inward[1]) * 20 + LETTERS.index(full.inward[2])
    at = first + int(np.searchsorted(table.units[first:end], unit))
    if at < end and table.units[at] == unit:
        return _place(table.steps[at], int(table.deciles[at]), exact=True)
    return _middle(table, [sector])


def district_of(latitude: float, longitude: float) -> str:
    """The postcode district ("BS5") whose nearest sector is nearest to a point; "" far from all of them."""
    table = _known()
    spots = table.steps[table.firsts[:-1]] * (STEP_NORTH, STEP_EAST)
    away = np.hypot(spots[:, 0] - latitude, (spots[:, 1] - longitude) * np.cos(np.radians(latitude)))
    nearest = int(away.argmin())
    if away[nearest] > 0.3:
        return ""
    return next(outward for outward, sectors in table.districts.items() if nearest in sectors)


def outline(district: str) -> list[tuple[float, float]]:
    """The hull round a district's postcodes, as latitude and longitude; [] for one that is not known."""
    table = _known()
    sectors = table.districts.get(district, [])
    if not sectors:
        return []
    steps = np.concatenate([table.steps[table.firsts[each] : table.firsts[each + 1]] for each in sectors])
    return [(north * STEP_NORTH, east * STEP_EAST) for north, east in _hull(np.unique(steps, axis=0))]


def districts_near(latitude: float, longitude: float, km: float) -> list[str]:
    """Districts with a sector within a distance of a point."""
    table = _known()
    spots = table.steps[table.firsts[:-1]] * (STEP_NORTH, STEP_EAST)
    away = 111.195 * np.hypot(spots[:, 0] - latitude, (spots[:, 1] - longitude) * np.cos(np.radians(latitude)))
    near = set(np.flatnonzero(away <= km).tolist())
    return sorted(outward for outward, sectors in table.districts.items() if near & set(sectors))


def decile_of_district(district: str) -> int | None:
    """The middle decile of deprivation of a district's postcodes; None where it is not known (outside England)."""
    table = _known()
    sectors = table.districts.get(district, [])
    found = np.concatenate(
        [table.deciles[table.firsts[each] : table.firsts[each + 1]] for each in sectors] or [table.deciles[:0]]
    )
    known = found[found > 0]
    return int(np.median(known)) if len(known) else None


def forget() -> None:
    """Read the table anew at the next question."""
    with _lock:
        _table.clear()


def _known() -> _Table:
    with _lock:
        if not _table:
            path = loaded_path()
            _table.append(_read(path if path.is_file() else SHIPPED))
        return _table[0]


def _read(path: Path) -> _Table:
    with np.load(path, allow_pickle=False) as held:
        counts = held["counts"].astype(np.int64)
        firsts = np.concatenate([[0], np.cumsum(counts)])
        origins = np.repeat(held["origins"], counts, axis=0)
        steps = origins + np.stack([held["north"], held["east"]], axis=1)
        names = [name.decode() for name in held["sectors"]]
        districts: dict[str, list[int]] = {}
        for at, name in enumerate(names):
            districts.setdefault(name.split(" ")[0], []).append(at)
        return _Table(
            {name: at for at, name in enumerate(names)},
            districts,
            firsts,
            held["units"],
            steps.astype(np.int32),
            held["deciles"],
        )


def _middle(table: _Table, sectors: list[int]) -> Place | None:
    if not sectors:
        return None
    cuts = [slice(table.firsts[each], table.firsts[each + 1]) for each in sectors]
    steps = np.concatenate([table.steps[cut] for cut in cuts])
    deciles = np.concatenate([table.deciles[cut] for cut in cuts])
    known = deciles[deciles > 0]
    return _place(np.median(steps, axis=0), int(np.median(known)) if len(known) else 0, exact=False)


def _place(step: npt.NDArray[np.int32] | npt.NDArray[np.float64], decile: int, *, exact: bool) -> Place:
    return Place(float(step[0] * STEP_NORTH), float(step[1] * STEP_EAST), decile or None, exact)


def _hull(points: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    """The convex hull, by Andrew's monotone chain."""
    spots = [(int(north), int(east)) for north, east in points]
    if len(spots) < 3:
        return spots

    def half(ordered: list[tuple[int, int]]) -> list[tuple[int, int]]:
        chain: list[tuple[int, int]] = []
        for spot in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
                chain.pop()
            chain.append(spot)
        return chain[:-1]

    return half(spots) + half(spots[::-1])


def _turn(first: tuple[int, int], second: tuple[int, int], third: tuple[int, int]) -> int:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
