"""The four problems as a report: a process-control chart for each, the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan
from pathlib import Path

from linkwell.cohorts import profiling
from linkwell.cohorts.profiling import Month, Problem
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.writing import as_html

TITLE = "The four problems over time"
RESTS_ON = (
    "What is usual comes from the months before the last twelve: three standard errors about their share, wider "
    "where those months varied more than chance alone would have it.",
    "A month beyond a limit, or eight in a row on one side, is a change; anything else is the usual ups and downs.",
    "Where fewer than ten are expected in a month the limits are those that chance passes as rarely, and months in a "
    "row say nothing.",
    "A question that looks back a year is asked of no visit in the first year of the files.",
    "A trust is compared with its own past and with no other trust. Intervals are Wilson’s, 95 %.",
)
HEADINGS = ("Month", "How many", "Share", "95 % interval", "Usual")


def write(found: Sequence[Problem], out: Path) -> None:
    """profile.html, a page that stands alone, beside what `profiling.write` writes."""
    profiling.write(found, out)
    (out / "profile.html").write_text(as_html(report(found)), encoding="utf-8")


def report(found: Sequence[Problem]) -> Report:
    """One section a problem: the sentence, then the chart and its table."""
    return Report(TITLE, "Of each problem: is it there, and is it more or less than usual.", RESTS_ON, tuple(
        Section(each.words, (each.verdict,), (chart(each),) if each.months else ()) for each in found
    ))  # fmt: skip


def chart(problem: Problem) -> Chart:
    """Shares in percent by month, with what is usual behind them; months beyond it are diamonds."""
    months = problem.months
    beyond = frozenset(place for place, month in enumerate(months) if profiling.beyond(month))
    shares = charts.Series("Share, %", [month.share * 100 for month in months], dots=True, special=beyond)
    usual = charts.Band(
        [_percent(month.usual_low) for month in months], [_percent(month.usual_high) for month in months]
    )
    title = f"{problem.words}, by month"
    drawn = charts.line(title, problem.counts, [month.month for month in months], [shares], band=usual)
    return replace(drawn, table=TableOf(problem.counts, HEADINGS, tuple(_row(month) for month in months)))


def _percent(share: float | None) -> float:
    return nan if share is None else share * 100


def _row(month: Month) -> tuple[str, ...]:
    usual = "–" if month.usual_low is None else f"{month.usual_low:.1%} to {month.usual_high:.1%}"
    counted = f"{month.count:,} of {month.out_of:,}"
    return month.month, counted, f"{month.share:.1%}", f"{month.low:.1%} to {month.high:.1%}", usual
