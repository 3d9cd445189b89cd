"""If these fail, somebody is told that people changed who did not, or the missing are forgotten."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from linkwell.evaluation.paired.change import Better, spread
from linkwell.evaluation.paired.drift import Reference, by_threshold
from linkwell.evaluation.tests.asking import ask, refused, written

HEADING = "person,day,score,sex"
COLUMNS = ("--person", "person", "--when", "day", "--score", "score")

Row = tuple[object, ...]


def pair(name: object, first: object, last: object, sex: str = "f") -> list[Row]:
    return [(name, "2026-01-05", first, sex), (name, "2026-04-05", last, sex)]


def some_pairs(count: int = 40, *, change: float = 1.0, seed: int = 4) -> list[Row]:
    random = np.random.default_rng(seed)
    firsts = random.integers(2, 8, count)
    moves = random.integers(-1, 2, count) + change
    return [
        row
        for at, (first, move) in enumerate(zip(firsts, moves, strict=True))
        for row in pair(at, first, first + move, "fm"[at % 2])
    ]


def test_people_who_never_came_back_do_not_make_a_change(tmp_path: Path) -> None:
    """Given people who did not change, and low scorers who left: averaging everybody would tell of a success."""
    stayed = [row for at in range(40) for row in pair(f"s{at}", 6, 6 + (-1) ** at)]
    left: list[Row] = [(f"l{at}", "2026-01-05", 1, "f") for at in range(40)]
    found = ask("paired", "--data", written(tmp_path, HEADING, stayed + left), *COLUMNS)
    assert found["change"]["value"] == 0
    assert found["change"]["low"] < 0 < found["change"]["high"]
    assert found["not_the_change"]["last_mean_minus_first_mean_of_everybody"] == 2.5
    assert found["missing"]["without_second_score"] == 40
    assert found["missing"]["compared"][0]["kept"] == 6
    assert found["missing"]["compared"][0]["lost"] == 1


def test_the_change_and_its_interval_are_those_of_two_other_implementations(tmp_path: Path) -> None:
    rows = some_pairs()
    found = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    first = np.array([float(str(row[2])) for row in rows[::2]])
    last = np.array([float(str(row[2])) for row in rows[1::2]])
    by_scipy = stats.ttest_rel(last, first)
    low, high = DescrStatsW(last - first).tconfint_mean()
    assert found["change"]["p"] == pytest.approx(by_scipy.pvalue, rel=1e-6)
    assert (found["change"]["low"], found["change"]["high"]) == pytest.approx((low, high), rel=1e-6)
    again = stats.bootstrap((last - first,), np.mean, method="percentile", rng=1, n_resamples=5000).confidence_interval
    assert (found["change_by_bootstrap"]["low"], found["change_by_bootstrap"]["high"]) == pytest.approx(again, abs=0.03)


def test_two_intervals_that_disagree_are_said_to(tmp_path: Path) -> None:
    """One person changed by twenty points: the mean's interval holds nought, the resampled one does not."""
    moves = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 20]
    rows = [row for at, move in enumerate(moves) for row in pair(at, at % 5, at % 5 + move)]
    found = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS, "--report", tmp_path)
    assert found["change"]["low"] < 0 < found["change_by_bootstrap"]["low"]
    assert "do not agree on whether there is a change" in (tmp_path / "report.html").read_text()


def test_first_and_last_are_by_time_and_not_by_row(tmp_path: Path) -> None:
    rows = some_pairs()
    middle = [(row[0], "2026-02-05", 99, row[3]) for row in rows[::2]]
    as_is = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    turned = ask("paired", "--data", written(tmp_path, HEADING, [*rows[::-1], *middle]), *COLUMNS)
    assert turned["change"] == as_is["change"]


def test_an_empty_score_is_missing_and_the_person_counted(tmp_path: Path) -> None:
    rows = [*some_pairs(), *pair("never", "", ""), *pair("once", 4, "")]
    missing = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS)["missing"]
    assert (missing["without_any_score"], missing["without_second_score"], missing["rows_without_score"]) == (1, 1, 3)


def test_the_same_person_twice_at_one_time_is_refused_with_its_rows(tmp_path: Path) -> None:
    rows = [*some_pairs(), (3, "2026-01-05", 5, "f")]
    said = refused("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    assert said.startswith("Rows 8 and 82 are the same person")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (some_pairs(5), "Only 5 people have two scores"),
        ([(at, "2026-01-05", at, "f") for at in range(40)], "Only 0 people have two scores"),
        ([row for at in range(20) for row in pair(at, at, at + 2)], "exactly the same"),
        ([*some_pairs(), ("x", "2026-01-05", "good", "f")], "“good” is not a number"),
        ([*some_pairs(), ("x", "2026-01-05", "inf", "f")], "not a finite number"),
        ([*some_pairs(), ("x", "5 January", 3, "f")], "not a date"),
        ([row for at in range(20) for row in pair(at, 5, 5)], "exactly the same"),
    ],
)
def test_what_will_not_carry_an_answer_is_refused(tmp_path: Path, rows: list[Row], reason: str) -> None:
    assert reason in refused("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS)


def test_enough_to_matter_counts_whoever_reaches_it_exactly() -> None:
    change = np.array([0.1 + 0.2, -0.3, 0.0, 0.29, 1.0])
    found = spread(change, Better.HIGHER, 0.3)
    assert (found.improved.count, found.unchanged.count, found.worse.count) == (2, 2, 1)
    turned = spread(change, Better.LOWER, 0.3)
    assert (turned.improved.count, turned.worse.count) == (1, 2)
    assert spread(change, Better.HIGHER, 0).unchanged.count == 1


@pytest.mark.parametrize(("better", "threshold"), [(Better.LOWER, 10.0), (Better.HIGHER, 4.0)])
def test_the_drift_of_those_who_came_when_worst_is_what_chance_alone_gives(better: Better, threshold: float) -> None:
    """Two scores of the same people, nothing done between: the formula says what is then seen."""
    random = np.random.default_rng(8)
    both = random.multivariate_normal([7, 7], [[9, 5.4], [5.4, 9]], 100_000)
    came = both[both[:, 0] >= threshold] if better is Better.LOWER else both[both[:, 0] <= threshold]
    seen = float(np.mean(came[:, 1] - came[:, 0]))
    assert by_threshold(Reference(7, 3), threshold, better, 0.6) == pytest.approx(seen, abs=0.05)


def test_a_change_that_is_only_drift_is_called_that(tmp_path: Path) -> None:
    random = np.random.default_rng(12)
    both = random.multivariate_normal([7, 7], [[9, 5.4], [5.4, 9]], 4000).round(2)
    came = both[both[:, 0] >= 10]
    rows = [row for at, (first, last) in enumerate(came) for row in pair(at, first, last)]
    path = written(tmp_path, HEADING, rows)
    given = ("--better", "lower", "--entry-threshold", 10, "--reference-mean", 7, "--reference-sd", 3)
    found = ask("paired", "--data", path, *COLUMNS, *given)
    drift = found["regression_to_the_mean"]
    assert found["change"]["high"] < -1
    assert drift["expected_change"] == pytest.approx(found["change"]["value"], abs=0.35)
    assert drift["expected_by_formula"] == pytest.approx(drift["expected_change"], abs=0.2)
    assert drift["change_beyond_it"]["low"] < 0 < drift["change_beyond_it"]["high"]
    assert drift["warning"] is True
    without = ask("paired", "--data", path, *COLUMNS, "--better", "lower", "--entry-threshold", 10)
    assert without["regression_to_the_mean"]["expected_change"] is None
    assert "everybody" in without["regression_to_the_mean"]["why_not_worked_out"]


def test_drift_is_held_against_the_change_of_those_who_came_when_worst(tmp_path: Path) -> None:
    """Half came for another reason, and stand in for where scores go back to."""
    random = np.random.default_rng(5)
    both = random.multivariate_normal([7, 7], [[9, 5.4], [5.4, 9]], 600).round(2)
    rows = [row for at, (first, last) in enumerate(both) for row in pair(at, first, last)]
    options = ("--better", "lower", "--entry-threshold", 9)
    found = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS, *options)
    drift = found["regression_to_the_mean"]
    assert drift["of_people"] == int((both[:, 0] >= 9).sum())
    assert drift["of_change"] < -1 < found["change"]["value"]
    assert drift["expected_change"] == pytest.approx(drift["of_change"], abs=0.5)


def test_groups_are_compared_with_p_values_made_right_for_how_many(tmp_path: Path) -> None:
    rows = some_pairs(60) + [row for at in range(100, 104) for row in pair(at, 3, 4, "x")]
    groups = ask("paired", "--data", written(tmp_path, HEADING, rows), *COLUMNS, "--group", "sex")["groups"]
    assert [(each["group"], each["n"], each["change"] is None) for each in groups] == [
        ("f", 30, False),
        ("m", 30, False),
        ("x", 4, True),
    ]
    assert groups[0]["p"] >= 0.05


def test_the_report_is_the_same_bytes_each_time_and_says_the_answer_first(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, some_pairs())
    for folder in ("one", "two"):
        ask("paired", "--data", path, *COLUMNS, "--report", tmp_path / folder)
    for name in ("report.html", "report.pdf"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "report.html").read_text()
    assert page.index("On average, people’s scores became better") < page.index("<h2>")
    assert "does not show that the support was the reason" in page
