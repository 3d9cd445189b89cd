"""An interrupted time series in words, tables and a picture."""

from __future__ import annotations

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.its.model import Family, Fit, around_counterfactual
from linkwell.evaluation.its.series import LEVEL, Columns, series_of
from linkwell.evaluation.its.study import TOO_SPREAD, Found, study
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.charts import Band, Mark
from linkwell.evaluation.report.charts import Series as Line
from linkwell.evaluation.report.saying import direction, interval, number, p_is, p_value
from linkwell.evaluation.table import Table

ERRORS = {
    "family": "the family’s",
    "first_order_memory": "those of noise that remembers its neighbour",
    "newey_west": "Newey and West’s",
}
SPREADS = {
    Family.POISSON: "Poisson, with its own errors",
    Family.QUASI: "quasi-Poisson: Poisson’s errors times the root of Pearson’s dispersion, Student’s t",
    Family.NEGBIN: "negative binomial (NB2), its spread of greatest likelihood; errors times the root of dispersion, t",
}


def its(table: Table, given: Columns, family: Family, *, harmonics: int = 0, season: float | None = None) -> Answer:
    """The study of a table as numbers and as a report. Raises Refused."""
    series = series_of(table, given, harmonics=harmonics, season=season, whole=family is not Family.QUASI)
    found = study(series, family)
    return Answer("its", len(series), numbers(found), report(found, given.outcome, given.offset), series.moments.window)


def numbers(found: Found) -> dict[str, object]:
    fit, series = found.fit, found.fit.series
    return {
        "level_change": found.level,
        "slope_change": found.slope,
        "slope_before": found.slope_before,
        "overall": found.overall,
        "events_more_or_fewer": found.difference,
        "level_and_slope_p": found.both,
        "before": series.begins,
        "after": len(series) - series.begins,
        "begins": series.moments.words[series.begins],
        "family": fit.family,
        "harmonics": series.harmonics,
        "coefficients": dict(zip(series.names, fit.coefficients.tolist(), strict=True)),
        "errors": {
            "family": dict(zip(series.names, _roots(fit.covariance), strict=True)),
            "first_order_memory": dict(zip(series.names, _roots(fit.remembering), strict=True)),
            "newey_west": dict(zip(series.names, _roots(fit.newey), strict=True)),
            "newey_west_lags": fit.lags,
            "largest_used_of": _used(fit),
            "level_change_freedom": _level_freedom(fit),
        },
        "dispersion": fit.dispersion,
        "negative_binomial_alpha": fit.spread,
        "autocorrelation": {
            "ljung_box_p": fit.memory.p,
            "lags": fit.memory.lags,
            "durbin_watson": fit.memory.durbin_watson,
            "first": fit.memory.seen,
            "first_implied": fit.memory.implied,
        },
        "level_change_where_nothing_began": found.pretended,
        "warnings": [words for section in _doubts(found) for words in section.words],
        "fitted": fit.expected(),
        "counterfactual": fit.expected(after=False),
    }


def _used(fit: Fit) -> list[str]:
    return ["family", *["first_order_memory"] * (fit.memory.implied > 0), *["newey_west"] * fit.memory.there]


def _level_freedom(fit: Fit) -> float:
    return fit.worth.freedom(fit.gradient(LEVEL))


def _roots(covariance: object) -> list[float]:
    return [float(covariance[at][at]) ** 0.5 for at in range(len(covariance))]  # type: ignore[arg-type, index]


def report(found: Found, outcome: str, offset: str | None) -> Report:
    series = found.fit.series
    rate = f"{outcome} out of {offset}" if offset else outcome
    return Report(
        title=f"Before and after it began: {rate}",
        answer=_answer(found, outcome),
        rests_on=(
            f"It rests on {series.begins} values before and {len(series) - series.begins} from "
            f"{series.moments.words[series.begins]} on.",
            "There is no comparison group. Whatever else began at the same time is in the result.",
        ),
        sections=(
            Section("The series", (), (_picture(found, outcome),)),
            _effects(found),
            *_doubts(found),
            _method(found),
        ),
    )


def _answer(found: Found, outcome: str) -> str:
    overall, which = found.overall, direction(found.overall, better="higher", null=1.0)
    said = f"(ratio {number(overall.value)}, 95 % interval {interval(overall.low, overall.high)})"
    if which == "unclear":
        return f"No effect can be seen: {outcome} went on about as before {said}."
    less = abs(1 - overall.value)
    fell = "rose" if which == "better" else "fell"
    return f"After it began, {outcome} {fell} by {100 * less:.1f} % against what went before {said}."


def _effects(found: Found) -> Section:
    rows = [
        ("Whole time after, against no change", found.overall),
        ("Level, at once", found.level),
        ("Slope, each further step", found.slope),
    ]
    cells = [(name, number(each.value, 4), interval(each.low, each.high, 4), p_value(each.p)) for name, each in rows]
    more = found.difference
    cells.append(("Events more or fewer", number(more.value), interval(more.low, more.high), p_value(more.p)))
    table = TableOf("Ratios of rates (1 is no change)", ("What", "Ratio", "95 % interval", "p"), tuple(cells))
    picture = charts.forest(
        "Ratios of rates",
        f"Three ratios with their intervals, against a line at 1. Overall {number(found.overall.value)}.",
        rows,
        null=1.0,
        first="What",
        second="Ratio",
    )
    words = f"That both level and slope are as before, and this is luck: {p_is(found.both)}."
    return Section("What changed", (words,), (picture, table))


def _picture(found: Found, outcome: str) -> Chart:
    series = found.fit.series
    low, high = around_counterfactual(found.fit)
    before = [float("nan")] * series.begins
    words = (
        f"{outcome} at each step, what the model expects, and what it would have expected from "
        f"{series.moments.words[series.begins]} on had nothing begun, with its 95 % limits."
    )
    return charts.line(
        f"{outcome}, with and without the change",
        words,
        series.moments.words,
        [
            Line("Seen", series.outcome.tolist(), dots=True, colour=2),
            Line("Expected", found.fit.expected().tolist()),
            Line(
                "Had nothing begun",
                before + found.fit.expected(after=False)[series.begins :].tolist(),
                dash=1,
                colour=1,
            ),
        ],
        marks=[Mark(series.begins, "it began")],
        band=Band(before + low[series.begins :].tolist(), before + high[series.begins :].tolist()),
    )


def _doubts(found: Found) -> list[Section]:
    words = []
    fit, early = found.fit, found.pretended
    if fit.family is Family.POISSON and fit.dispersion > TOO_SPREAD:
        words.append(
            f"The counts spread {number(fit.dispersion)} times as much as Poisson’s: the intervals are too narrow. "
            "Use --family quasi or negbin."
        )
    if early and _excludes_one(early):
        words.append(
            "Half-way through the time before, when nothing began, the same method finds a change "
            f"({number(early.value)}, {interval(early.low, early.high)}). What it finds later may be no more than that."
        )
    if not fit.series.harmonics and fit.series.moments.days:
        words.append("Seasons are not in the model (--harmonics). A winter after a summer can look like a change.")
    return [Section("Reasons for doubt", tuple(words), warning=True)] if words else []


def _excludes_one(given: Estimate) -> bool:
    return not given.low <= 1 <= given.high


def _method(found: Found) -> Section:
    fit, series = found.fit, found.fit.series
    memory, early = fit.memory, found.pretended
    rows = [
        ("Family", SPREADS[fit.family]),
        ("Pearson’s dispersion", number(fit.dispersion)),
        ("Harmonics of the year", f"{series.harmonics} ({series.season:g} steps a year)"),
        ("Ljung and Box, p", f"{p_value(memory.p)} over {memory.lags} lags"),
        ("Durbin and Watson", number(memory.durbin_watson)),
        ("Correlation of neighbours", f"{number(memory.seen)}; implies {number(memory.implied)} in the noise"),
        ("Errors used", "the largest of: " + ", ".join(ERRORS[name] for name in _used(fit))),
        ("Lags of Newey and West", str(fit.lags)),
        ("Degrees of freedom of the level change", number(_level_freedom(fit))),
    ]
    if fit.spread is not None:
        rows.append(("Spread (alpha)", number(fit.spread)))
    if early:
        rows.append(("Level change where nothing began", f"{number(early.value)} ({interval(early.low, early.high)})"))
    words = (
        "Log-linear regression of the count on time, on a change of level at the first step after, on a change of "
        "slope from then on, and on seasons as sines and cosines; an offset is the log of what the rate is out of.",
        "Where neighbours are alike, errors are those of noise with that much memory, corrected for what the model "
        "took up, and if Ljung and Box’s p is below 0.05 Newey and West’s; the largest counts. "
        "Its degrees of freedom are Satterthwaite’s, fewer the more the noise remembers. The ratio over "
        "the whole time is that of summed expected counts, its interval by the delta method.",
    )
    table = TableOf("Model and diagnostics", ("What", "Value"), tuple(rows))
    return Section("How it was worked out", words, (table,), checks=True)
