"""If these fail, a board reads chance as success, or misses that something changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.spc.rules import SHIFT, TREND, Limits, limits_of, signs_of
from linkwell.evaluation.table import Numbers
from linkwell.evaluation.tests.asking import ask, refused, written

REFERENCES = Path(__file__).parent / "references"
COLUMNS = ("--date", "month", "--value", "waits")


def months(values: Sequence[object], start: int = 0) -> list[tuple[object, ...]]:
    return [(f"{2023 + (start + at) // 12}-{(start + at) % 12 + 1:02}-01", value) for at, value in enumerate(values)]


def steady(count: int = 24, seed: int = 3) -> list[float]:
    return [round(float(value), 1) for value in np.random.default_rng(seed).normal(50, 4, count)]


def chart(folder: Path, values: Sequence[object], *options: object) -> dict[str, object]:
    found = ask("spc", "--data", written(folder, "month,waits", months(values)), *COLUMNS, *options)
    assert isinstance(found, dict)
    return found


def test_limits_are_those_of_the_package_that_nhs_analysts_use() -> None:
    known = json.loads((REFERENCES / "xmr.json").read_text())
    found = limits_of(np.array(known["values"]))
    ours = (found.mean, found.lower, found.upper)
    assert ours == pytest.approx((known["mean"], known["lower"], known["upper"]), abs=known["tolerance"])


def test_an_outlying_moving_range_does_not_widen_the_limits() -> None:
    values = np.array([*steady(), 200.0, *steady(12, 4)])
    found = limits_of(values)
    assert found.left_out == 2
    assert found.upper - found.mean < 25


def by_hand(values: Numbers, limits: Limits) -> list[set[str]]:
    """The rules by their words, one window at a time."""
    edge, count = limits.upper - limits.mean, len(values)
    side = np.sign(values - limits.mean)
    near = [2 / 3 * edge < abs(value - limits.mean) <= edge for value in values]
    seen = [("beyond_limit", place) for place in range(count) if abs(values[place] - limits.mean) > edge]
    for start in range(count):
        seven, six, three = (range(start, start + length) for length in (SHIFT, TREND, 3))
        steps = np.diff(values[start : start + TREND])
        if seven.stop <= count and abs(side[seven].sum()) == SHIFT:
            seen += [("shift", place) for place in seven]
        if six.stop <= count and abs(np.sign(steps).sum()) == TREND - 1:
            seen += [("trend", place) for place in six]
        if three.stop <= count and abs(side[three].sum()) == 3 and sum(near[place] for place in three) >= 2:
            seen += [("two_of_three", place) for place in three if near[place]]
    return [{rule for rule, where in seen if where == place} for place in range(count)]


@pytest.mark.parametrize("seed", range(30))
def test_the_rules_see_what_looking_at_every_window_sees(seed: int) -> None:
    random = np.random.default_rng(seed)
    # A walk that remembers makes shifts and trends, and equal values end them.
    values = np.round(np.cumsum(random.normal(0, 1, 60)) * 0.6 + random.normal(0, 2, 60), 1)
    limits = limits_of(values)
    signs = signs_of(values, limits)
    assert [set(signs.of(place)) for place in range(len(values))] == by_hand(values, limits)


def test_nothing_is_called_a_change_when_nothing_changed(tmp_path: Path) -> None:
    found = chart(tmp_path, steady(), "--better", "down", "--target", 30)
    assert (found["variation"], found["assurance"]) == ("common_cause", "consistently_fail")
    assert chart(tmp_path, steady(), "--better", "up", "--target", 30)["assurance"] == "consistently_pass"
    assert chart(tmp_path, steady(), "--better", "up", "--target", 50)["assurance"] == "hit_or_miss"


@pytest.mark.parametrize(
    ("better", "variation"),
    [
        (("--better", "up"), "special_cause_improvement"),
        (("--better", "down"), "special_cause_concern"),
        ((), "special_cause_neutral"),
    ],
)
def test_a_shift_is_better_or_worse_by_what_was_said_to_be_better(
    tmp_path: Path, better: tuple[str, ...], variation: str
) -> None:
    values = [*steady(), *(np.array(steady(8, 5)) + 12).tolist()]
    found = chart(tmp_path, values, *better, "--baseline", 24)
    assert (found["variation"], found["variation_upwards"]) == (variation, True)


def test_a_step_change_starts_new_limits_and_ends_the_sign(tmp_path: Path) -> None:
    values = [*steady(), *(np.array(steady(16, 5)) + 30).tolist()]
    found = chart(tmp_path, values, "--better", "up", "--step", dt.date(2025, 1, 1))
    periods = found["periods"]
    assert isinstance(periods, list)
    assert [each["from"] for each in periods] == ["2023-01", "2025-01"]
    assert periods[1]["limits"]["mean"] - periods[0]["limits"]["mean"] == pytest.approx(30, abs=4)
    assert found["variation"] == "common_cause"


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        (months([5] * 20), (), "do not vary"),
        (months(steady(6)), (), "at least 10 values"),
        (months(steady())[:10] + months(steady())[11:], (), "After 2023-10 comes 2023-12"),
        ([*months(steady()), ("2023-05-01", 7)], (), "Rows 6 and 26 are both of 2023-05"),
        ([*months(steady()), ("2025-01-01", "many")], (), "“many” is not a number"),
        ([*months(steady()), ("2025-01-01", "-inf")], (), "not a finite number"),
        ([*months(steady()), ("2025-01-01", "")], (), "is empty"),
        (months(steady()), ("--step", "2031-01-01"), "not within the data"),
        (months(steady()), ("--step", "2024-10-01"), "From 2024-10 to 2024-12"),
        (months(steady()), ("--target", "3"), "needs --better"),
    ],
)
def test_what_will_not_carry_a_chart_is_refused(
    tmp_path: Path, rows: list[tuple[object, ...]], options: tuple[str, ...], reason: str
) -> None:
    assert reason in refused("spc", "--data", written(tmp_path, "month,waits", rows), *COLUMNS, *options)


def test_limits_from_too_few_are_refused_by_themselves() -> None:
    with pytest.raises(Refused, match="at least 10"):
        limits_of(np.arange(30.0), baseline=9)


def test_the_report_shows_every_picture_with_its_table(tmp_path: Path) -> None:
    chart(tmp_path, [*steady(), 90], "--better", "down", "--target", 10, "--report", tmp_path)
    page = (tmp_path / "report.html").read_text()
    assert page.count("<svg") == 2
    assert page.count("<table") >= 4
    assert "Something changed for the worse: the latest value is beyond a limit. Will miss" in page
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
