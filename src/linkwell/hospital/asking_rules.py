"""The rules asked of a few people of one hospital: activity files and what goes on now, in DuckDB in this process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from linkwell.cohorts import duck, rules, running
from linkwell.cohorts.activity import Activity
from linkwell.cohorts.columns import READ
from linkwell.cohorts.engines.local import Local, compiled
from linkwell.cohorts.rule import Hit, Rule, read_evidence
from linkwell.cohorts.rules import own
from linkwell.core.scope import Scope
from linkwell.hospital.activity.queries import files
from linkwell.hospital.queries.looked_at import looked_at, objecting
from linkwell.kernel import clock

_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "time": pa.timestamp("us"),
    "yes_no": pa.bool_(),
    "codes": pa.list_(pa.string()),
}
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rules: names of those that come with Linkwell, and whole texts of the hospital's own."""

    names: tuple[str, ...]
    own: tuple[str, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        known = (rule for rule in rules.known() if rule.name in self.names)
        return (*known, *(own.from_text(text, kept=True) for text in self.own))


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of whom.

    `people` leads from what a file calls somebody to our own patient. `live` are rows as they stand now, `files` those
    told in files, both by table. A file that tells the end of a visit is believed before what goes on now, since it
    tells more; one that does not is not.
    """

    people: Mapping[str, UUID]
    live: Mapping[str, Rows]
    rules: Chosen
    as_of: date
    files: Mapping[str, Sequence[Path]] = field(default_factory=dict)


def ask(question: Question) -> dict[UUID, tuple[Hit, ...]]:
    """Who was found, and why."""
    found: dict[UUID, list[Hit]] = {}
    with duck.opened(memory="1GB", in_order=False) as con, TemporaryDirectory(prefix="linkwell-rules-") as folder:
        made = tables(con, question, Path(folder))
        Local(con).load({name: duck.rows(path) for name, path in made.items()})
        shared, asked = _written_out(question.rules, question.as_of)
        for name, sql in shared.items():
            con.execute(f"create temp table {name} as {sql}")
        for sql in asked:
            for person_id, rule, since, score, seen in con.execute(sql).fetchall():
                hit = Hit(person_id, rule, since, score, read_evidence(seen))
                found.setdefault(UUID(person_id), []).append(hit)
    return {patient: tuple(hits) for patient, hits in found.items()}


def tables(con: duckdb.DuckDBPyConnection, question: Question, folder: Path) -> dict[str, Path]:
    """What files tell and what goes on now, as one file for each table that a rule reads."""
    con.register("people", _people(question.people))
    return {
        "attendances": _kept(con, question, "attendances", "arrived_at", "true", folder),
        "spells": _kept(con, question, "spells", "admitted_at", "discharged_at is not null", folder),
        "delays": _delays(con, question, folder),
    }


def own_tables(scope: Scope) -> running.TablesOf:
    """The tables of everybody treated here now, and who of them asked us not to offer."""
    seen, activity_files = looked_at(scope), files(scope)
    apart = [{"person_id": str(each), "rule": None} for each in sorted(objecting(scope))]

    def written(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Path]:
        made = tables(con, Question(seen.people, seen.live, Chosen(()), clock.today(), activity_files), folder)
        con.register("apart", pa.Table.from_pylist(apart, schema=_schema("objections")))
        return made | {"objections": _written(con, "select * from apart", folder / "objections.parquet")}

    return written


@lru_cache(maxsize=4)
def _written_out(chosen: Chosen, as_of: date) -> tuple[dict[str, str], tuple[str, ...]]:
    """The rules as SQL, worked out once a day: that takes several times as long as their answers."""
    activity = Activity(as_of)
    made = {name: compiled(expression) for name, expression in activity.to_make().items()}
    asked = [running.result(activity, rule, rule.with_defaults({})) for rule in chosen.rules()]
    return made, tuple(f"select {', '.join(running.RESULT)} from ({compiled(each)})" for each in asked)  # noqa: S608


def _people(people: Mapping[str, UUID]) -> pa.Table:
    return pa.table({"called": list(people), "patient": [str(each) for each in people.values()]})


def _kept(con: duckdb.DuckDBPyConnection, question: Question, name: str, began: str, done: str, folder: Path) -> Path:
    """Visits or stays of these people, each once: who it was and the minute it began tell them apart."""
    _live(con, question, name)
    con.execute(
        f"create table kept_{name} as select * exclude (rank, nth) from (select *, row_number() over ("  # noqa: S608
        f"partition by person_id, date_trunc('minute', {began}) order by rank) as nth from ("
        f"select *, if({done}, 0, 2) as rank from ({_told(question, name)}) union all by name "
        f"select *, 1 as rank from live_{name})) where nth = 1"
    )
    return _written(con, f"select * from kept_{name}", folder / f"{name}.parquet")  # noqa: S608


def _told(question: Question, name: str) -> str:
    """Rows of the files about these people, under our own name for each."""
    files = [path for path in question.files.get(name, ()) if path.is_file()]
    if not files:
        return f"select * from live_{name} where false"  # noqa: S608
    names = [column for column in _schema(name).names if column != "person_id"]
    chosen = ", ".join(["p.patient as person_id", *(f"f.{column}" for column in names)])
    return f"select {chosen} from read_parquet({duck.names(files)}) f join people p on p.called = f.person_id"  # noqa: S608


def _delays(con: duckdb.DuckDBPyConnection, question: Question, folder: Path) -> Path:
    """Times of being ready, of the stays that were kept."""
    _live(con, question, "delays")
    files = [path for path in question.files.get("delays", ()) if path.is_file()]
    told = f"select {', '.join(_schema('delays').names)} from read_parquet({duck.names(files)})" if files else ""  # noqa: S608
    rows = " union all by name ".join(part for part in (told, "select * from live_delays") if part)
    kept = f"select * from ({rows}) where spell_id in (select spell_id from kept_spells)"  # noqa: S608
    return _written(con, kept, folder / "delays.parquet")


def _live(con: duckdb.DuckDBPyConnection, question: Question, name: str) -> None:
    con.register(f"live_{name}", pa.Table.from_pylist(list(question.live.get(name, ())), schema=_schema(name)))


def _schema(name: str) -> pa.Schema:
    columns = [column for column in READ[name].columns if column.kind != "diagnoses"]
    return pa.schema([(column.name, _TYPES[column.kind]) for column in columns])


def _written(con: duckdb.DuckDBPyConnection, rows: str, into: Path) -> Path:
    con.execute(f"copy ({rows}) to {duck.text(into)} (format parquet)")
    return into
