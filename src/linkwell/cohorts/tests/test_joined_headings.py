"""If these fail, what stands in one of the columns that a saved mapping joins is lost, or taken for something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from linkwell.cohorts import duck
from linkwell.cohorts.columns import TABLES
from linkwell.cohorts.reading import read
from linkwell.kernel.errors import Invalid

at = dt.datetime.fromisoformat


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck.opened() as ready:
        yield ready


def test_a_mapping_takes_diagnoses_from_all_of_its_columns(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Lose this, and whoever has a condition written second is not found by it."""
    file = tmp_path / "own.csv"
    file.write_text("No,Who,Day,Time,d1,d2,d3\n1,P1,2026-01-02,10:11,J44.9,,ICD10:F329;E11.9\n2,P2,2026-01-02,,,,I10\n")
    mapping = {"attendance_id": "No", "person_id": "Who", "arrived_at": "Day+Time", "diagnoses": "d1+d2+d3"}
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", mapping=mapping)
    read_as = [(at("2026-01-02T10:11"), ["E119", "F329", "J449"]), (at("2026-01-02"), ["I10"])]
    asked = f"select arrived_at, icd10 from ({reading.rows}) order by attendance_id"
    assert duckdb.execute(asked).fetchall() == read_as


@pytest.mark.parametrize(
    ("more", "words"),
    [({"category": "d1+d2"}, "joins 2 headings for category, which is read from one."),
     ({"arrived_at": "Day+Time+d1"}, "joins 3 headings for arrived_at, which is read from one, or from two.")],
)  # fmt: skip
def test_a_mapping_that_joins_more_than_a_column_is_made_of_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, more: dict[str, str], words: str
) -> None:
    file = tmp_path / "own.csv"
    file.write_text("No,Who,Day,Time,d1,d2\n1,P1,2026-01-02,10:11,1,4\n")
    mapping = {"attendance_id": "No", "person_id": "Who", "arrived_at": "Day+Time"} | more
    with pytest.raises(Invalid, match=words):
        read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", mapping=mapping)
