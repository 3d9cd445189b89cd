"""Cells that hold something we cannot read: their rows are loaded, and a report says how many, where and what we read.

An empty cell says nothing, and is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from linkwell.cohorts import duck, shaping
from linkwell.cohorts.columns import Column, Table
from linkwell.cohorts.lines import ROW, lines_of
from linkwell.cohorts.sources import Source
from linkwell.kernel.errors import Finding

_YES_NO = "yes, y, true, t or 1, and no, n, false, f or 0"
_READS = {
    "left_before_seen": f"{_YES_NO}, and the codes of ECDS and HES A&E for how a visit ended",
    "diagnoses": "whole codes of ICD-10 and SNOMED CT with a ; between two of them, like ICD10:J449;ICD10:F329",
}


def noted(con: duckdb.DuckDBPyConnection, table: Table, uneven: Mapping[str, Source]) -> list[Finding]:
    """What the report says of the rows in `staged` and of the diagnoses in `told`. `uneven` as in `lines`."""
    found = [(column, number, *_place(con, first)) for column, number, first in _counted(con, table)]
    line = lines_of({(file, row) for _, _, file, row in found}, uneven)
    return [_finding(column, number, file, line[file, row]) for column, number, file, row in found]


def _counted(con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[Column, int, int]]:
    """Columns that hold such cells, with the number of rows and the `rowid` of the first."""
    return [*_cells(con, table), *_diagnoses(con, table)]


def _cells(con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[Column, int, int]]:
    columns = [column for column in table.columns if shaping.checked(column)]
    if not columns:
        return []
    hit = [f"filter ((unread & {shaping.bit(table, column)}) > 0)" for column in columns]
    asked = ", ".join(f"count(*) {each}, min(rowid) {each}" for each in hit)
    counted = con.execute(f"select {asked} from staged where problem is null and unread > 0").fetchall()[0]
    pairs = zip(columns, counted[::2], counted[1::2], strict=True)
    return [(column, number, first) for column, number, first in pairs if number]


def _diagnoses(con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[Column, int, int]]:
    """Codes are many times fewer than rows, so each different one is looked at once."""
    con.execute("""
        create or replace temp table not_read as select item.system as system, item.code as code
        from (select distinct unnest(lw_items(diagnoses_text)) as item from told)
        where not lw_understood(item.system, item.code)
    """)
    if not duck.one(con, "select count(*) from not_read"):
        return []
    number, first = con.execute("""
        select sum(n), min(first_row) from told where diagnoses_text in (
          select diagnoses_text from (select diagnoses_text, unnest(lw_items(diagnoses_text)) as item from told)
          join not_read on item.system = system and item.code = code)
    """).fetchall()[0]
    return [(table.column("diagnoses"), number, first)]


def _place(con: duckdb.DuckDBPyConnection, first: int) -> tuple[str, int]:
    """The file of a row of `staged`, and which of its rows it is."""
    [(file, row)] = con.execute(f"select file, {ROW} from staged rows_ where rowid = ?", [first]).fetchall()
    return str(file), int(row)


def _finding(column: Column, number: int, file: str, line: int) -> Finding:
    reads = f"We read {_reads(column)}."
    if number == 1:
        words = f"Line {line} of {file} has something here that we cannot read. It was loaded without it."
    else:
        words = (
            f"{number:,} rows have something here that we cannot read, the first on line {line} of {file}. They were "
            "loaded without it."
        )
    return Finding(column.name, f"{words} {reads}")


def _reads(column: Column) -> str:
    if column.name in _READS:
        return _READS[column.name]
    return f"{', '.join(column.values[:-1])} and {column.values[-1]}" if column.values else _YES_NO
