"""Asking the rules: files in, one Parquet file for each rule out, and a summary that says what was asked and answered.

`run` is the whole of it; `hits` reads an answer back.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck, reading, rules
from linkwell.cohorts.activity import Activity
from linkwell.cohorts.columns import READ
from linkwell.cohorts.engines import Engine
from linkwell.cohorts.engines.local import Local
from linkwell.cohorts.rule import Hit, Rule, Settings, read_evidence

RESULT = {"person_id": "string", "rule": "string", "since": "date", "score": "int64", "evidence": "string"}
EngineOf = Callable[[duckdb.DuckDBPyConnection, Path], AbstractContextManager[Engine]]
TablesOf = Callable[[duckdb.DuckDBPyConnection, Path], Mapping[str, Path]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to ask. `files`: table to files, objections among them. `settings`: rule to its settings."""

    files: Mapping[str, Sequence[Path]]
    as_of: dt.date
    out: Path
    settings: Mapping[str, Settings] = field(default_factory=dict)
    rules: Sequence[Rule] = ()
    snomed: Path | None = None
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule said. `people` is None where it was not asked, and `why_not` says why."""

    rule: Rule
    people: int | None
    settings: Settings
    seconds: float = 0.0
    why_not: str = ""
    read: tuple[str, ...] = ()
    """The tables it read."""

    @property
    def words(self) -> str:
        if self.people is None:
            return f"not asked: {self.why_not}"
        return "no one" if self.people == 0 else f"{self.people:,} {'person' if self.people == 1 else 'people'}"


def run(
    asked: Asked, engine_of: EngineOf, engine_name: str = "duckdb", live: TablesOf | None = None
) -> tuple[Answer, ...]:
    """Ask every rule and write `<rule>.parquet` for each and `summary.json` into `asked.out`.

    `engine_of(connection, folder)` opens the engine; `live(connection, folder)` writes tables that are read already.
    Raises Invalid for a file that cannot be read. A rule that lacks a table is not asked, and the summary says so; a
    rule that finds nobody writes a file with no rows.
    """
    asked.out.mkdir(parents=True, exist_ok=True)
    with duck.opened() as con, TemporaryDirectory(prefix="linkwell-answers-") as folder:
        read = read_all(con, asked, Path(folder))
        ours = live(con, Path(folder)) if live else {}
        tables = {name: each.rows for name, each in read.items()} | {name: duck.rows(ours[name]) for name in ours}
        with engine_of(con, Path(folder)) as engine:
            answers = ask_all(engine, asked, tables)
    _summary(asked, engine_name, read, answers)
    return answers


def read_all(con: duckdb.DuckDBPyConnection, asked: Asked, folder: Path) -> dict[str, reading.Reading]:
    """The files as tables of our own columns."""
    return {
        name: reading.read(
            con, paths, READ[name], folder / f"{name}.parquet",
            mapping=asked.mapping.get(name), snomed=asked.snomed, copy=False,
        )
        for name, paths in asked.files.items()
        if paths
    }  # fmt: skip


def ask_all(engine: Engine, asked: Asked, tables: Mapping[str, str]) -> tuple[Answer, ...]:
    """Every rule asked of an engine, in order. `tables`: name to SQL that gives its rows to DuckDB."""
    activity = Activity(asked.as_of, frozenset(tables))
    engine.load(tables)
    for name, expression in activity.to_make().items():
        engine.make(name, expression)
    return tuple(_ask(engine, activity, rule, asked) for rule in asked.rules or rules.known())


def _ask(engine: Engine, activity: Activity, rule: Rule, asked: Asked) -> Answer:
    settings = rule.with_defaults(asked.settings.get(rule.name, {}))
    if lack := rule.lacks(activity.has):
        return Answer(rule, None, settings, why_not=lack)
    begun = time.perf_counter()
    people = engine.write(result(activity, rule, settings), asked.out / f"{rule.name}.parquet")
    return Answer(rule, people, settings, round(time.perf_counter() - begun, 3), read=rule.reads(activity.has))


def result(activity: Activity, rule: Rule, settings: Settings) -> ir.Table:
    """The hits of a rule with the columns of `RESULT`: objections honoured, whom to speak to first said."""
    found = rule.ask(activity, settings)
    objecting = activity.objecting(rule.name)
    if objecting is not None:
        found = found.anti_join(objecting, "person_id")
    first = activity.speak_first.mutate(speak_first=ibis.literal(";speak_first=yes"))
    found = found.left_join(first, "person_id")
    return found.select(
        "person_id",
        rule=ibis.literal(rule.name),
        since=found.since.cast("date"),
        score=found.score.cast("int64"),
        evidence=found.evidence + found.speak_first.fill_null(""),
    )


def hits(path: Path) -> Iterator[Hit]:
    """The hits of one result file, in the order of person_id."""
    con = duckdb.connect()
    try:
        answer = con.execute(f"select {', '.join(RESULT)} from read_parquet({duck.text(path)})")
        while rows := answer.fetchmany(1000):
            for person_id, rule, since, score, seen in rows:
                yield Hit(person_id, rule, since, score, read_evidence(seen))
    finally:
        con.close()


def in_this_process(con: duckdb.DuckDBPyConnection, folder: Path) -> AbstractContextManager[Engine]:
    """The engine that is always there: DuckDB, in the connection that reads the files."""
    return nullcontext(Local(con))


def _summary(asked: Asked, engine_name: str, read: Mapping[str, reading.Reading], answers: Sequence[Answer]) -> None:
    summary = {
        "as_of": asked.as_of.isoformat(),
        "engine": engine_name,
        "files": {
            name: {
                "rows_in": each.rows_in,
                "loaded": each.loaded,
                "rejected": each.rejected,
                "written": each.written,
                "unmapped_share": round(each.unmapped, 4),
                "rejected_because": dict(each.reasons),
                "findings": [{"where": finding.where, "message": finding.message} for finding in each.findings],
            }
            for name, each in read.items()
        },
        "rules": {
            answer.rule.name: {
                "people": answer.people,
                "answer": answer.words,
                "finds": answer.rule.finds,
                "read": list(answer.read),
                "score_counts": answer.rule.counts,
                "legal_basis": answer.rule.legal_basis,
                "settings": dict(answer.settings),
                "seconds": answer.seconds,
            }
            for answer in answers
        },
    }
    (asked.out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
