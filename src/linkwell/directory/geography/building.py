"""Makes the compact table of postcodes from a full one. `linkwell geography load` and the table we ship use it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from linkwell.kernel import postcode
from linkwell.kernel.errors import Invalid

# A step of latitude and of longitude in the table, in degrees: about 55 and 45 metres.
STEP_NORTH, STEP_EAST = 0.0005, 0.0007
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
NOT_KNOWN = 0
Row = tuple[str, float, float, int]
_NAMES = {
    "postcode": ("pcds", "pcd7", "pcd8", "pcd", "postcode"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "lon", "lng", "longitude"),
    "decile": ("imd_decile", "decile"),
    "ended": ("doterm",),
}


def compact(rows: Iterable[Row]) -> dict[str, np.ndarray]:
    """Arrays of (postcode, latitude, longitude, deprivation decile or 0): sectors, and the units of each.

    Raises Invalid when no row can be used.
    """
    found = sorted(_usable(rows))
    if not found:
        raise Invalid({"file": "There is no postcode with a place in this file."})
    sectors: dict[str, int] = {}
    sector_of = np.array([sectors.setdefault(code[:-2], len(sectors)) for code, *_ in found], np.int32)
    unit = np.array([LETTERS.index(code[-2]) * 20 + LETTERS.index(code[-1]) for code, *_ in found], np.uint16)
    steps = np.array([(round(north / STEP_NORTH), round(east / STEP_EAST)) for _, north, east, _ in found], np.int32)
    firsts = np.searchsorted(sector_of, np.arange(len(sectors)))
    return {
        "sectors": np.array(list(sectors), "S7"),
        "counts": np.bincount(sector_of).astype(np.uint16),
        "origins": steps[firsts],
        "units": unit,
        "north": np.ascontiguousarray((steps - steps[firsts][sector_of])[:, 0].astype(np.int16)),
        "east": np.ascontiguousarray((steps - steps[firsts][sector_of])[:, 1].astype(np.int16)),
        "deciles": np.array([decile for *_, decile in found], np.uint8),
    }


def write(arrays: dict[str, np.ndarray], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, **arrays)  # type: ignore[arg-type]
    part.replace(path)


def read_csv(paths: Iterable[Path]) -> Iterator[Row]:
    """Rows of ONS Postcode Directory or National Statistics Postcode Lookup files, or any with like headings."""
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            reader = csv.DictReader(file)
            columns = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
            named = {
                what: next((columns[each] for each in any_of if each in columns), None)
                for what, any_of in _NAMES.items()
            }
            if not (named["postcode"] and named["latitude"] and named["longitude"]):
                raise Invalid({"file": f"{path.name} has no columns for postcode, latitude and longitude."})
            yield from _rows(reader, named)


def _rows(reader: csv.DictReader[str], named: dict[str, str | None]) -> Iterator[Row]:
    for row in reader:
        if named["ended"] and (row.get(named["ended"]) or "").strip():
            continue
        try:
            decile = float(row.get(named["decile"] or "") or NOT_KNOWN)
            yield (
                row[named["postcode"] or ""],
                float(row[named["latitude"] or ""]),
                float(row[named["longitude"] or ""]),
                int(decile),
            )
        except (TypeError, ValueError):
            continue


def _usable(rows: Iterable[Row]) -> Iterator[Row]:
    for code, north, east, decile in rows:
        # The full files put what is nowhere at 99.999999 degrees north.
        if not (49 < north < 61.5 and -9.5 < east < 2.5):
            continue
        written = postcode.normalise(code or "")
        if " " in written and len(written) >= 6 and all(letter in LETTERS for letter in written[-2:]):
            yield written, north, east, decile if 1 <= decile <= 10 else NOT_KNOWN
