"""Makes synthetic.json: what the published algorithm makes of Proposition 99, worked out step by step.

The published numbers come from Frank and Wolfe's method, stopped early and thinned out (Arkhangelsky and others 2021,
section 2 and their package synthdid). Ours are the exact optimum, so they may differ in the second digit after the
point; this shows that the difference comes from stopping. Run it as
`python -m linkwell.evaluation.tests.references.synthetic`.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
BEFORE = 19
Numbers = NDArray[np.float64]


def panel() -> tuple[Numbers, Numbers]:
    """California, and the 38 other states by years."""
    packs: dict[str, dict[int, float]] = defaultdict(dict)
    with (HERE / "prop99.csv").open() as file:
        for row in csv.DictReader(file):
            packs[row["state"]][int(row["year"])] = float(row["packs"])
    rows = {state: [years[year] for year in sorted(years)] for state, years in packs.items()}
    return np.array(rows.pop("California")), np.array(list(rows.values()))


def stepped(
    columns: Numbers, target: Numbers, zeta: float, least: float, start: Numbers | None = None, most: int = 100
) -> Numbers:
    """Towards the one column that helps most, as far as helps, until a step gains less than `least` squared."""
    count, size = len(target), columns.shape[1]
    weights = np.full(size, 1 / size) if start is None else start
    cost = np.inf
    for step in range(most):
        slope = columns.T @ (columns @ weights - target) + count * zeta**2 * weights
        towards = np.eye(size)[slope.argmin()] - weights
        bend = np.square(columns @ towards).sum() + count * zeta**2 * np.square(towards).sum()
        weights = weights + (min(1.0, max(0.0, -float(slope @ towards) / bend)) if bend else 0.0) * towards
        before, cost = cost, zeta**2 * np.square(weights).sum() + np.square(columns @ weights - target).mean()
        if step > 0 and before - cost <= least**2:
            break
    return weights


def thinned(columns: Numbers, target: Numbers, zeta: float, least: float, *, level: bool) -> Numbers:
    """A hundred steps, small weights to nought, and on from there."""
    if level:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    first = stepped(columns, target, zeta, least)
    kept = np.where(first <= first.max() / 4, 0.0, first)
    return stepped(columns, target, zeta, least, kept / kept.sum(), 10_000)


def worked_out() -> dict[str, float]:
    treated, controls = panel()
    early, after = controls[:, :BEFORE], controls.shape[1] - BEFORE
    noise = float(np.diff(early, axis=1).std(ddof=1))
    least = 1e-5 * noise
    gap = treated[BEFORE:].mean() - controls[:, BEFORE:].mean(axis=1)
    simple = thinned(early.T, treated[:BEFORE], 1e-6 * noise, least, level=False)
    units = thinned(early.T, treated[:BEFORE], after**0.25 * noise, least, level=True)
    times = thinned(early, controls[:, BEFORE:].mean(axis=1), 1e-6 * noise, least, level=True)
    return {
        "sc": float(simple @ gap),
        "sdid": float(units @ gap - times @ (treated[:BEFORE] - units @ early)),
        "did": float(gap.mean() - (treated[:BEFORE].mean() - early.mean())),
    }


if __name__ == "__main__":
    (HERE / "synthetic.json").write_text(json.dumps(worked_out(), indent=1) + "\n")
