"""Matching at the size of a city, and placebo runs: `python -m tests.bench.matching [--controls N] [--treated N]`.

Writes docs/reference/matching.md. Beside ours stands matching as one would plainly write it: a regression by a general
optimiser and a tree of the controls in which each treated person looks for the nearest that is free.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from scipy.optimize import minimize
from scipy.spatial import cKDTree

from linkwell.evaluation.matching import propensity
from linkwell.evaluation.matching.balance import balances, worst
from linkwell.evaluation.matching.covariates import Covariates, Flags, covariates
from linkwell.evaluation.matching.pairing import Pairs, pair
from linkwell.evaluation.synthetic.gap import Method
from linkwell.evaluation.synthetic.study import estimated
from linkwell.evaluation.table import Numbers

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "matching.md"
COVARIATES, CALIPER, RUNS = 20, 0.2, 1000
Made = TypeVar("Made")


@dataclass
class Way:
    """Seconds of each step, of the processors for all of it; pairs found; the largest standardised difference."""

    fitting: float
    pairing: float
    judging: float
    processors: float
    pairs: int
    apart: float

    @property
    def total(self) -> float:
        return self.fitting + self.pairing + self.judging


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--controls", type=int, default=1_000_000)
    asked.add_argument("--treated", type=int, default=10_000)
    given = asked.parse_args()
    values, treated = people(given.controls, given.treated)
    # The first of two runs warms up; the second counts.
    ours = [by_us(values, treated) for _ in range(2)][-1]
    plain = plainly(values, treated)
    placebos = {method: placebo_runs(method) for method in (Method.SC, Method.SDID)}
    PAGE.write_text(report(given.controls, given.treated, ours, plain, placebos))
    sys.stdout.write(PAGE.read_text())


def people(controls: int, treated: int) -> tuple[Numbers, Flags]:
    """Twenty covariates, a quarter of them yes or no; the treated drawn without replacement by their odds."""
    random = np.random.default_rng(1)
    values = random.normal(size=(controls + treated, COVARIATES))
    values[:, 15:] = values[:, 15:] > 0.5
    drawn = values @ np.linspace(-0.4, 0.4, COVARIATES) + random.gumbel(size=len(values))
    chosen = np.zeros(len(values), dtype=np.bool_)
    chosen[np.argpartition(-drawn, treated)[:treated]] = True
    return values, chosen


def by_us(values: Numbers, treated: Flags) -> Way:
    names = tuple(f"x{place}" for place in range(COVARIATES))
    begun = time.process_time()
    (given, fitted), fitting = timed(lambda: _fit(names, values, treated))
    pairs, pairing = timed(lambda: pair(fitted.logit, treated, caliper=CALIPER))
    found, judging = timed(lambda: balances(given, treated, pairs))
    return Way(fitting, pairing, judging, time.process_time() - begun, len(pairs), abs(worst(found).difference_after))


def _fit(names: tuple[str, ...], values: Numbers, treated: Flags) -> tuple[Covariates, propensity.Propensity]:
    given = covariates(names, values)
    return given, propensity.fit(given, treated)


def plainly(values: Numbers, treated: Flags) -> Way:
    given = covariates(tuple(f"x{place}" for place in range(COVARIATES)), values)
    begun = time.process_time()
    logit, fitting = timed(lambda: _logit_by_optimiser(values, treated))
    pairs, pairing = timed(lambda: _nearest_in_a_tree(logit, treated))
    found, judging = timed(lambda: balances(given, treated, pairs))
    return Way(fitting, pairing, judging, time.process_time() - begun, len(pairs), abs(worst(found).difference_after))


def _logit_by_optimiser(values: Numbers, treated: Flags) -> Numbers:
    design = np.column_stack([np.ones(len(values)), values])
    outcome = treated.astype(np.float64)

    def cost(coefficients: Numbers) -> tuple[float, Numbers]:
        logit = design @ coefficients
        chance = 1 / (1 + np.exp(-logit))
        return float(np.logaddexp(0, logit).sum() - outcome @ logit), design.T @ (chance - outcome)

    found = minimize(cost, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    logit: Numbers = design @ found.x
    return logit


def _nearest_in_a_tree(logit: Numbers, treated: Flags) -> Pairs:
    """The hardest to match first, each the nearest control that nobody has; more are asked for while all are taken."""
    width = CALIPER * float(np.sqrt((logit[treated].var(ddof=1) + logit[~treated].var(ddof=1)) / 2))
    others = np.flatnonzero(~treated)
    tree = cKDTree(logit[others][:, None])
    taken = np.zeros(len(others), dtype=np.bool_)
    ours, partners = [], []
    for row in sorted(np.flatnonzero(treated), key=lambda row: -logit[row]):
        free, near = np.array([], dtype=np.intp), 8
        while not len(free) and near <= 2 * len(others):
            far, places = tree.query([logit[row]], k=min(near, len(others)), distance_upper_bound=width)
            free = places[np.isfinite(far)]
            free, near = free[~taken[free]], near * 4 if len(free) == near else 4 * len(others)
        if len(free):
            taken[free[0]] = True
            ours.append(row)
            partners.append(others[free[0]])
    return Pairs(np.array(ours), np.array(partners), np.setdiff1d(np.flatnonzero(treated), ours), width)


def placebo_runs(method: Method) -> float:
    """Seconds of a study of one area beside 1,000 others over 36 months: one run for each of them."""
    random = np.random.default_rng(1)
    shared = random.normal(size=(36, 3)).cumsum(axis=0) * 0.3
    values = 10 + random.uniform(size=(RUNS + 1, 3)) @ shared.T + random.normal(0, 0.5, (RUNS + 1, 36))
    found, seconds = timed(lambda: estimated(values, np.arange(RUNS + 1) == 0, 24, method, most=RUNS))
    assert len(found.placebos.effects) == RUNS
    return seconds


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    begun = time.perf_counter()
    made = work()
    return made, time.perf_counter() - begun


def report(controls: int, treated: int, ours: Way, plain: Way, placebos: dict[Method, float]) -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    runs = [f"| {method} | {seconds:.1f} |" for method, seconds in placebos.items()]
    return "\n".join([
        "# Matching and placebo runs: how long they take", "",
        "Written by `python -m tests.bench.matching`.", "",
        f"{treated:,} treated people against {controls:,} controls, {COVARIATES} covariates, one to one without "
        f"replacement within {CALIPER} standard deviations of the logit. Plainly written: a logistic regression by "
        "L-BFGS, and a tree of the controls asked for each person in turn. Apart: the largest standardised difference "
        "of a covariate after matching. Seconds:", "",
        "| way | propensity | pairs | balance | all | processor time | pairs found | apart |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        _row("Linkwell", ours), _row("plainly written", plain), "",
        f"All of it takes {ours.total:.1f} seconds (aim: under 6); plainly written, "
        f"{plain.total / ours.total:.1f} times as long. Where others use the machine too, processor time is nearer to "
        "what it takes alone.", "",
        f"A study of one area beside {RUNS:,} others over 36 months, {RUNS:,} placebo runs (aim: under 60 s):", "",
        "| method | seconds |", "|---|---:|", *runs, "",
        f"Commit {commit}, {platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.", "",
    ])  # fmt: skip


def _row(name: str, way: Way) -> str:
    seconds = " | ".join(f"{each:.2f}" for each in (way.fitting, way.pairing, way.judging, way.total, way.processors))
    return f"| {name} | {seconds} | {way.pairs:,} | {way.apart:.4f} |"


if __name__ == "__main__":
    main()
