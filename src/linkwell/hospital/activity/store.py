"""The files of one organisation: `files/activity/<organisation>/<table>/<year>.parquet` in Linkwell's home.

What is taken in joins what is there: one row for each visit, stay or period, the newest telling of it. No database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import duckdb

from linkwell.cohorts import duck
from linkwell.cohorts.columns import TABLES
from linkwell.core.postgres.home import layout, linkwell_home

# What makes two rows one, the day that says to which year's file a row belongs, and what its rows are asked for by.
KEYS: Mapping[str, tuple[str, str, str]] = {
    "attendances": ("attendance_id", "arrived_at", "person_id"),
    "spells": ("spell_id", "admitted_at", "person_id"),
    "delays": ("spell_id, ready_at, reason", "ready_at", "spell_id"),
    "gp_contacts": ("person_id, contact_at, kind", "contact_at", "person_id"),
}
UNDATED = "undated"
# Rows that are read or passed over together: few, so that asking of one person reads little.
TOGETHER = 20_480


def folder(organisation_id: UUID, table: str) -> Path:
    """Where the organisation's rows of a table are; may not exist yet."""
    return layout(linkwell_home()).files / "activity" / str(organisation_id) / table


def parts(organisation_id: UUID, table: str) -> tuple[Path, ...]:
    """The files of a table, a year each; none where nothing was taken in."""
    return tuple(sorted(folder(organisation_id, table).glob("*.parquet")))


def join(con: duckdb.DuckDBPyConnection, organisation_id: UUID, table: str, new: Path) -> int:
    """Take the rows of `new` in; how many rows the store has more than before. Safe to repeat.

    Each year's file is written beside the old one and then takes its place, so a reader sees one or the other.
    """
    home, before = folder(organisation_id, table), parts(organisation_id, table)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    had = _count(con, list(before))
    aside = home / ".new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    _write_years(con, table, [*before, new], new, aside)
    written = sorted(aside.glob("*.parquet"))
    has = _count(con, written)
    for path in written:
        os.replace(path, home / path.name)
    for path in before:
        if path.name not in {each.name for each in written}:
            path.unlink()
    aside.rmdir()
    return has - had


def _write_years(con: duckdb.DuckDBPyConnection, table: str, files: list[Path], new: Path, into: Path) -> None:
    key, day, asked_by = KEYS[table]
    columns = ", ".join(column.name for column in TABLES[table].columns)
    con.execute(
        f"create or replace temp table joined as select {columns} from read_parquet({duck.names(files)}, "
        f"union_by_name = true, filename = true) "
        f"qualify row_number() over (partition by {key} order by filename = {duck.text(new)} desc) = 1"
    )
    years = con.execute(f"select distinct coalesce(year({day})::varchar, '{UNDATED}') from joined").fetchall()
    for (year,) in years:
        con.execute(
            f"copy (select * from joined where coalesce(year({day})::varchar, '{UNDATED}') = {duck.text(year)} "
            f"order by {asked_by}, {day}) to {duck.text(into / f'{year}.parquet')} "
            f"(format parquet, compression zstd, row_group_size {TOGETHER})"
        )
    con.execute("drop table joined")


def _count(con: duckdb.DuckDBPyConnection, files: list[Path]) -> int:
    return duck.one(con, f"select count(*) from read_parquet({duck.names(files)})") if files else 0
