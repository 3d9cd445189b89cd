"""Where rules are asked: DuckDB in this process, a PostgreSQL transaction, or Spark. The rule is the same in each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ibis.expr import types as ir

from linkwell.cohorts import code_lists

NAMES = ("duckdb", "postgres", "spark")


class Engine(Protocol):
    """Something that holds the tables and answers an expression."""

    def load(self, tables: Mapping[str, str]) -> None:
        """Take the tables: name to SQL that gives rows of our own columns to DuckDB."""

    def make(self, name: str, expression: ir.Table) -> None:
        """Answer an expression once and keep it as a table for this run."""

    def write(self, expression: ir.Table, into: Path) -> int:
        """Answer an expression into one Parquet file, in the order of person_id; how many rows."""


def code_rows() -> list[tuple[str, str, str, int]]:
    """The lists of codes as rows: kind, group, code, and the bit of the group (`code_lists.bits`)."""
    return sorted(
        {
            (each.kind, each.group, code, code_lists.bits(kind)[each.group])
            for kind in code_lists.KINDS
            for each in code_lists.listed(kind)
            for code in each.codes
        }
    )
