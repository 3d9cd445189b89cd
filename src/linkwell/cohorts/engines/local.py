"""DuckDB, in this process: no server, files read where they lie, what does not fit in memory waits on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck
from linkwell.cohorts.columns import READ
from linkwell.cohorts.engines import code_rows


class Local:
    """The engine of one trust and, on one machine, of a nation."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def load(self, tables: Mapping[str, str]) -> None:
        # An answer is put in order at its end; until then no order is worth waiting for.
        self.con.execute("set preserve_insertion_order = false")
        for name, rows in tables.items():
            columns = ", ".join(column.sql for column in READ[name].columns if column.kind != "diagnoses")
            self.con.execute(f"create or replace temp view {name} as select {columns} from ({rows})")
        lists = [list(column) for column in zip(*code_rows(), strict=True)]
        self.con.execute(
            "create or replace temp table code_lists as "
            "select unnest($1) as kind, unnest($2) as grp, unnest($3) as code, unnest($4)::bigint as bit",
            lists,
        )

    def make(self, name: str, expression: ir.Table) -> None:
        self.con.execute(f"create or replace temp table {name} as {compiled(expression)}")

    def write(self, expression: ir.Table, into: Path) -> int:
        self.con.execute(
            f"copy (select * from ({compiled(expression)}) order by person_id) to {duck.text(into)} "
            "(format parquet, compression zstd)"
        )
        return duck.one(self.con, f"select count(*) from read_parquet({duck.text(into)})")


def compiled(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))
