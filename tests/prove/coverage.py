"""Evaluations made up by chance, with an effect planted or none: how often the interval holds what was planted.

Each design makes data as they come in the field (scores rounded to whole points, counts that spread more than
Poisson's, quarters that remember the last, people chosen by what they were like, areas that share movements) and asks
the estimators as the commands do. A refusal is no answer: it is counted, and left out of the shares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import stats

from linkwell.evaluation.did.cohorts import Control, Started
from linkwell.evaluation.did.study import estimated as differences
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.its.model import Family, fit, totals
from linkwell.evaluation.its.series import Columns, Series, series_of
from linkwell.evaluation.its.study import study as series_study
from linkwell.evaluation.matching.effect import Effect, within_pairs
from linkwell.evaluation.matching.outcome import Asked, read_outcome
from linkwell.evaluation.matching.robust import doubly_robust
from linkwell.evaluation.matching.study import Design, match
from linkwell.evaluation.paired.change import by_resampling, mean_change
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.synthetic.gap import Method
from linkwell.evaluation.synthetic.study import estimated as mixture
from linkwell.evaluation.table import Table

Random = np.random.Generator
Ints = npt.NDArray[np.int64]
# What was estimated, by name, and the true value of each.
Told = dict[str, tuple[Estimate, float]]
NOMINAL = 0.95


@dataclass
class Tally:
    """Of one estimate: evaluations that answered, intervals that held the truth, and zeros called an effect."""

    answered: int = 0
    held: int = 0
    zeros: int = 0
    called: int = 0

    @property
    def coverage(self) -> float:
        return self.held / self.answered

    @property
    def false(self) -> float:
        return self.called / self.zeros


@dataclass
class Result:
    """Of one design: a tally for each estimate, and how many evaluations were refused."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    refused: int = 0


def simulate(design: Callable[[Random, float], Told], effect: float, rounds: int, seed: int) -> Result:
    """So many evaluations with the effect, and as many with none."""
    result = Result()
    for number in range(rounds):
        for planted in (effect, 0.0):
            try:
                told = design(np.random.default_rng((seed, number, int(planted != 0))), planted)
            except Refused:
                result.refused += 1
                continue
            for name, (estimate, truth) in told.items():
                _count(result.tallies[name], estimate, truth, planted)
    return result


def _count(tally: Tally, estimate: Estimate, truth: float, planted: float) -> None:
    inside = estimate.low <= truth <= estimate.high
    if planted:
        tally.answered += 1
        tally.held += inside
    else:
        tally.zeros += 1
        tally.called += not inside


def too_few(held: float, rounds: int) -> bool:
    """Whether coverage is below nominal by more than chance makes of so many rounds (one-sided 0.1 %)."""
    return held < NOMINAL - float(stats.norm.isf(0.001)) * sqrt(NOMINAL * (1 - NOMINAL) / rounds)


def paired(random: Random, effect: float) -> Told:
    """Eighty people's wellbeing of 0 to 10 in whole points, lower ones likelier to have come."""
    usual = random.normal(5.5, 1.5, 80)
    first, last = (np.round(usual + random.normal(0, 1, 80)) for _ in range(2))
    moved = last + np.round(random.random(80) * effect * 2) - first
    return {
        "mean change (t)": (mean_change(moved), effect),
        "mean change (bootstrap)": (by_resampling(moved, 1), effect),
    }


def series(random: Random, effect: float) -> Told:
    """Five years of months out of a growing population, with seasons and more spread than Poisson's."""
    steps = np.arange(60)
    people = 10_000 + 20 * steps
    on = steps >= 36
    rate = 0.03 * np.exp(0.003 * steps + effect * on + 0.1 * np.sin(2 * np.pi * steps / 12))
    visits = random.poisson(people * rate * random.gamma(60, 1 / 60, 60))
    read = _series(visits, people, on)
    quasi = series_study(read, Family.QUASI)
    told = {"level (quasi)": quasi.level, "whole time (quasi)": quasi.overall}
    told |= {"whole time (negbin)": totals(fit(read, Family.NEGBIN))[0]}
    return {name: (_logarithm(each), effect) for name, each in told.items()}


def remembering(random: Random, effect: float) -> Told:
    """Five years of months in which a bad month is followed by another: neighbours are alike by 0.4."""
    steps, noise = np.arange(60), np.zeros(60)
    noise[0] = random.normal(0, 0.08 / np.sqrt(1 - 0.4**2))
    for at in steps[1:]:
        noise[at] = 0.4 * noise[at - 1] + random.normal(0, 0.08)
    on = steps >= 36
    rate = 0.015 * np.exp(0.002 * steps + effect * on + 0.1 * np.sin(2 * np.pi * steps / 12) + noise)
    people = np.full(60, 10_000)
    quasi = series_study(_series(random.poisson(people * rate), people, on), Family.QUASI)
    told = {"level (quasi)": quasi.level, "whole time (quasi)": quasi.overall}
    return {name: (_logarithm(each), effect) for name, each in told.items()}


def _series(visits: Ints, people: Ints, on: npt.NDArray[np.bool_]) -> Series:
    months = [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(len(visits))]
    table = Table(pa.table({"month": months, "visits": visits, "on": on.astype(int), "people": people}))
    return series_of(table, Columns("month", "visits", "on", "people"), harmonics=1)


def _logarithm(ratio: Estimate) -> Estimate:
    value, low, high = np.log([ratio.value, ratio.low, ratio.high]).tolist()
    return Estimate(value, low, high, ratio.n)


def matched(random: Random, effect: float) -> Told:
    """A thousand people, a fifth supported, more often those who had more visits; three kinds of outcome."""
    size = 1000
    age, visits, poor = random.normal(size=size), random.gamma(2, 0.7, size) - 1.4, random.random(size) < 0.3
    treated = random.random(size) < 1 / (1 + np.exp(1.8 - 0.3 * age - 0.5 * visits - 0.4 * poor))
    score = np.round(20 + age - visits - poor + 5 * effect * treated + random.normal(0, 3, size))
    years = random.uniform(0.4, 1.0, size)
    events = random.poisson(years * np.exp(0.3 * visits + effect * treated))
    table = Table(pa.table({"d": treated.astype(int), "age": age, "visits": visits, "poor": poor.astype(int),
                            "score": score, "events": events, "years": years}))  # fmt: skip
    told: Told = {}
    for again in (False, True):
        found = match(table, Design("d", ("age", "visits", "poor"), replace=again))
        for name, asked, truth in (("score", Asked("score"), 5 * effect), ("rate", Asked("events", "years"), effect)):
            outcome = read_outcome(table, asked)
            words = f"{name}, pairs{' with replacement' if again else ''}"
            told[words] = (_of(within_pairs(outcome, found.given, found.pairs)), truth)
            if not again:
                robust = doubly_robust(outcome, found.given, found.treated, found.fitted)
                told[f"{name}, doubly robust"] = (_of(robust.effect), truth)
    return told


def _of(effect: Effect) -> Estimate:
    main, null = effect.main
    return _logarithm(main) if null else main


def yes_or_no(random: Random, effect: float) -> Told:
    """The same with an outcome of yes or no, whose chance being supported raises by the same for everybody."""
    size = 1000
    age, visits = random.normal(size=size), random.normal(size=size)
    treated = random.random(size) < 1 / (1 + np.exp(1.6 - 0.4 * age - 0.4 * visits))
    chance = 0.4 + 0.05 * np.tanh(age) + 0.05 * np.tanh(visits) + effect * treated
    better = random.random(size) < chance
    table = Table(pa.table({"d": treated.astype(int), "age": age, "visits": visits, "better": better.astype(int)}))
    found = match(table, Design("d", ("age", "visits")))
    outcome = read_outcome(table, Asked("better"))
    robust = doubly_robust(outcome, found.given, found.treated, found.fitted)
    return {
        "share, pairs": (_of(within_pairs(outcome, found.given, found.pairs)), effect),
        "share, doubly robust": (_of(robust.effect), effect),
    }


def staggered(random: Random, effect: float) -> Told:
    """Fifty practices over eight quarters that remember the one before; a third never start, others in two quarters."""
    start = random.permutation(np.repeat([8, 3, 5], [18, 16, 16]))
    moves = random.normal(size=(50, 8))
    for quarter in range(1, 8):
        moves[:, quarter] = 0.4 * moves[:, quarter - 1] + random.normal(size=50)
    on = np.arange(8)[None, :] >= start[:, None]
    values = random.normal(0, 2, (50, 1)) + 0.2 * np.arange(8) + moves + effect * on
    labels = tuple(str(quarter) for quarter in range(8))
    told: Told = {}
    for control in Control:
        found = differences(Started(values, start, labels, 0), control, draws=200)
        told[f"by cohort, {control}"] = (found.cohorts.overall, effect)
        told[f"simple, {control}"] = (found.simple, effect)
        told[f"by time since, {control}"] = (found.events.overall, effect)
    return told


def one_area(random: Random, effect: float) -> Told:
    """Thirty areas over 30 months that share two movements, each in its own measure; one supported from month 20."""
    shared = random.normal(size=(30, 2)).cumsum(axis=0) * 0.3
    values = (
        10 + random.normal(size=(30, 1)) + random.uniform(size=(30, 2)) @ shared.T + random.normal(0, 0.5, (30, 30))
    )
    values[0, 20:] += effect
    ours = np.arange(30) == 0
    return {str(method): (mixture(values, ours, 20, method).effect, effect) for method in Method}


# The effect is about two standard errors, so that neither everything nor nothing is found.
DESIGNS: dict[str, tuple[Callable[[Random, float], Told], float]] = {
    "paired": (paired, 0.5),
    "its": (series, -0.15),
    "its, neighbours alike": (remembering, -0.15),
    "match": (matched, 0.15),
    "match, yes or no": (yes_or_no, 0.1),
    "did": (staggered, 0.5),
    "synthetic": (one_area, 0.6),
}


def in_words(result: Result) -> str:
    shares = [
        f"{name}: {100 * tally.coverage:.1f} % held, {100 * tally.false:.1f} % of zeros called an effect"
        for name, tally in result.tallies.items()
    ]
    return "; ".join([*shares, f"{result.refused} refused"])


def wrong(result: Result) -> list[str]:
    """Estimates whose intervals hold the truth less often than they claim, by more than chance explains."""
    return [
        name
        for name, tally in result.tallies.items()
        if too_few(tally.coverage, tally.answered) or too_few(1 - tally.false, tally.zeros)
    ]
