"""The four problems of a trust, month by month, against its own past: a process-control chart for each, in numbers.

The centre and its limits come from the months before the last twelve (a p chart: three standard errors of a share
about the average share). A month beyond a limit, or eight months in a row on one side, is a change; anything else is
the usual ups and downs. Intervals are Wilson's, 95 %. Nothing is compared between trusts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck, running
from linkwell.cohorts.activity import Activity, day_number
from linkwell.cohorts.engines.local import Local, compiled
from linkwell.cohorts.rules import delayed_discharge, emergency_readmission
from linkwell.evaluation.wilson import wilson

RECENT_MONTHS = 12
FEWEST_MONTHS = 12
"""A past shorter than this says nothing of what is usual."""
RUN = 8
FIRST_DAYS = 364


@dataclass(frozen=True, slots=True)
class Month:
    """One month: `count` of `out_of`, the share and its 95 % interval, and the limits of what is usual then."""

    month: str
    count: int
    out_of: int
    share: float
    low: float
    high: float
    usual_low: float | None = None
    usual_high: float | None = None


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
        for name, expression in activity.to_make().items():
            engine.make(name, expression)
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
    visits = visits.select("person_id", "day", number=day_number(visits.day))
    window = ibis.range_window(preceding=364, following=0, group_by="person_id", order_by="number")
    counted = visits.mutate(visits=visits.count().over(window), since=visits.number - visits.number.min())
    # In the first year of a file nobody can have a whole year behind them.
    counted = counted.filter(counted.since >= FIRST_DAYS)
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
    """Visits by people with a long-term condition or low to moderate mental ill health on record, of all visits."""
    coded = activity.coded
    listed = coded.filter(coded.kind.isin(["long_term", "mild_mental"])).select("person_id").distinct()
    visits = activity.unplanned.select("person_id", "day")
    marked = visits.left_join(listed.mutate(listed=ibis.literal(1)), "person_id")
    return _by_month(marked, marked.day, marked.listed.notnull())


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
        "Visits by people with such a record, of all visits nobody planned",
    ),
}


def _problem(name: str, rows: Sequence[tuple[str, int, int]] | None) -> Problem:
    words, counts = _WORDS[name]
    if rows is None:
        return Problem(name, words, counts, (), "Not looked at: the files for it were not given.")
    months = judged(rows)
    return Problem(name, words, counts, months, verdict(months))


def judged(rows: Sequence[tuple[str, int, int]]) -> tuple[Month, ...]:
    """Months with their intervals, and with the limits of what is usual where the past is long enough."""
    past = rows[:-RECENT_MONTHS]
    centre = sum(row[1] for row in past) / max(sum(row[2] for row in past), 1) if len(past) >= FEWEST_MONTHS else None
    return tuple(_month(month, count, out_of, centre) for month, count, out_of in rows)


def verdict(months: Sequence[Month]) -> str:
    """What the months say, in one sentence: absent, unknown, usual, more or less than usual."""
    total, out_of = sum(month.count for month in months), sum(month.out_of for month in months)
    if not out_of:
        return "Nothing to look at: there is no month with any."
    if not total:
        high = wilson(0, out_of)[1]
        return f"This problem is absent: none of {out_of:,}. The true share is below {high:.2%}."
    recent = months[-RECENT_MONTHS:]
    share = f"{sum(month.count for month in recent) / max(sum(month.out_of for month in recent), 1):.1%}"
    if months[-1].usual_low is None:
        return f"{share} in the last year. There are too few months before it to say what is usual."
    side = [_side(month) for month in recent]
    above, below = [month for month in recent if beyond(month) > 0], [month for month in recent if beyond(month) < 0]
    if above or _in_a_row(side, 1):
        return f"{share} in the last year: more than was usual before{_named(above)}."
    if below or _in_a_row(side, -1):
        return f"{share} in the last year: less than was usual before{_named(below)}."
    return f"{share} in the last year: the usual ups and downs, no change."


def _month(month: str, count: int, out_of: int, centre: float | None) -> Month:
    low, high = wilson(count, out_of)
    if centre is None:
        return Month(month, count, out_of, count / out_of, low, high)
    spread = 3 * sqrt(centre * (1 - centre) / out_of)
    return Month(month, count, out_of, count / out_of, low, high, max(centre - spread, 0.0), min(centre + spread, 1.0))


def beyond(month: Month) -> int:
    """1 above what is usual, -1 below it, else 0."""
    if month.usual_low is None or month.usual_high is None:
        return 0
    return (month.share > month.usual_high) - (month.share < month.usual_low)


def _side(month: Month) -> int:
    centre = ((month.usual_low or 0) + (month.usual_high or 0)) / 2
    return (month.share > centre) - (month.share < centre)


def _in_a_row(sides: Sequence[int], side: int) -> bool:
    longest = run = 0
    for each in sides:
        run = run + 1 if each == side else 0
        longest = max(longest, run)
    return longest >= RUN


def _named(months: Sequence[Month]) -> str:
    return f" ({', '.join(month.month for month in months)})" if months else f", {RUN} months in a row"
