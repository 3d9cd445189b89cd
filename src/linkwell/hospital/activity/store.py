"""The files of one organisation: `files/activity/<organisation>/<table>/<year>.parquet` in Linkwell's home.

What is taken in joins what is there: one row for each visit, stay or period, the newest telling of it. No database.
Whoever was left out stays so: `left_out.parquet` beside the tables holds digests of what files called them and their
stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
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
    "gp_contacts": ('person_id, "at", kind', '"at"', "person_id"),
}
# Of rows that are one, which is kept where a file tells both: for a period, the one that says it ended.
TELLS_MORE: Mapping[str, str] = {"delays": "not_ready_at is not null desc, "}
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
    had = _count(con, list(before))
    aside = _aside(home)
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


def without_twins(con: duckdb.DuckDBPyConnection, table: str, new: Path) -> int:
    """Rows of `new` that tell what another of its rows tells, taken out of it; how many."""
    key, _, _ = KEYS[table]
    all_rows = _count(con, [new])
    twins = all_rows - duck.one(con, f"select count(*) from (select distinct {key} from ({duck.rows(new)}))")
    if twins:
        aside = _aside(new.parent)
        _write(con, table, _one_each(table, [new], new), aside / new.name)
        os.replace(aside / new.name, new)
        aside.rmdir()
    return twins


def _one_each(table: str, files: list[Path], newest: Path) -> str:
    """One row for each visit, stay, period or contact: the newest file's, there what tells more, then the last."""
    key, _, _ = KEYS[table]
    columns = ", ".join(column.sql for column in TABLES[table].columns)
    first = f"filename = {duck.text(newest)} desc, {TELLS_MORE.get(table, '')}file_row_number desc"
    return (
        f"select {columns} from read_parquet({duck.names(files)}, union_by_name = true, filename = true, "
        f"file_row_number = true) qualify row_number() over (partition by {key} order by {first}) = 1"
    )


def _write_years(con: duckdb.DuckDBPyConnection, table: str, files: list[Path], new: Path, into: Path) -> None:
    _, day, _ = KEYS[table]
    con.execute(f"create or replace temp table joined as {_one_each(table, files, new)}")
    years = con.execute(f"select distinct coalesce(year({day})::varchar, '{UNDATED}') from joined").fetchall()
    for (year,) in years:
        of_year = f"select * from joined where coalesce(year({day})::varchar, '{UNDATED}') = {duck.text(year)}"
        _write(con, table, of_year, into / f"{year}.parquet")
    con.execute("drop table joined")


def _write(con: duckdb.DuckDBPyConnection, table: str, rows: str, into: Path) -> None:
    _, day, asked_by = KEYS[table]
    con.execute(
        f"copy ({rows} order by {asked_by}, {day}) to {duck.text(into)} "
        f"(format parquet, compression zstd, row_group_size {TOGETHER})"
    )


def _aside(home: Path) -> Path:
    """An empty folder for files that are not finished yet; what is left of a killed run is gone from it."""
    aside = home / ".new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    return aside


def _count(con: duckdb.DuckDBPyConnection, files: list[Path]) -> int:
    return duck.one(con, f"select count(*) from read_parquet({duck.names(files)})") if files else 0


def leave_out(con: duckdb.DuckDBPyConnection, organisation_id: UUID, called: Collection[str]) -> int:
    """Take out every row about those whom files call so, and let none in again; how many went. Safe to repeat.

    Killed in between, it has noted whom, and some files are new and some old: done again, it takes out the rest.
    """
    # As files are read: an NHS number is one however it is grouped.
    asked = "select lw_person(called) as called from (select unnest(?::varchar[]) as called)"
    con.execute(f"create or replace temp table going as {asked}", [list(called)])
    theirs = "person_id in (select called from going)"
    _note(con, organisation_id, f"select {_digest(organisation_id, 'called')} as digest from going")
    # Stays are noted before any goes: they alone tell whose a period of being ready is, now and in a later file.
    _note_stays(con, organisation_id, list(parts(organisation_id, "spells")), theirs)
    return _take_out(con, organisation_id, "delays", _is_out(organisation_id, "delays")) + sum(
        _take_out(con, organisation_id, table, theirs) for table in ("attendances", "gp_contacts", "spells")
    )


def without_left_out(con: duckdb.DuckDBPyConnection, organisation_id: UUID, table: str, new: Path) -> int:
    """Rows of `new` about whoever was left out, taken out of it; how many.

    Of stays among them the periods of being ready go too: those that were told before their stay was.
    """
    if not _left_out(organisation_id).is_file():
        return 0
    if table == "spells":
        _note_stays(con, organisation_id, [new], _is_out(organisation_id, "spells"))
        _take_out(con, organisation_id, "delays", _is_out(organisation_id, "delays"))
    return _without(con, table, new, _is_out(organisation_id, table))


def _take_out(con: duckdb.DuckDBPyConnection, organisation_id: UUID, table: str, theirs: str) -> int:
    return sum(_without(con, table, path, theirs) for path in parts(organisation_id, table))


def _without(con: duckdb.DuckDBPyConnection, table: str, path: Path, theirs: str) -> int:
    """The file without these rows, in the place of the file; how many there were."""
    rows = duck.rows(path)
    gone = duck.one(con, f"select count(*) from ({rows}) where {theirs}")
    if gone:
        aside = _aside(path.parent)
        _write(con, table, f"{rows} where not ({theirs})", aside / path.name)
        os.replace(aside / path.name, path)
        aside.rmdir()
    return gone


def _left_out(organisation_id: UUID) -> Path:
    return folder(organisation_id, "left_out.parquet")


def _is_out(organisation_id: UUID, table: str) -> str:
    """Whether a row is about whoever was left out, as SQL."""
    _, _, asked_by = KEYS[table]
    known = duck.text(_left_out(organisation_id))
    return f"{_digest(organisation_id, asked_by)} in (select digest from read_parquet({known}))"


def _digest(organisation_id: UUID, called: str) -> str:
    """Not the same at two trusts, so that their files cannot be laid side by side; nor of a person and of a stay."""
    whose = f"{organisation_id}/stay:" if called == "spell_id" else f"{organisation_id}:"
    return f"sha256({duck.text(whose)} || {called})"


def _note_stays(con: duckdb.DuckDBPyConnection, organisation_id: UUID, spells: list[Path], theirs: str) -> None:
    if spells:
        stays = f"from read_parquet({duck.names(spells)}) where {theirs}"
        _note(con, organisation_id, f"select {_digest(organisation_id, 'spell_id')} as digest {stays}")


def _note(con: duckdb.DuckDBPyConnection, organisation_id: UUID, digests: str) -> None:
    known = _left_out(organisation_id)
    before = f" union select digest from read_parquet({duck.text(known)})" if known.is_file() else ""
    aside = _aside(known.parent) / known.name
    con.execute(f"copy (select distinct digest from ({digests}{before})) to {duck.text(aside)} (format parquet)")
    os.replace(aside, known)
    aside.parent.rmdir()
