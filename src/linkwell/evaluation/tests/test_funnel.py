"""If these fail, a group that is left out is not seen, or somebody in a small group is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.stats.contingency import relative_risk
from statsmodels.stats.multitest import multipletests

from linkwell.evaluation.shares import holm
from linkwell.evaluation.tests.asking import ask, refused, written

HEADING = "person,sex,offered,accepted,seen"
STEPS = ("--steps", "offered,accepted,seen")

Row = tuple[object, ...]


def people(sex: str, offered: int, accepted: int, seen: int, start: int) -> list[Row]:
    return [(start + at, sex, 1, int(at < accepted), int(at < seen) if at < accepted else 0) for at in range(offered)]


def two_groups() -> list[Row]:
    return people("f", 200, 150, 120, 0) + people("m", 160, 80, 60, 200)


def funnel(folder: Path, rows: list[Row], *options: object) -> Any:
    return ask("funnel", "--data", written(folder, HEADING, rows), "--group", "sex", *STEPS, *options)


def cells(found: Any, name: str) -> Any:
    return next(group["steps"] for group in found["groups"] if group["group"] == name)


def test_shares_and_ratios_are_those_of_other_implementations(tmp_path: Path) -> None:
    found = funnel(tmp_path, two_groups(), "--person", "person")
    accepted = cells(found, "m")[1]
    wilson = stats.binomtest(80, 160).proportion_ci(method="wilson")
    assert (accepted["reached"]["low"], accepted["reached"]["high"]) == pytest.approx(tuple(wilson), rel=1e-6)
    ratio = relative_risk(80, 160, 150, 200)
    interval = ratio.confidence_interval(0.95)
    assert accepted["ratio"]["value"] == pytest.approx(ratio.relative_risk, rel=1e-6)
    assert (accepted["ratio"]["low"], accepted["ratio"]["high"]) == pytest.approx(tuple(interval), rel=1e-6)
    raw = [stats.fisher_exact(table).pvalue for table in ([[80, 80], [150, 50]], [[60, 20], [120, 30]])]
    asked = [cell["ratio"]["p"] for cell in cells(found, "m")[1:]]
    assert asked == pytest.approx(holm(raw), rel=1e-6)


def test_the_one_who_is_compared_with_is_the_largest_or_the_one_asked_for(tmp_path: Path) -> None:
    assert next(g["group"] for g in funnel(tmp_path, two_groups())["groups"] if g["reference"]) == "f"
    asked = funnel(tmp_path, two_groups(), "--reference", "m")
    assert next(g["group"] for g in asked["groups"] if g["reference"]) == "m"


def test_what_nobody_wrote_down_is_not_a_no(tmp_path: Path) -> None:
    rows = [(*row[:4], "") if row[3] == 1 and row[0] in range(50) else row for row in two_groups()]
    seen = cells(funnel(tmp_path, rows), "f")[2]
    assert (seen["reached"]["of"], seen["not_known"]) == (100, 50)


def test_whose_group_is_not_known_is_left_out_of_nothing(tmp_path: Path) -> None:
    found = funnel(tmp_path, two_groups() + people("", 40, 20, 10, 900))
    assert cells(found, "not known")[0]["reached"]["count"] == 40


def test_no_difference_is_said_plainly(tmp_path: Path) -> None:
    rows = people("f", 200, 150, 120, 0) + people("m", 200, 148, 119, 200)
    funnel(tmp_path, rows, "--report", tmp_path)
    assert "No difference between groups can be seen" in (tmp_path / "report.html").read_text()
    funnel(tmp_path, two_groups(), "--report", tmp_path)
    assert "Of people with sex “m”, a smaller share reached “accepted”" in (tmp_path / "report.html").read_text()


@pytest.mark.fault("F28")
def test_a_small_cell_is_kept_back_whole_and_so_is_what_tells_of_it(tmp_path: Path) -> None:
    rows = two_groups() + people("x", 40, 35, 20, 500) + people("y", 90, 50, 30, 600) + people("z", 90, 60, 30, 800)
    found = funnel(tmp_path, rows, "--report", tmp_path)
    offered, accepted, seen = cells(found, "x")
    assert offered["reached"]["count"] == 40
    # Five of forty said no: the cell, and the next step which is out of it, are kept back.
    for cell in (accepted, seen):
        assert cell["kept_back"]
        assert (cell["reached"], cell["of_all"], cell["ratio"], cell["not_known"]) == (None, None, None, None)
    assert "kept back" in (tmp_path / "report.html").read_text()


@pytest.mark.fault("F29")
@pytest.mark.parametrize("seed", range(12))
def test_nothing_small_follows_by_subtraction(tmp_path: Path, seed: int) -> None:
    """Everybody less the groups that are shown, and a step less the next: none of it is a small number."""
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for name in "abcdef":
        offered = int(random.integers(8, 90))
        accepted = int(random.integers(0, offered + 1))
        rows += people(name, offered, accepted, int(random.integers(0, accepted + 1)), len(rows))
    found = funnel(tmp_path, rows)
    before: dict[str, tuple[int, ...]] = {"everybody": (), "groups": ()}
    for step, everybody in enumerate(found["everybody"]):
        shown = [group["steps"][step]["reached"] for group in found["groups"] if group["steps"][step]["reached"]]
        for each in shown:
            assert each["count"] not in range(1, 8)
            assert each["of"] - each["count"] not in range(1, 8)
        if everybody["reached"] and 0 < len(shown) < len(found["groups"]):
            assert len(found["groups"]) - len(shown) > 1
            left = everybody["reached"]["count"] - sum(each["count"] for each in shown)
            assert left not in range(1, 8)
            # Out of the same step, those of the groups add up to those of everybody.
            if before["everybody"] == before["groups"]:
                missed = everybody["reached"]["of"] - sum(each["of"] for each in shown) - left
                assert missed not in range(1, 8)
        before["everybody"] += (step,) if everybody["reached"] else ()
        before["groups"] += (step,) if shown else ()


def test_a_step_that_nearly_everybody_reaches_is_passed_over_and_later_ones_are_shown(tmp_path: Path) -> None:
    """By hand: three and four of the two groups were not accepted, and so not seen either."""
    rows = people("f", 100, 97, 60, 0) + people("m", 80, 76, 30, 200)
    found = funnel(tmp_path, rows, "--report", tmp_path)
    for name, reached in (("f", (60, 100)), ("m", (30, 80))):
        _, accepted, seen = cells(found, name)
        assert accepted["kept_back"]
        assert (seen["reached"]["count"], seen["reached"]["of"]) == reached
    assert '<th scope="col">Accepted</th>' not in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        (people("f", 200, 150, 120, 0), (), "one group only"),
        (people("f", 3, 2, 1, 0) + people("m", 3, 2, 1, 3), (), "Fewer than 8 people"),
        ([*two_groups(), (999, "f", 1, 0, 1)], (), "Row 362: “seen” is 1 though “accepted” is not"),
        ([*two_groups(), (999, "f", 1, 2, 0)], (), "a step is 1, 0 or, if not known, empty"),
        ([*two_groups(), (999, "f", 1, "yes", 0)], (), "“yes” is not a number"),
        ([*two_groups(), (3, "f", 1, 1, 0)], ("--person", "person"), "Rows 5 and 362 are the same person"),
        (two_groups(), ("--reference", "q"), "There is no group “q”"),
        (two_groups(), ("--steps", "offered"), "two steps or more"),
    ],
)
def test_what_will_not_carry_an_answer_is_refused(
    tmp_path: Path, rows: list[Row], options: tuple[str, ...], reason: str
) -> None:
    assert reason in refused("funnel", "--data", written(tmp_path, HEADING, rows), "--group", "sex", *STEPS, *options)


def test_many_questions_are_made_right_as_statsmodels_does() -> None:
    p = [0.5, 0.5, 0.001, 0.02, 0.0004, 1.0, 0.02, 0.3]
    assert holm(p) == pytest.approx(list(multipletests(p, method="holm")[1]))
    assert holm([]) == []
