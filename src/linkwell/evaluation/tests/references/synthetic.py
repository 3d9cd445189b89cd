"""Makes synthetic.csv, a made-up panel, and synthetic.json, what the package synthdid-py makes of it.

synthdid-py (BSD licence) follows the published algorithm of Arkhangelsky and others 2021 and their R package, whose
published results it gives. It is no part of Linkwell: run this in an environment of its own with
`pip install synthdid-py==0.1.0`, as `python synthetic.py` in this folder.
"""

from __future__ import annotations

import csv
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
AREAS, TIMES, BEFORE, SEED = 39, 31, 19, 20260405
# As published they stop early and drop small weights; to the end they do neither.
TO_THE_END = {"sparsify": None, "max_iter": 1_000_000, "min_decrease": 1e-12}


def made_up() -> list[tuple[object, ...]]:
    """Areas that share three movements, each in its own measure; the first, of the others' kind, falls from time 20."""
    random = np.random.default_rng(SEED)
    shared = random.normal(size=(TIMES, 3)).cumsum(axis=0)
    values = 100 + random.normal(0, 8, (AREAS, 1)) + random.uniform(0, 4, (AREAS, 3)) @ shared.T
    values += random.normal(0, 2, (AREAS, TIMES))
    values[0, BEFORE:] -= 12
    return [
        (f"a{area:02}", time + 1, round(float(values[area, time]), 3)) for area in range(AREAS) for time in range(TIMES)
    ]


def worked_out(rows: list[tuple[object, ...]]) -> dict[str, Any]:
    others = import_module("synthdid")
    values = np.array([row[2] for row in rows], dtype=np.float64).reshape(AREAS, TIMES)
    # The treated one comes last there.
    given = (np.roll(values, -1, axis=0), AREAS - 1, BEFORE)
    return {
        "as_published": {"sc": float(others.sc_estimate(*given)), "sdid": float(others.synthdid_estimate(*given))},
        "to_the_end": {
            "sc": float(others.sc_estimate(*given, **TO_THE_END)),
            "sdid": float(others.synthdid_estimate(*given, **TO_THE_END)),
            "did": float(others.did_estimate(*given)),
        },
    }


if __name__ == "__main__":
    made = made_up()
    with (HERE / "synthetic.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("area", "time", "value"), *made])
    (HERE / "synthetic.json").write_text(json.dumps(worked_out(made), indent=1) + "\n")
