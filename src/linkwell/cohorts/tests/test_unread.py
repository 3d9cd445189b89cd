"""If these fail, what a trust wrote becomes “unknown”, rules miss people by it, and nobody is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linkwell.cohorts import duck
from linkwell.cohorts.columns import TABLES
from linkwell.cohorts.reading import Reading, read


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck.opened() as ready:
        yield ready


def taken(con: duckdb.DuckDBPyConnection, folder: Path, heading: str, *cells: str) -> Reading:
    file = folder / "given.csv"
    rows = (f"A{number},P{number},2026-01-02,{cell}\n" for number, cell in enumerate(cells))
    file.write_text(f"attendance_id,person_id,arrived_at,{heading}\n{''.join(rows)}")
    return read(con, [file], TABLES["attendances"], folder / "out.parquet")


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("heading", "read_as", "cells", "words"),
    [
        ("lives_alone", ["yes", "N", "", "-", " "], ["perhaps", "2"], "We read yes, y, true, t or 1, and no"),
        ("category", ["1", "04", "X", "9", "", "NULL"], ["7", "first"], "We read 1, 2, 3, 4, X and 9."),
        ("left_before_seen", ["12", "y", "1077021000000100", ""], ["?", "left"], "for how a visit ended"),
        ("AEATTENDDISP", ["1", "12", "-"], ["yes", "no"], "for how a visit ended"),
        (
            "diagnoses",
            ["ICD10:J449;ICD10:F32.9", "j44.9", "", "-", "ICD-10:M05.90; ICD-10:F329", "ICD10:R54X",
             "SNOMED-CT:73211009", "ICD10:E10.3+;ICD10:H36.0*", "ICD10:S72001A", "J44.9 COPD", "SCT:1066301000000103"],
            ["ICD-10:J44.9 F32.9", "SNOMED:7.08E+08"],
            "a ; between two of them",
        ),
        ("diagnoses", ["ICD10:"], ["SNOMED:1066301000000100", "READ:Eu32z"], "like ICD10:J449"),
        ("diagnoses", [], ["asthma", "ICD10:J449;ICD10:none"], "like ICD10:J449"),
        ("EC_Diagnosis_01", ["73211009", "-"], ["73211008", "J449"], "like ICD10:J449"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_told_with_its_line_and_what_is_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, heading: str, read_as: list[str], cells: list[str], words: str
) -> None:
    reading = taken(con, tmp_path, heading, *read_as, *cells)
    assert (reading.loaded, reading.rejected) == (len(read_as) + len(cells), 0)
    column = {"AEATTENDDISP": "left_before_seen", "EC_Diagnosis_01": "diagnoses"}.get(heading, heading)
    [found] = [each for each in reading.findings if "cannot read" in each.message]
    assert (found.where, found.message[:7]) == (column, "2 rows ")
    assert f"the first on line {2 + len(read_as)} of given.csv. They were loaded without it." in found.message
    assert words in found.message
    nothing = taken(con, tmp_path, heading, *read_as, "")
    assert [each for each in nothing.findings if "cannot read" in each.message] == []


def test_only_rows_that_were_loaded_count_and_each_column_is_told_by_itself(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    file = tmp_path / "given.csv"
    file.write_text(
        "attendance_id,person_id,arrived_at,category,lives_alone\nA1,P1,never,7,perhaps\nA2,P2\n"
        "A3,P3,2026-01-02,7,yes\nA4,P4,2026-01-02,1,perhaps\n"
    )
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet")
    told = [(each.where, each.message[:22]) for each in reading.findings if "cannot read" in each.message]
    assert told == [("category", "Line 4 of given.csv ha"), ("lives_alone", "Line 5 of given.csv ha")]


@pytest.mark.parametrize(
    ("category", "system", "code", "where"),
    [("1", "ICD10", "J449", None), ("7", "ICD10", "J449", "category"), ("1", "ICD10", "J449 F329", "diagnoses"),
     ("1", "SNOMED", "1066301000000100", "diagnoses"), ("1", "SNOMED", "1066301000000103", None),
     ("1", None, "J449", "diagnoses")],
)  # fmt: skip
def test_a_parquet_file_is_told_of_like_any_other(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, category: str, system: str | None, code: str, where: str | None
) -> None:
    pairs = pa.list_(pa.struct([("system", pa.string()), ("code", pa.string())]))
    row = {
        "attendance_id": ["1"],
        "person_id": ["P1"],
        "arrived_at": pa.array([dt.datetime.fromisoformat("2026-01-02T10:11")], pa.timestamp("us")),
        "category": [category],
        "diagnoses": pa.array([[{"system": system, "code": code}]], pairs),
    }
    pq.write_table(pa.table(row), tmp_path / "own.parquet")
    reading = read(con, [tmp_path / "own.parquet"], TABLES["attendances"], tmp_path / "out.parquet", copy=False)
    assert (reading.loaded, reading.rejected) == (1, 0)
    assert [each.where for each in reading.findings if "cannot read" in each.message] == ([where] if where else [])
