"""Makes matching.csv: made-up people, some supported. matching.R works them out and writes matching.json.

Run `python -m linkwell.evaluation.tests.references.matching`, then `Rscript matching.R` in this folder.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PEOPLE, SEED = 400, 20260402
HEADING = ("d", "age", "visits", "deprivation", "sex", "score", "better", "events", "years")


def made_up() -> list[tuple[object, ...]]:
    random = np.random.default_rng(SEED)
    age, visits, deprivation = random.normal(60, 12, PEOPLE), random.gamma(2, 2, PEOPLE), random.normal(0, 1, PEOPLE)
    sex = random.choice(["f", "m"], PEOPLE)
    pull = -1.6 + 0.03 * (age - 60) + 0.2 * (visits - 4) + 0.3 * deprivation
    d = random.random(PEOPLE) < 1 / (1 + np.exp(-pull))
    score = 20 + 0.1 * age - visits + 2 * d + random.normal(0, 3, PEOPLE)
    better = random.random(PEOPLE) < 1 / (1 + np.exp(-(0.2 - 0.1 * visits + 0.8 * d)))
    years = random.uniform(0.3, 1.0, PEOPLE)
    events = random.poisson(years * np.exp(0.1 * visits - 0.3 * d))
    columns = (age.round(6), visits.round(6), deprivation.round(6), sex, score.round(6))
    return list(zip(d.astype(int), *columns, better.astype(int), events, years.round(6), strict=True))


if __name__ == "__main__":
    with (HERE / "matching.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADING, *made_up()])
