"""A Parquet file of our own columns in which every value is as we would write it: used where it lies, not copied.

Each value is looked at, as in any other file. Where one of them is not as we would write it, or a row is given twice,
the file is read like any other, so that the row is mended or rejected with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from linkwell.cohorts import code_lists, duck, shaping, sources
from linkwell.cohorts.columns import Column, Table
from linkwell.cohorts.headings import Headings, found
from linkwell.cohorts.sources import Source

_TYPES = {
    "text": ("VARCHAR",),
    "code": ("VARCHAR",),
    "time": ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE"),
    "yes_no": ("BOOLEAN",),
    "diagnoses": ("STRUCT(system VARCHAR, code VARCHAR)[]", 'STRUCT("system" VARCHAR, code VARCHAR)[]'),
}
# A code as the lists have it: at most four characters, and without the X that fills a place up.
_SHORT = "rtrim(left(each.code, 4), 'X')"


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` is SQL that gives our columns. `snomed`: some diagnoses are SNOMED CT."""

    rows: str
    count: int
    snomed: bool


def as_it_lies(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> Found | None:
    """The rows of the file; None where it must be read like any other. Raises Invalid where it cannot be read."""
    if path.suffix.lower() != ".parquet":
        return None
    given = sources.source(con, path)
    headings = found(list(given.types), table)
    ours = [column for column in table.columns if column.name in headings.columns and column.kind != "codes"]
    if headings.episode or headings.icd10 or headings.snomed or not all(_plain(each, headings, given) for each in ours):
        return None
    systems = _systems(con, given.sql) if "diagnoses" in headings.columns else {}
    count = duck.one(con, f"select count(*) from ({given.sql})")
    if systems is None or not _codes_stand(con, given.sql, ours) or not _rows_stand(con, given.sql, table, ours):
        return None
    rows = ", ".join(_written(column, ours, systems) for column in table.columns)
    return Found(f"select {rows} from ({given.sql})", count, "SNOMED" in systems)


def _plain(column: Column, headings: Headings, given: Source) -> bool:
    """Whether the file has the column under our own name, with its own type."""
    return headings.columns[column.name] == (column.name,) and given.types[column.name] in _TYPES[column.kind]


def _systems(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, bool] | None:
    """The systems of all diagnoses, and whether every code is just as the lists have it.

    None where any is not as we would write it.
    """
    asked = f"""
        select system, coalesce(bool_and(code = lw_icd(code)), false), bool_and(coalesce(code = lw_text(code) and case
          when system = 'ICD10' then {_SHORT} = lw_icd(code)
          when system = 'SNOMED' then regexp_full_match(code, '[0-9]+') end and lw_understood(system, code), false))
        from (select distinct each.system as system, each.code as code
              from (select unnest(diagnoses) as each from ({rows}))) each group by system
    """
    judged = con.execute(asked).fetchall()
    return {system: exact for system, exact, _ in judged} if all(stands for _, _, stands in judged) else None


def _codes_stand(con: duckdb.DuckDBPyConnection, rows: str, columns: list[Column]) -> bool:
    """Whether every code is as we would write it. There are few different ones, so each is looked at once."""
    if any(column.name == "reason" for column in columns) and not _reasons_stand(con, rows):
        return False
    return all(
        duck.first(
            con,
            f"select coalesce(bool_and({_code_stands(column, name)}), true) "
            f"from (select distinct {name} from ({rows}))",
        )
        for column in columns
        if column.kind == "code" and (name := column.sql)
    )


def _code_stands(column: Column, name: str) -> str:
    stands = f"{name} is not distinct from {shaping.cleaned(column, name)}"
    known = ", ".join(map(duck.text, column.values))
    return f"{stands} and coalesce({name} in ({known}), true)" if known else stands


def _reasons_stand(con: duckdb.DuckDBPyConnection, rows: str) -> bool:
    """Whether no reason for waiting is in words of which we know the code."""
    said = con.execute(f"select distinct reason from ({rows}) where reason is not null").fetchall()
    return all(code_lists.reason_code(text) in (None, text) for (text,) in said)


def _rows_stand(con: duckdb.DuckDBPyConnection, rows: str, table: Table, columns: list[Column]) -> bool:
    """Whether no row has anything wrong with it, and none is given twice."""
    wrong = " or ".join(test for column in columns for test in _wrong(column, columns))
    if table.key is None:
        return not duck.one(con, f"select count(*) filter ({wrong}) from ({rows})")
    hashes = f"select case when {wrong} then null else hash({table.key}) end as hash from ({rows})"
    return _all_differ(con.execute(hashes).fetchnumpy()["hash"])


def _all_differ(hashes: np.ndarray[Any, np.dtype[np.uint64]]) -> bool:
    """Whether every row has a hash of its own. Two keys with one hash would only send the file the longer way."""
    if np.ma.isMaskedArray(hashes):
        return False
    # In order, twins lie side by side: a third of the work of a table of all hashes, for eight bytes a row.
    hashes.sort()
    return not bool((hashes[1:] == hashes[:-1]).any())


def _wrong(column: Column, columns: list[Column]) -> Iterator[str]:
    name = column.sql
    if column.required:
        yield f"{name} is null"
    if column.kind == "text":
        # The dear questions are asked only of what a cheap one lets through. A rounded number begins with a digit,
        # and whatever does so comes before the colon.
        rounded = f"({name} < ':' and (contains({name}, 'e') or contains({name}, 'E')))"
        has = f"contains({name}, ' ') or contains({name}, chr(0)) or {rounded}"
        if column.name == "person_id":
            has += f" or ({name} < ':' and strlen({name}) between 11 and 24)"
        mended = f"{name} is distinct from {shaping.cleaned(column, name)} or lw_rounded({name})"
        yield f"case when {has} then {mended} else {name} = '' end"
    if column.kind == "time":
        yield f"{name} not between timestamp '1900-01-01' and timestamp '2100-12-31 23:59:59.999999'"
    before = shaping.LATER.get(column.name)
    if before in {each.name for each in columns}:
        yield f"{name}::date < {before}::date"


def _written(column: Column, columns: list[Column], systems: Mapping[str, bool]) -> str:
    """One of our columns, as the rows give it."""
    if column.kind == "codes" and systems:
        items = "diagnoses" if [*systems] == ["ICD10"] else "list_filter(diagnoses, lambda each: each.system = 'ICD10')"
        code = "each.code" if systems.get("ICD10") else _SHORT
        return f"list_transform({items}, lambda each: {code}) as {column.sql}"
    if column not in columns:
        return f"null::{shaping.DUCK[column.kind]} as {column.sql}"
    return f"{column.sql}::timestamp as {column.sql}" if column.kind == "time" else column.sql
