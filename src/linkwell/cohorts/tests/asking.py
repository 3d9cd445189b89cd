"""Small histories written as rows, and rules asked of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from linkwell.cohorts import duck, rules, running
from linkwell.cohorts.activity import Activity
from linkwell.cohorts.columns import READ
from linkwell.cohorts.engines.local import Local, compiled
from linkwell.cohorts.rule import Hit, Rule, Settings, read_evidence

TODAY = dt.date(2026, 3, 31)
_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "time": pa.timestamp("us"),
    "yes_no": pa.bool_(),
    "codes": pa.list_(pa.string()),
}
Rows = Sequence[Mapping[str, Any]]


def day(text: str) -> dt.datetime:
    """Noon of a day."""
    return dt.datetime.fromisoformat(f"{text}T12:00")


def visit(person: str, at: dt.datetime | str, **facts: Any) -> dict[str, Any]:
    when = day(at) if isinstance(at, str) else at
    return {
        "attendance_id": f"{person}-{when:%y%m%d%H}",
        "person_id": person,
        "arrived_at": when,
        "category": "1",
    } | facts


def stay(person: str, admitted: str, left: str | None, **facts: Any) -> dict[str, Any]:
    usual = {"admission_method": "21", "admission_source": "19", "discharge_destination": "19", "patient_class": "1"}
    named = {"spell_id": f"{person}-{admitted}", "person_id": person, "admitted_at": day(admitted)}
    return usual | named | {"discharged_at": day(left) if left else None} | facts


class Asking:
    """A connection that holds tables of rows and asks rules of them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.con, self.folder = con, folder

    def holds(self, has: frozenset[str] = frozenset({"attendances", "spells", "delays"}), **tables: Rows) -> None:
        for name in has:
            columns = [column for column in READ[name].columns if column.kind != "diagnoses"]
            schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
            pq.write_table(pa.Table.from_pylist(list(tables.get(name, ())), schema=schema), self.folder / f"{name}.pq")
        Local(self.con).load({name: duck.rows(self.folder / f"{name}.pq") for name in has})
        for name, asked in _made(has):
            self.con.execute(f"create or replace temp table {name} as {asked}")

    def ask(self, name: str, *, objections: bool = False, **settings: Any) -> dict[str, Hit]:
        asked = _sql(name, objections, tuple(sorted(settings.items())))
        rows = self.con.execute(asked).fetchall()
        assert len({row[0] for row in rows}) == len(rows), "A person is found once."
        return {row[0]: Hit(row[0], row[1], row[2], row[3], read_evidence(row[4])) for row in rows}


@contextmanager
def asking(folder: Path) -> Iterator[Asking]:
    with duckdb.connect() as con:
        yield Asking(con, folder)


@cache
def _made(has: frozenset[str]) -> list[tuple[str, str]]:
    return [(name, compiled(expression)) for name, expression in Activity(TODAY, has).to_make().items()]


@cache
def _sql(name: str, objections: bool, settings: tuple[tuple[str, Any], ...]) -> str:
    rule = rules.named(name)
    assert rule is not None
    return sql_of(rule, dict(settings), objections=objections)


def sql_of(rule: Rule, settings: Settings, *, objections: bool = False) -> str:
    has = frozenset({"attendances", "spells", "delays"} | ({"objections"} if objections else set()))
    return compiled(running.result(Activity(TODAY, has), rule, rule.with_defaults(settings)))
