"""A paired study in words, tables and pictures."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.paired.change import ENOUGH, Part, Spread
from linkwell.evaluation.paired.missing import FIRST_SCORE, UNLIKE, Compared, Missing
from linkwell.evaluation.paired.pairs import People
from linkwell.evaluation.paired.study import Asked, Found, study
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.saying import direction, estimate, interval, number, p_value, percent
from linkwell.evaluation.shares import Share
from linkwell.evaluation.table import Table
from linkwell.kernel.words import counted

NO_COMPARISON = (
    "This is a comparison of people with themselves. Nobody without support was looked at, "
    "so it does not show that the support was the reason."
)


def paired(table: Table, asked: Asked) -> Answer:
    """The study of a table as numbers and as a report. Raises Refused."""
    found, people = study(table, asked)
    return Answer("paired", found.change.n, numbers(found), report(found, people, asked), people.window)


def numbers(found: Found) -> dict[str, object]:
    drift = found.drift
    return {
        "change": found.change,
        "change_by_bootstrap": found.resampled,
        "first_mean": found.mean_first,
        "last_mean": found.mean_last,
        "standardised_mean_change": found.standardised,
        "time_between": dict(zip(("lower_quartile", "median", "upper_quartile"), found.apart, strict=True)),
        "changed": found.any_way,
        "minimum_change": found.minimum,
        "reliable_change": found.reliable,
        "groups": found.parts,
        "missing": {
            "with_second_score": found.missing.second,
            "without_second_score": found.missing.second.of - found.missing.second.count,
            "without_any_score": found.missing.without_any,
            "rows_without_score": found.empty,
            "compared": found.missing.compared,
            "change_if_the_others_had_not_changed": found.missing.if_unchanged,
        },
        "not_the_change": {"last_mean_minus_first_mean_of_everybody": found.of_others},
        "regression_to_the_mean": {
            "correlation": drift.correlation,
            "expected_change": drift.expected,
            "change_beyond_it": drift.left,
            "first_scores_from_reference_in_sd": drift.distance,
            "expected_by_formula": drift.by_formula,
            "of_people": drift.n,
            "of_change": drift.seen,
            "entered_by_threshold": drift.entered,
            "warning": drift.extreme or drift.entered,
            "why_not_worked_out": drift.why_not,
        },
    }


def report(found: Found, people: People, asked: Asked) -> Report:
    sections = [
        _change(found, asked, "days" if people.window else "time"),
        _who_is_missing(found.missing),
        _drift(found),
    ]
    if found.parts:
        sections.append(_groups(found.parts))
    return Report(
        title=f"First and last score of the same person: {asked.score}",
        answer=_answer(found, asked),
        rests_on=_rests_on(found, people),
        sections=(*sections, _method(found, asked)),
    )


def _answer(found: Found, asked: Asked) -> str:
    change = found.change
    which = direction(change, better=asked.better.value)
    size = f"{number(abs(change.value))} points (95 % interval of the change {interval(change.low, change.high)})"
    if which == "unclear":
        return f"No change can be seen: the mean change is {estimate(change)} points, and could as well be none."
    return f"On average, people’s scores became {which} by {size}."


def _rests_on(found: Found, people: People) -> tuple[str, ...]:
    second = found.missing.second
    lines = [
        f"It rests on {second.count:,} of {second.of:,} people with a score ({percent(second.value)}): "
        f"{second.of - second.count:,} have no second score.",
        NO_COMPARISON,
    ]
    if found.change.n < ENOUGH:
        lines.append(f"With fewer than {ENOUGH} people, one or two of them can turn the result.")
    if _sure(found.change) != _sure(found.resampled):
        lines.append(
            "The two ways of working out the interval do not agree on whether there is a change: take it as open."
        )
    if people.without_any:
        lines.append(f"{people.without_any:,} more were asked and have no score at all.")
    return tuple(lines)


def _sure(given: Estimate) -> bool:
    return not given.low <= 0 <= given.high


def _change(found: Found, asked: Asked, unit: str) -> Section:
    rows = (
        ("Mean first score", number(found.mean_first), ""),
        ("Mean last score, same people", number(found.mean_last), ""),
        ("Mean change (Student’s t)", *_value_and_interval(found.change)),
        ("Mean change (bootstrap)", *_value_and_interval(found.resampled)),
        ("p, Student’s t", p_value(found.change.p), ""),
        ("p, signed ranks", p_value(found.resampled.p), ""),
        ("Mean change in standard deviations of change", number(found.standardised), ""),
        (f"Median {unit} between the two", number(found.apart[1]), interval(found.apart[0], found.apart[2])),
    )
    spreads = [("by anything at all", found.any_way)]
    spreads += [("by the smallest change that matters", found.minimum)] if found.minimum else []
    spreads += [("reliably", found.reliable)] if found.reliable else []
    better = f"A {asked.better.value} score is better."
    what = TableOf("The change", ("What", "Value", "95 % interval, or middle half"), rows)
    *before, (words, shown) = spreads
    tables = tuple(_spread(each, given) for each, given in before)
    return Section("What changed", (better,), (what, *tables, _picture(words, shown)))


def _picture(words: str, shown: Spread) -> Chart:
    ways = (("Improved", shown.improved), ("Unchanged", shown.unchanged), ("Worse", shown.worse))
    picture = charts.bars(
        f"How many changed {words}",
        f"{shown.improved.count} improved, {shown.unchanged.count} did not change and {shown.worse.count} became "
        "worse.",
        [(name, float(each.count)) for name, each in ways],
        first="Which way",
        second="People",
    )
    return replace(picture, table=_spread(words, shown))


def _spread(words: str, given: Spread) -> TableOf:
    title = f"Changed {words}" + (f" ({number(given.threshold)} points)" if given.threshold else "")
    rows = (("Improved", given.improved), ("Unchanged", given.unchanged), ("Worse", given.worse))
    return TableOf(
        title, ("Which way", "People", "Share", "95 % interval"), tuple((name, *_share(each)) for name, each in rows)
    )


def _share(given: Share) -> tuple[str, str, str]:
    return f"{given.count:,}", percent(given.value), f"{percent(given.low)} to {percent(given.high)}"


def _who_is_missing(missing: Missing) -> Section:
    lost = missing.second.of - missing.second.count
    if not lost:
        return Section("Who is missing", ("Everybody with a first score has a second one.",))
    words = [
        f"{lost:,} people have a first score only. They are not in the change above. Had none of them changed, "
        f"the mean change of everybody would be {number(missing.if_unchanged)} points."
    ]
    names = ", ".join(each.what for each in missing.unlike)
    words.append(
        f"They differ from those with a second score in: {names}. The change may not be true of everybody."
        if names
        else "They look like those with a second score in what was compared. They may differ in what was not."
    )
    rows = tuple(_compared(each) for each in missing.compared)
    headings = ("What", "With a second score", "Without", "Standardised difference")
    title = f"People with and without a second score (beyond {UNLIKE:g} they are unlike)"
    return Section("Who is missing", tuple(words), (TableOf(title, headings, rows),), warning=bool(names))


def _compared(each: Compared) -> tuple[str, ...]:
    said = number if each.what == FIRST_SCORE else percent
    difference = number(each.difference) if isfinite(each.difference) else "–"
    return each.what, said(each.kept), said(each.lost), difference


def _drift(found: Found) -> Section:
    drift, title = found.drift, "How much would have come by itself"
    words = [
        "People come when things are at their worst, and part of that passes by itself: scores far from the "
        "usual drift back (regression to the mean)."
    ]
    if drift.expected is None:
        words.append(f"Here it could not be worked out: {drift.why_not}.")
        return Section(title, tuple(words), warning=drift.extreme or drift.entered)
    whom = f"the {drift.n:,} people beyond the entry threshold" if drift.entered else f"all {drift.n:,} people"
    words.append(
        f"Of the mean change of {number(drift.seen)} points in {whom}, {number(drift.expected)} would be expected "
        "without any help."
    )
    if drift.distance is not None:
        words.append(
            f"First scores lie {number(drift.distance)} standard deviations from those of people who were not chosen."
        )
    rows: list[tuple[str, ...]] = [
        ("Correlation of first and last score", number(drift.correlation)),
        ("Change expected by itself", number(drift.expected)),
    ]
    if drift.by_formula is not None:
        rows.append(("The same by Barnett’s formula for the threshold", number(drift.by_formula)))
    if drift.left:
        rows.append(("Change beyond it of all with two scores (Mee and Chua), 95 % interval", estimate(drift.left)))
    table = TableOf("Expected drift", ("What", "Value"), tuple(rows))
    return Section(title, tuple(words), (table,), warning=drift.extreme or drift.entered)


def _groups(parts: tuple[Part, ...]) -> Section:
    measured = [(f"{part.column}: {part.group}", part.change) for part in parts if part.change]
    rows = tuple(
        (f"{part.column}: {part.group}", f"{part.n:,}", *_value_and_interval(part.change), p_value(part.p))
        if part.change
        else (f"{part.column}: {part.group}", f"{part.n:,}", "too few", "", "")
        for part in parts
    )
    words = (
        "A difference between groups is told by the last column alone: whether a group differs from everybody else, "
        "made right for how many groups were looked at (Holm).",
    )
    headings = ("Group", "People", "Mean change", "95 % interval", "p of the difference")
    table = TableOf("Every group, and whether it differs", headings, rows)
    if not measured:
        return Section("Groups", words, (table,))
    said = f"Mean change and 95 % interval of {counted(len(measured), 'group')}, against a line at no change."
    picture = charts.forest("Change in each group", said, measured, first="Group", second="Mean change")
    return Section("Groups", words, (picture, table))


def _method(found: Found, asked: Asked) -> Section:
    return Section(
        "How it was worked out",
        (
            "The change of a person is their last score minus their first. A person with one score has no change and "
            "is counted as missing; no score is ever filled in.",
            "The mean change has an interval from Student’s t, and a second one from drawing people anew "
            f"(expanded percentile bootstrap, Hesterberg 2015, seed {asked.seed}); Wilcoxon’s signed ranks ask the "
            "same without a mean.",
            "Shares have Wilson’s interval. Expected drift: Barnett, van der Pols and Dobson 2005, with the "
            "correlation corrected for choosing by the score (Thorndike) where a reference is given.",
            f"The usual error is to take the mean of all last scores minus the mean of all first scores. That "
            f"compares different people; here it would have given {number(found.of_others)} points.",
        ),
        checks=True,
    )


def _value_and_interval(given: Estimate) -> tuple[str, str]:
    return number(given.value), interval(given.low, given.high)
