"""DuckDB, in this process: how a connection is opened, and how text goes into its SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

MACROS = Path(__file__).with_name("macros.sql")


@contextmanager
def opened(*, memory: str = "6GB", in_order: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in a folder of its own that goes with it; what does not fit `memory` waits on disk.

    `in_order` keeps rows in the order of the file, so that a finding can name its row.
    """
    with TemporaryDirectory(prefix="linkwell-activity-") as folder:
        con = duckdb.connect(str(Path(folder) / "work.duckdb"))
        try:
            con.execute(f"set memory_limit = {text(memory)}")
            # Memory it has had is kept and used again: asking the computer for it anew is a fifth of a national year.
            con.execute(f"set block_allocator_memory = {text(memory)}")
            con.execute(f"set allocator_flush_threshold = {text(memory)}")
            con.execute(f"set allocator_bulk_deallocation_flush_threshold = {text(memory)}")
            con.execute(f"set temp_directory = {text(folder)}")
            con.execute(f"set preserve_insertion_order = {'true' if in_order else 'false'}")
            con.execute("set enable_progress_bar = false")
            con.execute(MACROS.read_text())
            yield con
        finally:
            con.close()


def text(value: str | Path) -> str:
    """A value as SQL text."""
    return "'" + str(value).replace("'", "''") + "'"


def name(value: str) -> str:
    """A name as SQL."""
    return '"' + value.replace('"', '""') + '"'


def names(value: list[Path]) -> str:
    """Files as an SQL list."""
    return "[" + ", ".join(text(path) for path in value) + "]"


def rows(path: Path) -> str:
    """The rows of a Parquet file as SQL."""
    return f"select * from read_parquet({text(path)})"


def one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one number that a question answers."""
    value = first(con, sql)
    return int(value) if value is not None else 0


def first(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    """The first value of the first row; None where there is none. The answer is read to its end, as DuckDB asks."""
    rows = con.execute(sql).fetchall()
    return rows[0][0] if rows else None
