"""If these fail, a mixture that does not follow a place is taken for it, or chance in one place is called an effect."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from linkwell.evaluation.panel import Flags
from linkwell.evaluation.synthetic.gap import Method
from linkwell.evaluation.synthetic.study import estimated
from linkwell.evaluation.synthetic.weights import closest
from linkwell.evaluation.table import Numbers
from linkwell.evaluation.tests.asking import ask, refused, written

FOLDER = Path(__file__).parent / "references"
COLUMNS = ("--unit", "area", "--time", "time", "--outcome", "value")
HEADING = "area,time,value"
METHODS = [each.value for each in Method]


def areas(*, count: int = 20, effect: float = 0.0, seed: int = 3) -> tuple[Numbers, Flags]:
    """Areas that share two movements in their own measure; the first is supported from time 12 of 18."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=(18, 2)).cumsum(axis=0)
    values = 20 + random.uniform(size=(count, 2)) @ shared.T + random.normal(size=(count, 18)) * 0.5
    values[0, 12:] += effect
    return values, np.arange(count) == 0


def rows_of(values: Numbers) -> list[tuple[object, ...]]:
    return [(f"a{unit}", time, value) for unit, line in enumerate(values) for time, value in enumerate(line)]


def asked(path: Path, *options: object) -> tuple[object, ...]:
    return ("synthetic", "--data", path, *COLUMNS, "--treated", "a0", "--start", 12, *options)


@pytest.mark.parametrize(("method", "tolerance"), [("sc", 2e-4), ("sdid", 2e-5), ("did", 1e-6)])
def test_effects_are_those_of_another_implementation(method: str, tolerance: float) -> None:
    """synthdid-py, told not to stop early; the tolerances are explained in references/synthetic.md."""
    theirs = json.loads((FOLDER / "synthetic.json").read_text())
    asked = ("--data", FOLDER / "synthetic.csv", *COLUMNS, "--treated", "a00", "--start", 20, "--method", method)
    ours = ask("synthetic", *asked)["effect"]["value"]
    assert ours == pytest.approx(theirs["to_the_end"][method], abs=tolerance)
    assert ours == pytest.approx(theirs["as_published"].get(method, ours), abs=0.06)


@pytest.mark.parametrize("penalty", [0.0, 0.01, 0.3, 5.0])
@pytest.mark.parametrize("level", [False, True])
def test_weights_are_those_of_a_general_optimiser(penalty: float, level: bool) -> None:
    random = np.random.default_rng(11)
    columns, target = random.normal(size=(15, 8)), random.normal(size=15) * 0.3

    def cost(weights: Numbers) -> float:
        off = columns @ weights - target
        return float(np.square(off - off.mean() * level).mean() + penalty * np.square(weights).sum())

    known = optimize.minimize(
        cost, np.full(8, 1 / 8), bounds=[(0, 1)] * 8, method="SLSQP", options={"ftol": 1e-15, "maxiter": 2000},
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
    )  # fmt: skip
    found = closest(columns, target, penalty=penalty, level=level)
    assert found.sum() == pytest.approx(1.0)
    assert found.min() >= 0
    assert cost(found) <= known.fun + 1e-9
    assert found == pytest.approx(known.x, abs=1e-4)


def test_both_ways_to_the_weights_meet() -> None:
    """Given more areas than times, the answer with next to no penalty is as good as that without one."""
    values, ours = areas(count=60)
    early, target = values[~ours, :12].T, values[0, :12]
    near, exact = closest(early, target, penalty=1e-6), closest(early, target)
    costs = [float(np.square(early @ weights - target).mean()) for weights in (near, exact)]
    assert costs[0] == pytest.approx(costs[1], abs=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_a_planted_effect_is_found(method: str) -> None:
    found = estimated(*areas(effect=4.0), 12, Method(method))
    assert found.effect.low < 4.0 < found.effect.high
    assert found.effect.low > 0
    assert found.placebos.rank == pytest.approx(1 / 20)


def test_each_other_unit_is_taken_for_treated_once_and_never_sees_the_treated_one() -> None:
    """Given a huge effect in the treated unit: no placebo effect is moved by it."""
    small, large = (estimated(*areas(effect=effect), 12, Method.SC) for effect in (0.0, 1000.0))
    assert len(large.placebos.effects) == 19
    assert large.placebos.effects == pytest.approx(small.placebos.effects)


def test_several_treated_units_are_compared_with_as_many(tmp_path: Path) -> None:
    values, _ = areas(effect=3.0)
    values[1, 12:] += 3.0
    path = written(tmp_path, HEADING, rows_of(values))
    told = ask(*asked(path, "--treated", "a1", "--method", "sdid", "--placebos", 150))
    assert told["placebos"]["runs"] == 150
    assert told["effect"]["low"] < 3.0 < told["effect"]["high"]
    assert told == ask(*asked(path, "--treated", "a1", "--method", "sdid", "--placebos", 150))


def test_a_report_shows_both_courses_and_the_placebo_runs(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, rows_of(areas(effect=0.1)[0]))
    ask(*asked(path, "--report", tmp_path))
    page = (tmp_path / "report.html").read_text()
    assert "No effect on value in a0 can be seen" in page
    assert "19 times with units that nothing happened to" in page


@pytest.mark.parametrize("method", METHODS)
def test_a_place_like_no_other_is_refused(tmp_path: Path, method: str) -> None:
    values, _ = areas()
    values[0] += 100 * np.sin(np.arange(18))
    path = written(tmp_path, HEADING, rows_of(values))
    assert "no mixture of the others follows" in refused(*asked(path, "--method", method))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [row for row in rows if row[0] != "a0"], "There is no unit “a0”"),
        (lambda rows: [row for row in rows if row[0] in ("a0", "a1", "a2")], "Only 2 other units"),
        (lambda rows: [row for row in rows if row[1] > 9], "Only 2 times before 12"),
        (lambda rows: [row for row in rows if row[1] < 12], "“12” is not among the times"),
        (lambda rows: [row for row in rows if row[1] != 5], "Fill the gap"),
        (lambda rows: [*rows, rows[0]], "more than one row"),
        (lambda rows: [(*row[:2], 7 if row[0] != "a0" else row[2]) for row in rows], "follows|never change"),
        (lambda rows: [(*rows[0][:2], "nan"), *rows[1:]], "is not a finite number"),
    ],
)
def test_what_cannot_be_judged_is_refused(tmp_path: Path, change: object, said: str) -> None:
    assert callable(change)
    path = written(tmp_path, HEADING, change(rows_of(areas()[0])))
    reason = refused(*asked(path))
    assert any(each in reason for each in said.split("|"))
