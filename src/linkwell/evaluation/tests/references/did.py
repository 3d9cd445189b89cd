"""Makes did.csv, a made-up panel, and did.json, what the package diff-diff makes of it.

diff-diff (MIT licence) is another implementation of Callaway and Sant'Anna. It is no part of Linkwell: run this in an
environment of its own with `pip install diff-diff==3.13.0`, as `python did.py` in this folder.
"""

from __future__ import annotations

import csv
import json
import math
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
UNITS, TIMES, SEED = 60, 6, 20260403


def made_up() -> list[tuple[object, ...]]:
    """Practices: a third never start, others at times 3, 4 or 6; an effect that grows; cohorts of unlike size."""
    random = np.random.default_rng(SEED)
    start = random.choice([0, 3, 4, 6], UNITS, p=[0.35, 0.2, 0.3, 0.15])
    level = random.normal(10, 2, UNITS)
    size = np.random.default_rng(SEED + 1).normal(size=UNITS) + 0.5 * (start > 0)
    rows: list[tuple[object, ...]] = []
    for unit in range(UNITS):
        for time in range(1, TIMES + 1):
            since = time - start[unit] + 1 if 0 < start[unit] <= time else 0
            value = level[unit] + 0.3 * time - 0.5 * since + random.normal(0, 1)
            rows.append(
                (f"p{unit:02}", time, round(float(value), 6), int(start[unit]) or "", round(float(size[unit]), 6))
            )
    return rows


def worked_out(control: str, given: tuple[str, ...] = ()) -> dict[str, Any]:
    pandas, others = import_module("pandas"), import_module("diff_diff")
    panel = pandas.read_csv(HERE / "did.csv")
    panel["cohort"] = panel["cohort"].fillna(0).astype(int)
    made = others.CallawaySantAnna(control_group=control, estimation_method="dr" if given else "reg", n_bootstrap=0)
    found = made.fit(panel, "outcome", "unit", "time", "cohort", covariates=list(given) or None, aggregate="all")
    cells = {
        f"{int(cohort)},{int(time)}": [cell["effect"], cell["se"]]
        for (cohort, time), cell in found.group_time_effects.items()
        if not math.isnan(cell["effect"])
    }
    return {
        "cells": cells,
        "simple": [found.overall_att, found.overall_se],
        "dynamic": {str(k): [v["effect"], v["se"]] for k, v in found.event_study_effects.items()},
        "group": {str(int(k)): [v["effect"], v["se"]] for k, v in found.group_effects.items()},
    }


if __name__ == "__main__":
    with (HERE / "did.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("unit", "time", "outcome", "cohort", "size"), *made_up()])
    numbers = {"never": worked_out("never_treated"), "notyet": worked_out("not_yet_treated")}
    numbers["given"] = worked_out("never_treated", ("size",))
    (HERE / "did.json").write_text(json.dumps(numbers, indent=1, default=float) + "\n")
