"""Activity files read by pandas, with the checks that our own reading makes of the columns that are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from linkwell.cohorts.columns import TABLES, Table
from linkwell.cohorts.engines import code_rows
from linkwell.cohorts.shaping import LATER
from tests.bench.cohorts_in_pandas_ways import Way

_COLUMNS = {
    "attendances": [
        "attendance_id", "person_id", "arrived_at", "category", "left_before_seen", "accommodation", "lives_alone",
    ],
    "spells": [
        "spell_id", "person_id", "admitted_at", "discharged_at", "admission_method", "admission_source",
        "patient_class", "main_specialty", "discharge_method", "discharge_destination",
    ],
    "delays": ["spell_id", "ready_at", "not_ready_at", "reason"],
}  # fmt: skip
"""What the rules ask for. Nothing else is read, so nothing else is checked."""
_FIRST, _LAST = pd.Timestamp(1900, 1, 1), pd.Timestamp(2100, 12, 31, 23, 59, 59, 999999)


def visits(folder: Path, as_of: dt.date) -> pd.DataFrame:
    """Visits to A&E until `as_of`, with `day`."""
    rows = _read(folder, "attendances")
    rows["day"] = rows["arrived_at"].dt.normalize()
    return rows[rows["day"] <= pd.Timestamp(as_of)]


def spells(folder: Path, as_of: dt.date) -> pd.DataFrame:
    """Stays begun until `as_of`, with `day` of admission and `left`; who left later is still in."""
    rows = _read(folder, "spells")
    rows["day"], left = rows["admitted_at"].dt.normalize(), rows["discharged_at"].dt.normalize()
    rows["left"] = left.where(left <= pd.Timestamp(as_of))
    return rows[rows["day"] <= pd.Timestamp(as_of)]


def delays(folder: Path, as_of: dt.date) -> pd.DataFrame:
    """Periods of being ready begun until `as_of`, with `ready` and `not_ready` as days."""
    rows = _read(folder, "delays")
    rows["ready"], not_ready = rows["ready_at"].dt.normalize(), rows["not_ready_at"].dt.normalize()
    rows["not_ready"] = not_ready.where(not_ready <= pd.Timestamp(as_of))
    return rows[rows["ready"] <= pd.Timestamp(as_of)]


def diagnoses(way: Way, folder: Path, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Listed diagnoses of the rows of one file: person_id, day, kind, grp."""
    short = way.codes(folder / f"{name}.parquet").str.slice(stop=4).str.rstrip("X")
    lists = pd.DataFrame(code_rows(), columns=["kind", "grp", "code", "bit"])
    listed = short[short.isin(lists["code"])].astype("str").to_frame("code")
    return listed.join(rows[["person_id", "day"]], how="inner").merge(lists, on="code")


def _read(folder: Path, name: str) -> pd.DataFrame:
    rows = pd.read_parquet(folder / f"{name}.parquet", columns=_COLUMNS[name])
    wrong = [*_wrong(rows, TABLES[name])]
    if wrong:
        raise ValueError(f"{name}: {', '.join(wrong)}")
    return rows


def _wrong(rows: pd.DataFrame, table: Table) -> Iterator[str]:
    """What does not hold of the columns that were read."""
    for column in (each for each in table.columns if each.name in rows):
        name, values = column.name, rows[column.name]
        if column.required and values.isna().any():
            yield f"{name} is missing"
        if column.kind in {"text", "code"} and _mended(values):
            yield f"{name} is not trimmed"
        if column.kind == "time" and not (values.isna() | values.between(_FIRST, _LAST)).all():
            yield f"{name} is no time we know"
        if name in LATER and (values.dt.normalize() < rows[LATER[name]].dt.normalize()).any():
            yield f"{name} is before {LATER[name]}"
    if table.key and not rows[table.key].is_unique:
        yield f"{table.key} is given twice"


def _mended(values: pd.Series[str]) -> bool:
    return bool(((values == "") | (values != values.str.strip()) & values.notna()).any())
