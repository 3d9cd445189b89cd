"""If these fail, a rate is said to have changed that did not, or the change is given with the wrong certainty."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linkwell.evaluation.its.freedom import worth_of
from linkwell.evaluation.its.memory import Memory, covariance_with, memory_of
from linkwell.evaluation.tests.asking import ask, refused, written

REFERENCES = Path(__file__).parent / "references"
COLUMNS = ("--time", "month", "--outcome", "visits", "--intervention", "on")
HEADING = "month,visits,on"

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    numbers = json.loads((REFERENCES / "its.json").read_text())
    assert isinstance(numbers, dict)
    return numbers


def reference(*options: object) -> Any:
    return ask("its", "--data", REFERENCES / "its.csv", *COLUMNS, "--offset", "people", "--harmonics", 2, *options)


def months(visits: Sequence[object], begins: int) -> list[Row]:
    return [(f"{2020 + at // 12}-{at % 12 + 1:02}", value, int(at >= begins)) for at, value in enumerate(visits)]


def counts(size: int = 48, *, begins: int = 24, effect: float = 0.0, seed: int = 2) -> list[Row]:
    random = np.random.default_rng(seed)
    rates = 100 * np.exp(effect * (np.arange(size) >= begins))
    return months([int(each) for each in random.poisson(rates)], begins)


@pytest.mark.parametrize(
    ("family", "coefficients", "errors", "closeness"),
    [
        ("poisson", "coefficients", "poisson_errors", 1e-6),
        ("quasi", "coefficients", "quasi_errors", 1e-6),
        ("negbin", "negbin_coefficients", "negbin_errors", 1e-4),
    ],
)
def test_coefficients_and_errors_are_those_worked_out_from_the_formulae(
    known: dict[str, Any], family: str, coefficients: str, errors: str, closeness: float
) -> None:
    found = reference("--family", family)
    names = ["start", "slope", "level_change", "slope_change", "sine_1", "cosine_1", "sine_2", "cosine_2"]
    ours = [found["coefficients"][name] for name in names]
    assert ours == pytest.approx(known[coefficients], rel=closeness, abs=closeness)
    assert [found["errors"]["family"][name] for name in names] == pytest.approx(known[errors], rel=closeness)
    if family == "negbin":
        assert found["negative_binomial_alpha"] == pytest.approx(known["negbin_alpha"], rel=1e-3)
    else:
        newey = [found["errors"]["newey_west"][name] for name in names]
        assert newey == pytest.approx(known["newey_west_errors"], rel=1e-6)
        assert found["dispersion"] == pytest.approx(known["dispersion"], rel=1e-6)


def test_the_planted_fall_is_within_the_interval_and_said_as_a_ratio() -> None:
    found = reference()
    assert found["level_change"]["low"] < np.exp(-0.22) < found["level_change"]["high"] < 1
    assert found["level_change"]["value"] == pytest.approx(np.exp(found["coefficients"]["level_change"]))
    assert found["overall"]["high"] < 1
    with (REFERENCES / "its.csv").open() as file:
        after = sum(int(row["visits"]) for row in csv.DictReader(file) if row["on"] == "1")
    more = sum(found["fitted"][36:]) - sum(found["counterfactual"][36:])
    assert found["events_more_or_fewer"]["value"] == pytest.approx(more, rel=1e-6)
    assert sum(found["fitted"][36:]) == pytest.approx(after, rel=1e-6)


def test_nothing_is_called_an_effect_when_nothing_happened(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    found = ask("its", "--data", written(tmp_path, HEADING, counts()), *COLUMNS, "--report", folder)
    assert found["overall"]["low"] < 1 < found["overall"]["high"]
    page = (folder / "report.html").read_text()
    assert "No effect can be seen: visits went on about as before" in page
    assert page.count("<svg") == 2


def test_harm_is_said_in_the_same_words_and_place_as_help(tmp_path: Path) -> None:
    for effect, word in ((0.4, "rose"), (-0.4, "fell")):
        ask("its", "--data", written(tmp_path, HEADING, counts(effect=effect)), *COLUMNS, "--report", tmp_path)
        page = (tmp_path / "report.html").read_text()
        assert f'<p class="answer">After it began, visits {word} by' in page


def test_a_series_that_remembers_gets_wider_intervals(tmp_path: Path) -> None:
    random = np.random.default_rng(6)
    slow = np.zeros(96)
    for at in range(1, 96):
        slow[at] = 0.85 * slow[at - 1] + random.normal(0, 0.08)
    rows = months([int(each) for each in random.poisson(100 * np.exp(slow))], 48)
    found = ask("its", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    assert found["errors"]["largest_used_of"] == ["family", "first_order_memory", "newey_west"]
    assert found["level_change"]["error"] > 1.3 * found["errors"]["family"]["level_change"]
    assert found["autocorrelation"]["first_implied"] > found["autocorrelation"]["first"]


def test_an_error_of_a_series_that_remembers_is_worth_as_few_values_as_it_varies() -> None:
    random, steps, level = np.random.default_rng(7), np.arange(60), np.array([0, 0, 1.0, 0])
    columns = np.stack([np.ones(60), steps / 60, steps >= 36, np.sin(steps)], axis=1)
    left_over = np.eye(60) - columns @ np.linalg.pinv(columns)
    errors = []
    for _ in range(800):
        noise = random.normal(size=60)
        for at in range(1, 60):
            noise[at] += 0.4 * noise[at - 1]
        residuals = left_over @ noise
        memory = memory_of(residuals, columns).implied
        errors.append(level @ covariance_with(memory, residuals, columns) @ level)
    known = worth_of(Memory(1.0, 10, 2.0, 0.4, 0.4), columns)
    assert known.freedom(level) == pytest.approx(2 / np.var(np.log(errors)), rel=0.2)
    without = worth_of(Memory(1.0, 10, 2.0, 0.0, 0.0), columns)
    assert known.freedom(level) < without.freedom(level) < 56


def test_poisson_counts_that_are_not_poisson_are_warned_of() -> None:
    assert "the intervals are too narrow" in reference("--family", "poisson")["warnings"][0]


def test_rows_may_come_in_any_order(tmp_path: Path) -> None:
    rows = counts()
    one = ask("its", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    other = ask("its", "--data", written(tmp_path, HEADING, rows[::-1]), *COLUMNS)
    assert (one["level_change"], one["overall"]) == (other["level_change"], other["overall"])


def with_cell(row: int, place: int, cell: object) -> list[Row]:
    rows = [list(each) for each in counts()]
    rows[row][place] = cell
    return [tuple(each) for each in rows]


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        (counts()[:10] + counts()[11:], (), "After 2020-10 comes 2020-12"),
        ([*counts(), counts()[3]], (), "Rows 5 and 50 are both of 2020-04"),
        (counts(20, begins=5), (), "5 values before and 15 after"),
        (counts(20, begins=15), (), "15 values before and 5 after"),
        (months([7] * 48, 24), (), "the same value throughout"),
        (months([2**at for at in range(24)], 12), (), "exactly"),
        (months([5, 6] * 12 + [0] * 24, 24), (), "Every value after is nought"),
        (counts(begins=48), (), "throughout"),
        (with_cell(30, 2, 0), (), "goes back to 0 at 2022-07"),
        (with_cell(30, 2, 2), (), "holds other values"),
        (with_cell(4, 1, -3), (), "Row 6, column “visits”: the cell is below nought"),
        (with_cell(4, 1, 3.5), ("--family", "poisson"), "not a whole number"),
        (with_cell(4, 1, "inf"), (), "not a finite number"),
        (with_cell(4, 1, "few"), (), "“few” is not a number"),
        (with_cell(4, 1, ""), (), "is empty"),
        (counts(20, begins=10), ("--harmonics", 2), "less than 2 years"),
        (counts(), ("--harmonics", 6), "too many"),
        (counts(), ("--offset", "on"), "not above nought"),
        (counts(), ("--offset", "beds"), "There is no column “beds”"),
    ],
)
def test_what_will_not_carry_an_answer_is_refused(
    tmp_path: Path, rows: list[Row], options: tuple[object, ...], reason: str
) -> None:
    assert reason in refused("its", "--data", written(tmp_path, HEADING, rows), *COLUMNS, *options)
