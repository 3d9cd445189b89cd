"""A unit beside a mixture of others, in words, tables and pictures."""

from __future__ import annotations

import numpy as np

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.report import Report, Section, TableOf, charts
from linkwell.evaluation.report.charts import Band, Mark, Series
from linkwell.evaluation.report.saying import direction, estimate, interval, number, p_value, percent
from linkwell.evaluation.synthetic.gap import Method
from linkwell.evaluation.synthetic.study import Columns, Study, study
from linkwell.evaluation.table import Table

# Weights below this are not listed.
SHOWN = 0.005
NAMES = {
    Method.SC: "synthetic control",
    Method.SDID: "synthetic difference in differences",
    Method.DID: "plain difference in differences",
}


def beside_a_mixture(
    table: Table, columns: Columns, treated: tuple[str, ...], start: str, method: Method, most: int, seed: int
) -> Answer:
    """The study of a table as numbers and as a report. Raises Refused."""
    found = study(table, columns, treated, start, method, most=most, seed=seed)
    told = report(found, columns, ", ".join(treated), seed)
    return Answer("synthetic", len(found.controls) + len(treated), numbers(found), told, found.window)


def numbers(found: Study) -> dict[str, object]:
    return {
        "method": found.method,
        "effect": found.effect,
        "times_before": found.before,
        "times": found.labels,
        "treated": found.treated,
        "mixture": found.mixture,
        "gap": found.real.curve,
        "fit_before": found.real.fit,
        "ratio_after_to_before": found.real.ratio,
        "weights_of_units": dict(zip(found.controls, found.real.units, strict=True)),
        "weights_of_times": dict(zip(found.labels, found.real.times, strict=False)),
        "placebos": {
            "runs": len(found.placebos.effects),
            "rank": found.placebos.rank,
            "typical_fit_before": float(np.median(found.placebos.fits)),
            "effects": found.placebos.effects,
        },
    }


def report(found: Study, columns: Columns, treated: str, seed: int) -> Report:
    return Report(
        title=f"{treated} beside a mixture of others: {columns.outcome}",
        answer=_answer(found, columns, treated),
        rests_on=_rests_on(found, treated),
        sections=(_course(found, treated), _placebos(found), _weights(found), _method(found, seed)),
    )


def _answer(found: Study, columns: Columns, treated: str) -> str:
    which = direction(found.effect, better="higher")
    if which == "unclear":
        size = f"the effect is {estimate(found.effect)}, and could as well be none."
        return f"No effect on {columns.outcome} in {treated} can be seen: {size}"
    more = "higher" if which == "better" else "lower"
    limits = interval(found.effect.low, found.effect.high)
    return (
        f"In {treated}, {columns.outcome} was {more} than in the mixture that stands for it: on average by "
        f"{number(abs(found.effect.value))} (95 % interval of the effect {limits})."
    )


def _rests_on(found: Study, treated: str) -> tuple[str, ...]:
    runs = len(found.placebos.effects)
    return (
        f"It rests on {found.before} times before the start and {len(found.treated) - found.before} after it, of "
        f"{treated} and {len(found.controls):,} others.",
        f"The same was done {runs:,} times with units that nothing happened to: {percent(found.placebos.rank)} of all "
        f"runs came out at least as far from nothing (at best {percent(1 / (runs + 1))}).",
        "It holds if nothing else happened to one side only, and the others were not touched by the support.",
    )


def _course(found: Study, treated: str) -> Section:
    lines = charts.line(
        f"{treated} and the mixture",
        f"Both follow each other for {found.before} times; what parts them afterwards is the effect.",
        found.labels,
        [Series(treated, found.treated.tolist()), Series("mixture", found.mixture.tolist(), dash=1, colour=1)],
        marks=[Mark(found.before, "start")],
    )
    low, high = np.quantile(found.placebos.curves, (0.025, 0.975), axis=0)
    gaps = charts.line(
        "The gap between them",
        "The gap, and the band within which 95 of 100 units lie that nothing happened to.",
        found.labels,
        [Series("gap", found.real.curve.tolist())],
        marks=[Mark(found.before, "start")],
        band=Band(low.tolist(), high.tolist()),
    )
    words = f"Before the start the gap is {number(found.real.fit)} on average (root mean square)."
    return Section("What happened", (words,), (lines, gaps))


def _placebos(found: Study) -> Section:
    placebos = found.placebos
    measure = "ratio of the gap after to before" if found.method is Method.SC else "size of the effect"
    rows = (
        ("Effect", estimate(found.effect)),
        ("p, from the spread of the placebo effects", p_value(found.effect.p)),
        (f"Share of runs as extreme ({measure})", percent(placebos.rank)),
        (
            "Gap before the start, and of a typical placebo",
            f"{number(found.real.fit)}; {number(np.median(placebos.fits))}",
        ),
        ("Ratio of the gap after to before", number(found.real.ratio)),
        ("Placebo runs", f"{len(placebos.effects):,}"),
    )
    return Section("How sure", (), (TableOf("Effect and placebo runs", ("What", "Value"), rows),))


def _weights(found: Study) -> Section:
    def table(title: str, first: str, names: tuple[str, ...], weights: list[float]) -> TableOf:
        pairs = sorted(zip(weights, names, strict=False), key=lambda each: (-each[0], each[1]))
        rows = tuple((name, percent(weight)) for weight, name in pairs if weight >= SHOWN)
        return TableOf(f"{title} ({len(rows)} of {len(pairs)} weigh 0.5 % or more)", (first, "Weight"), rows)

    parts = [table("Units", "Unit", found.controls, found.real.units.tolist())]
    if found.method is not Method.SC:
        parts.append(table("Times before", "Time", found.labels, found.real.times.tolist()))
    return Section("What the mixture is made of", (), tuple(parts))


def _method(found: Study, seed: int) -> Section:
    return Section(
        "How it was worked out",
        (
            f"By {NAMES[found.method]} on the outcome alone. Weights are not negative and sum to one.",
            "Synthetic control: Abadie, Diamond and Hainmueller 2010. Synthetic difference in differences: "
            "Arkhangelsky and others 2021, with their penalty. The error is the spread of the placebo effects around "
            "nought, t with one degree of freedom fewer than there are other units.",
            "Refused where the treated unit is followed before the start more than twice as badly as others typically "
            f"are. Draws, where there are any, with seed {seed}.",
        ),
        checks=True,
    )
