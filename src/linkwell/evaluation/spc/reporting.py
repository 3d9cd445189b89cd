"""A process-control chart in words, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.charts import Band, Mark, Series
from linkwell.evaluation.report.saying import number
from linkwell.evaluation.spc import rules
from linkwell.evaluation.spc.chart import Process, Variation
from linkwell.evaluation.spc.icons import PROMISED, icons
from linkwell.evaluation.spc.rules import Limits

RULES = {
    "beyond_limit": "beyond a limit",
    "shift": f"one of {rules.SHIFT} or more in a row on one side of the mean",
    "two_of_three": "one of two in three near a limit",
    "trend": f"one of {rules.TREND} or more in a row going one way",
}


def spc(process: Process, value: str, target: float | None) -> Answer:
    return Answer("spc", len(process.points), numbers(process), report(process, value, target), process.moments.window)


def numbers(process: Process) -> dict[str, object]:
    return {
        "points": [
            {"when": point.when, "value": point.value, "special": sorted(point.signs), "variation": point.variation}
            for point in process.points
        ],
        "periods": [
            {
                "from": process.moments.words[each.start],
                "to": process.moments.words[each.end - 1],
                "limits": each.limits,
            }
            for each in process.periods
        ],
        "variation": process.variation,
        "variation_upwards": {1: True, -1: False}.get(process.way),
        "assurance": process.assurance,
    }


def report(process: Process, value: str, target: float | None) -> Report:
    signs = tuple(
        (point.when, number(point.value), "; ".join(RULES[name] for name in point.signs))
        for point in process.points
        if point.signs
    )
    out_of_ordinary = TableOf("Values that are more than chance", ("When", "Value", "Why"), signs)
    words = f"{len(signs)} of {len(process.points)} values are more than the usual ups and downs."
    return Report(
        title=f"Process-control chart: {value}",
        answer=_answer(process),
        rests_on=_rests_on(process),
        sections=(
            Section("The chart", (), (_picture(process, value, target), icons(process))),
            Section("What stands out", (words,), (out_of_ordinary,) if signs else ()),
            Section("Limits", (), (_limits(process),)),
            _method(process),
        ),
    )


def _answer(process: Process) -> str:
    latest = process.points[-1]
    why = " and ".join(RULES[name] for name in latest.signs)
    said = {
        Variation.COMMON: "No change can be seen: the latest values go up and down as they usually do.",
        Variation.IMPROVEMENT: f"Something changed for the better: the latest value is {why}.",
        Variation.CONCERN: f"Something changed for the worse: the latest value is {why}.",
        Variation.NEUTRAL: f"Something changed: the latest value is {why}.",
    }[process.variation]
    return f"{said} {PROMISED[process.assurance]}." if process.assurance else said


def _rests_on(process: Process) -> tuple[str, ...]:
    lines = [
        f"It rests on {len(process.points)} values, from {process.points[0].when} to {process.points[-1].when}.",
        "A chart says that something changed. It does not say what the reason was.",
    ]
    if any(each.limits.n < rules.ENOUGH for each in process.periods):
        lines.append(f"Limits from fewer than {rules.ENOUGH} values still move with every new one.")
    return tuple(lines)


def _picture(process: Process, value: str, target: float | None) -> Chart:
    special = frozenset(place for place, point in enumerate(process.points) if point.signs)
    lines = [
        Series(value, process.values.tolist(), dots=True, special=special),
        Series("Mean", _along(process, lambda limits: limits.mean), dash=1, colour=2),
    ]
    if target is not None:
        lines.append(Series("Target", [target] * len(process.points), dash=2, colour=3))
    words = (
        f"{len(process.points)} values with their mean and limits. Diamonds are more than the usual ups and downs: "
        f"{len(special)} of them."
    )
    return charts.line(
        value,
        words,
        process.moments.words,
        lines,
        marks=[Mark(each.start, "step change") for each in process.periods[1:]],
        band=Band(_along(process, lambda limits: limits.lower), _along(process, lambda limits: limits.upper)),
    )


def _along(process: Process, what: Callable[[Limits], float]) -> list[float]:
    return [what(period.limits) for period in process.periods for _ in range(period.end - period.start)]


def _limits(process: Process) -> TableOf:
    rows = tuple(
        (
            f"{process.moments.words[each.start]} to {process.moments.words[each.end - 1]}",
            *map(number, (each.limits.mean, each.limits.lower, each.limits.upper, each.limits.moving_range)),
            str(each.limits.n),
            str(each.limits.left_out),
        )
        for each in process.periods
    )
    headings = ("Period", "Mean", "Lower limit", "Upper limit", "Mean moving range", "Values used", "Ranges left out")
    return TableOf("Mean and limits of each period", headings, rows)


def _method(process: Process) -> Section:
    uneven = len(set(np.diff(process.moments.places).tolist())) > 1
    words = [
        f"XmR chart: limits at the mean plus and minus {rules.LIMIT} times the mean moving range. Moving ranges of "
        f"{rules.MOVING_RANGE_LIMIT} times their mean or more are left out of it, once. Limits are worked out "
        "anew at each step change that was given, and nowhere else.",
        f"Signs, within each period: a value beyond a limit; {rules.SHIFT} or more in a row on one side of the mean; "
        f"{rules.TREND} or more in a row each above, or each below, the one before; two of three in a row in the outer "
        "third before the same limit. Two values that are equal end a trend.",
        "Four rules together give a false sign now and then on any long chart.",
    ]
    if uneven:
        words.append("The values are not evenly spread in time. They are taken in order, as one would take events.")
    return Section("How it was worked out", tuple(words), checks=True)
