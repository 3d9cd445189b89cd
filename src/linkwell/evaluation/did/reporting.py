"""Difference in differences in words, tables and pictures."""

from __future__ import annotations

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.did.cohorts import Control
from linkwell.evaluation.did.inference import Band
from linkwell.evaluation.did.study import DRAWS, Columns, Study, Told, study
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.report import Report, Section, TableOf, charts
from linkwell.evaluation.report.charts import Mark, Series
from linkwell.evaluation.report.saying import direction, estimate, interval, number, p_is, p_value
from linkwell.evaluation.table import Table

PARALLEL = (
    "It stands on one thing nobody can see: that without the support the outcome would have moved where it came as it "
    "did elsewhere. Moving alike before is a sign of that, not proof."
)


def differences(table: Table, columns: Columns, control: Control, seed: int) -> Answer:
    """The study of a table as numbers and as a report. Raises Refused."""
    found = study(table, columns, control, seed=seed)
    return Answer("did", len(found.found.start), numbers(found), report(found, columns, seed), found.window)


def numbers(found: Study) -> dict[str, object]:
    labels = found.found.labels
    return {
        "control": found.control,
        "units": _units(found),
        "group_time": [
            {
                "cohort": labels[cohort],
                "time": labels[time],
                "after_start": bool(time >= cohort),
                "treated": int(treated),
                "controls": int(controls),
                **_band(band),
            }
            for cohort, time, treated, controls, band in zip(
                found.made.cohort, found.made.time, found.made.treated, found.made.controls, found.cells, strict=True
            )
        ],
        "simple": found.simple,
        "group": _told(found.cohorts, "cohort", labels),
        "dynamic": _told(found.events, "times_since_start", None),
        "calendar": _told(found.calendar, "time", labels),
        "alike_before": found.alike,
    }


def _units(found: Study) -> dict[str, object]:
    start, labels = found.found.start, found.found.labels
    return {
        "never_supported": int(found.found.never.sum()),
        "supported_from_the_first_time_left_out": found.found.already,
        "cohorts": {labels[cohort]: int((start == cohort).sum()) for cohort in found.found.cohorts},
    }


def _told(told: Told, place: str, labels: tuple[str, ...] | None) -> dict[str, object]:
    parts = [{place: labels[band.place] if labels else band.place, **_band(band)} for band in told.parts]
    return {"overall": told.overall, "parts": parts}


def _band(band: Band) -> dict[str, object]:
    return {"effect": band.estimate, "simultaneous": {"low": band.low, "high": band.high}}


def report(found: Study, columns: Columns, seed: int) -> Report:
    return Report(
        title=f"Before and after, beside others: {columns.outcome}",
        answer=_answer(found, columns),
        rests_on=_rests_on(found),
        sections=(_events(found), _alike(found), _means(found), _cells(found), _method(found, seed)),
    )


def _answer(found: Study, columns: Columns) -> str:
    main = found.cohorts.overall
    which = direction(main, better="higher")
    if which == "unclear":
        return f"No effect on {columns.outcome} can be seen: the effect is {estimate(main)}, and could as well be none."
    more = "higher" if which == "better" else "lower"
    return (
        f"Where the support came, {columns.outcome} became {more} than it would have been: on average by "
        f"{number(abs(main.value))} (95 % interval of the effect {interval(main.low, main.high)})."
    )


def _rests_on(found: Study) -> tuple[str, ...]:
    never, already = int(found.found.never.sum()), found.found.already
    lines = [
        f"It rests on {len(found.found.start) - never:,} units that started, in {len(found.found.cohorts)} cohorts, "
        f"and {never:,} that never did, over {len(found.found.labels)} times.",
        PARALLEL,
    ]
    if found.alike is None:
        lines.append("Whether they moved alike before could not be tested: there is too little from before the start.")
    if already:
        lines.append(
            f"{already:,} units were supported from the first time on and are left out: nothing shows them before."
        )
    return tuple(lines)


def _events(found: Study) -> Section:
    parts = found.events.parts
    places = [f"{band.place:+d}" if band.place else "start" for band in parts]
    picture = charts.line(
        "Effect by time since the start",
        f"Effect from {places[0]} to {places[-1]} times around the start with a band that holds for all at once. "
        "Before the start it should lie around nought.",
        places,
        [Series("effect", [band.estimate.value for band in parts], dots=True)],
        first="Times since the start",
        band=charts.Band([band.low for band in parts], [band.high for band in parts]),
        marks=[Mark(places.index("start"), "support starts")] if "start" in places else [],
    )
    return Section(
        "When the effect came", (), (picture, _table("Effect by time since the start", "Times since", places, parts))
    )


def _alike(found: Study) -> Section:
    title = "Whether they moved alike before"
    if found.alike is None:
        return Section(title, ("There is too little from before the start to tell.",), warning=True)
    words = (
        f"All {found.alike.checks} effects before the start together: F = {number(found.alike.statistic)}, "
        f"{p_is(found.alike.p)}. Below 0.05 the comparison would have been refused. A test that finds nothing "
        "does not show that there is nothing: see the width of the intervals before the start.",
    )
    return Section(title, words)


def _means(found: Study) -> Section:
    overall = [
        ("Every cohort and time after the start (simple)", found.simple),
        ("Mean of cohorts (group)", found.cohorts.overall),
        ("Mean of times since the start (dynamic)", found.events.overall),
        ("Mean of calendar times", found.calendar.overall),
    ]
    table = TableOf(
        "Effect over all, four ways", ("Way", "Effect", "95 % interval", "p"), tuple(_row(*each) for each in overall)
    )
    labels = found.found.labels
    cohorts = [labels[band.place] for band in found.cohorts.parts]
    times = [labels[band.place] for band in found.calendar.parts]
    parts = (
        table,
        _table("Effect by cohort", "Started", cohorts, found.cohorts.parts),
        _table("Effect by time", "Time", times, found.calendar.parts),
    )
    return Section("Effect over all, by cohort and by time", ("The answer above is the mean of cohorts.",), parts)


def _row(name: str, given: Estimate) -> tuple[str, ...]:
    return name, number(given.value), interval(given.low, given.high), p_value(given.p)


def _table(title: str, first: str, names: list[str], bands: tuple[Band, ...]) -> TableOf:
    rows = tuple(
        (*_row(name, band.estimate), interval(band.low, band.high)) for name, band in zip(names, bands, strict=True)
    )
    return TableOf(title, (first, "Effect", "95 % interval", "p", "95 % for all at once"), rows)


def _cells(found: Study) -> Section:
    labels = found.found.labels
    names = [f"{labels[g]}, {labels[t]}" for g, t in zip(found.made.cohort, found.made.time, strict=True)]
    return Section(
        "Every cohort at every time", (), (_table("Group-time effects", "Started, time", names, found.cells),)
    )


def _method(found: Study, seed: int) -> Section:
    names = ", ".join(found.found.names)
    given = f", doubly robust given {names}" if names else " without covariates"
    others = "units that never started" if found.control is Control.NEVER else "all units that had not started yet"
    return Section(
        "How it was worked out",
        (
            f"Group-time effects of Callaway and Sant’Anna (2021){given}; compared with {others}. From the start on, "
            "change since the last time before it; earlier, change from one time to the next.",
            "Errors by influence functions, allowing for cohort sizes that chance made; t with Welch and "
            "Satterthwaite’s degrees of freedom. Bands that hold for all at once by a multiplier bootstrap "
            f"({DRAWS:,} draws, seed {seed}). Equal trends by Hotelling’s form of the Wald test.",
        ),
        checks=True,
    )
