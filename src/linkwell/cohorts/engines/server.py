"""PostgreSQL: temporary tables in the transaction that is open, gone when it ends. Nothing of the server's is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import ibis
import psycopg
from ibis.expr import types as ir

from linkwell.cohorts import duck
from linkwell.cohorts.columns import READ
from linkwell.cohorts.engines import code_rows

_TYPES = {"text": "text", "code": "text", "time": "timestamp", "yes_no": "boolean", "codes": "text[]"}
_BLOCK = 1 << 20


class Server:
    """An engine in the transaction of `cursor`, which the caller opens and ends. `con` reads and writes the files."""

    def __init__(
        self, cursor: psycopg.Cursor[tuple[object, ...]], con: duckdb.DuckDBPyConnection, folder: Path
    ) -> None:
        self.cursor, self.con, self.folder = cursor, con, folder

    def load(self, tables: Mapping[str, str]) -> None:
        # No name means a table of the server's own; and no organisation is told, so none could be read anyway.
        self.cursor.execute("set local search_path = pg_temp")
        # Every rule reads whole tables: a loop over one for each row of another would never end.
        self.cursor.execute("set local enable_nestloop = off; set local jit = off; set local work_mem = '256MB'")
        for name, rows in tables.items():
            columns = [column for column in READ[name].columns if column.kind != "diagnoses"]
            typed = ", ".join(f"{column.name} {_TYPES[column.kind]}" for column in columns)
            self.cursor.execute(f"create temporary table {name} ({typed}) on commit drop".encode())
            chosen = ", ".join(_as_text(column.name, column.kind) for column in columns)
            self._copy_in(name, f"select {chosen} from ({rows})")
        typed = "kind text, grp text, code text, bit bigint"
        self.cursor.execute(f"create temporary table code_lists ({typed}) on commit drop".encode())
        with self.cursor.copy("copy code_lists from stdin") as into:
            for row in code_rows():
                into.write_row(row)
        self.cursor.execute("analyze code_lists")

    def make(self, name: str, expression: ir.Table) -> None:
        self.cursor.execute(f"create temporary table {name} on commit drop as {compiled(expression)}".encode())
        self.cursor.execute(f"analyze {name}".encode())

    def write(self, expression: ir.Table, into: Path) -> int:
        """Rows go through a file as CSV, by the block; the types are those of the expression."""
        passed = self.folder / "answer.csv"
        ask = f"copy ({compiled(expression)}) to stdout (format csv, header true, force_quote *)"
        with passed.open("wb") as stream, self.cursor.copy(ask.encode()) as out:
            for block in out:
                stream.write(block)
        kinds = {"string": "VARCHAR", "date": "DATE", "int64": "BIGINT"}
        columns = ", ".join(f"'{name}': '{kinds[str(kind)]}'" for name, kind in expression.schema().items())
        self.con.execute(
            f"copy (select * from read_csv({duck.text(passed)}, header = true, auto_detect = false, "
            f"columns = {{{columns}}}) order by person_id) to {duck.text(into)} (format parquet, compression zstd)"
        )
        passed.unlink()
        return duck.one(self.con, f"select count(*) from read_parquet({duck.text(into)})")

    def _copy_in(self, name: str, rows: str) -> None:
        passed = self.folder / f"{name}.csv"
        self.con.execute(f"copy ({rows}) to {duck.text(passed)} (format csv, header false)")
        with passed.open("rb") as stream, self.cursor.copy(f"copy {name} from stdin (format csv)".encode()) as into:
            while block := stream.read(_BLOCK):
                into.write(block)
        passed.unlink()
        self.cursor.execute(f"analyze {name}".encode())


def _as_text(name: str, kind: str) -> str:
    return f"'{{' || array_to_string({name}, ',') || '}}' as {name}" if kind == "codes" else name


def compiled(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="postgres"))
