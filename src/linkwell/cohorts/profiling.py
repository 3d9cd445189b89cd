"""The four problems of a trust, month by month, against its own past: a process-control chart for each, in numbers.

Every month is asked the same question: one that looks back is asked only of days whose whole look-back the files tell
of. What is usual is said by `usual`. Nothing is compared between trusts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck, running
from linkwell.cohorts.activity import Activity, day_number
from linkwell.cohorts.engines.local import Local, compiled
from linkwell.cohorts.rules import delayed_discharge, emergency_readmission
from linkwell.cohorts.usual import Month, beyond, judged, verdict

__all__ = ["Month", "Problem", "as_json", "beyond", "judged", "named", "page", "profile", "verdict", "write"]

LOOK_BACK_DAYS = 365
"""How far each visit looks back, its own day among them: for visits before it, and for diagnoses on record."""
BEFORE_THE_FILE = 0.001
"""Of the days a file tells of, the share that may lie before it begins: a year mistyped is no beginning."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: what is counted of what, its months, and what they say in one sentence."""

    name: str
    words: str
    counts: str
    months: tuple[Month, ...]
    verdict: str


def profile(asked: running.Asked) -> tuple[Problem, ...]:
    """The four problems in the files asked of. Raises Invalid as `running.run` does."""
    with duck.opened() as con, TemporaryDirectory(prefix="linkwell-profile-") as folder:
        read = running.read_all(con, asked, Path(folder))
        tables = {name: each.rows for name, each in read.items()}
        engine, activity = Local(con), Activity(asked.as_of, frozenset(tables))
        engine.load(tables)
        rows = {
            name: con.execute(f"select * from ({compiled(ask(activity))}) order by month").fetchall()
            for name, (needs, ask) in _ASKED.items()
            if needs <= activity.has
        }
    return tuple(_problem(name, rows.get(name)) for name in _ASKED)


def named() -> tuple[tuple[str, str, str], ...]:
    """Each problem: its name, its words, and what is counted of what."""
    return tuple((name, *said) for name, said in _WORDS.items())


def write(found: Sequence[Problem], out: Path) -> None:
    """profile.json for machines and profile.md for people."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "profile.json").write_text(as_json(found) + "\n")
    (out / "profile.md").write_text(page(found))


def as_json(found: Sequence[Problem]) -> str:
    """The problems for a machine."""
    return json.dumps([asdict(each) for each in found], indent=2)


def page(found: Sequence[Problem]) -> str:
    """The problems as a page of Markdown: the sentence first, the months under it."""
    lines = ["# The four problems over time", ""]
    for problem in found:
        lines += [f"## {problem.words}", "", problem.verdict, ""]
        if problem.months:
            lines += [
                f"{problem.counts}.",
                "",
                "| month | of | share | 95 % interval | usual |",
                "|---|---|---|---|---|",
            ]
            lines += [_line(month) for month in problem.months]
            lines.append("")
    return "\n".join(lines)


def _line(month: Month) -> str:
    usual = "" if month.usual_low is None else f"{month.usual_low:.1%} to {month.usual_high:.1%}"
    counted = f"{month.count:,} of {month.out_of:,}"
    return f"| {month.month} | {counted} | {month.share:.1%} | {month.low:.1%} to {month.high:.1%} | {usual} |"


def _often(activity: Activity) -> ir.Table:
    """Visits by people who came five times or more in the 365 days up to that visit, of all visits."""
    visits = activity.unplanned
    visits = visits.select("person_id", number=day_number(visits.day), day=visits.day)
    counted = visits.mutate(visits=visits.count().over(_LOOK_BACK), first=_begins(visits.number))
    counted = _whole(counted, counted["first"])
    return _by_month(counted, counted.day, counted.visits >= 5)


def _back(activity: Activity) -> ir.Table:
    """Emergency stays within 30 days of leaving, of all stays that ended; by the month of leaving."""
    found = emergency_readmission.counted(activity)
    return _by_month(found, found.left_on, found.back == 1)


def _waited(activity: Activity) -> ir.Table:
    """Stays after which a day or more was waited, of stays whose wait is known; by the month of leaving."""
    table = delayed_discharge.waits(activity)
    table = table.filter(table.live == 0, table.waited.notnull())
    return _by_month(table, table.left, table.waited >= 1)


def _unwell(activity: Activity) -> ir.Table:
    """Visits by people with a long-term condition or low to moderate mental ill health on record, of all visits.

    On record is what was found at that visit, or at a visit or by the end of a stay in the 364 days before.
    """
    visits = activity.unplanned
    visits = visits.select("person_id", "day", number=day_number(visits.day), visit=1, noted=0)
    given = [activity.on_record(source, _CONDITIONS) for source in ("attendances", "spells") if source in activity.has]
    known = ibis.union(*given, distinct=True) if len(given) > 1 else given[0].distinct()
    known = known.select("person_id", "day", number=day_number(known.day), visit=0, noted=1)
    both = ibis.union(visits, known)
    seen = both.mutate(noted=both.noted.sum().over(_LOOK_BACK))
    begun = [_begins(day_number(days)).as_scalar() for days in activity.told_of()]
    seen = _whole(seen.filter(seen.visit == 1), ibis.greatest(*begun))
    return _by_month(seen, seen.day, seen.noted > 0)


_CONDITIONS = ("long_term", "mild_mental")
_LOOK_BACK = ibis.range_window(preceding=LOOK_BACK_DAYS - 1, following=0, group_by="person_id", order_by="number")


def _begins(numbers: ir.IntegerColumn) -> ir.NumericScalar:
    """The number of the day on which a file begins."""
    return numbers.quantile(BEFORE_THE_FILE)


def _whole(visits: ir.Table, begins: ir.NumericValue) -> ir.Table:
    """Visits whose whole look-back lies within the files: nobody can be known for longer than those go back."""
    return visits.filter(visits.number >= begins + LOOK_BACK_DAYS - 1)


def _by_month(table: ir.Table, day: ir.DateColumn, hit: ir.BooleanColumn) -> ir.Table:
    marked = table.select(month=day.strftime("%Y-%m"), hit=hit.ifelse(1, 0))
    return marked.group_by("month").agg(count=marked.hit.sum(), out_of=marked.count())


_ASKED = {
    "repeat_attendance": (frozenset({"attendances"}), _often),
    "emergency_readmission": (frozenset({"spells"}), _back),
    "delayed_discharge": (frozenset({"spells", "delays"}), _waited),
    "conditions": (frozenset({"attendances"}), _unwell),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "repeat_attendance": (
        "Coming to A&E several times",
        "Visits by people who came five times or more in 365 days, of all visits nobody planned",
    ),
    "emergency_readmission": (
        "Back in hospital soon after leaving",
        "Stays followed by an emergency within 30 days, of stays that ended, by the month they ended",
    ),
    "delayed_discharge": (
        "Ready to go home and waiting",
        "Stays that ended a day or more after the person was ready, of stays whose wait is known",
    ),
    "conditions": (
        "A&E visits of people with a long-term condition or mental ill health",
        "Visits by people of whom that was recorded in the 365 days up to the visit, of all visits nobody planned",
    ),
}


def _problem(name: str, rows: Sequence[tuple[str, int, int]] | None) -> Problem:
    words, counts = _WORDS[name]
    if rows is None:
        return Problem(name, words, counts, (), "Not looked at: the files for it were not given.")
    months = judged(rows)
    return Problem(name, words, counts, months, verdict(months))
