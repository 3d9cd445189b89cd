"""If these fail, what would have come anyway is called an effect, or compared with those already supported."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from linkwell.evaluation.did import aggregate
from linkwell.evaluation.did.cells import cells
from linkwell.evaluation.did.cohorts import Control, Started, started
from linkwell.evaluation.did.inference import bands
from linkwell.evaluation.did.study import estimated
from linkwell.evaluation.panel import read_panel
from linkwell.evaluation.table import Numbers, read_table
from linkwell.evaluation.tests.asking import ask, refused, written

FOLDER = Path(__file__).parent / "references"
REFERENCE = json.loads((FOLDER / "did.json").read_text())
COLUMNS = ("--unit", "unit", "--time", "time", "--outcome", "outcome", "--cohort", "cohort")
HEADING = "unit,time,outcome,cohort"
CONTROLS = [each.value for each in Control]


@pytest.fixture(scope="module")
def found() -> Started:
    table = read_table(FOLDER / "did.csv")
    panel = read_panel(table, unit="unit", time="time", outcome="outcome")
    return started(table, panel, unit="unit", column="cohort")


def rows_of(values: Numbers, start: Numbers) -> list[tuple[object, ...]]:
    return [
        (f"u{unit}", time + 1, value, start[unit] or "never")
        for unit, line in enumerate(values)
        for time, value in enumerate(line)
    ]


def practices(count: int = 40, *, effect: float = 0.0, drift: float = 0.0, seed: int = 6) -> list[tuple[object, ...]]:
    """Half start at time 4 of 6; `drift` is how much faster theirs rise from the beginning."""
    random = np.random.default_rng(seed)
    start = np.tile([0, 4], count // 2)
    times = np.arange(6)
    on = (start[:, None] > 0) & (times[None, :] >= 3)
    values = random.normal(size=(count, 6)) + effect * on + drift * times * (start[:, None] > 0)
    return rows_of(values, start)


@pytest.mark.parametrize("control", CONTROLS)
def test_group_time_effects_are_those_of_another_implementation(found: Started, control: str) -> None:
    """diff-diff 3.13.0; errors with its division by the number of units instead of one fewer."""
    made = cells(found, Control(control))
    their = REFERENCE[control]["cells"]
    assert {f"{g + 1},{t + 1}" for g, t in zip(made.cohort, made.time, strict=True)} == set(their)
    for place, (g, t) in enumerate(zip(made.cohort, made.time, strict=True)):
        ours, others = made.treated[place], made.controls[place]
        scale = np.where(found.start == g, (ours - 1) / ours, (others - 1) / others)
        error = np.sqrt((np.square(made.influence[:, place]) * scale).sum()) / len(found.start)
        assert (made.effect[place], error) == pytest.approx(their[f"{g + 1},{t + 1}"], rel=1e-8)


@pytest.mark.parametrize("control", CONTROLS)
def test_means_of_effects_are_those_of_another_implementation(found: Started, control: str) -> None:
    """Values to 1e-8; errors above by at most what one fewer makes of the smallest cohort, four units."""
    made, their = cells(found, Control(control)), REFERENCE[control]
    ours = {"simple": aggregate.simple(found, made).overall}
    pairs = [(ours["simple"], their["simple"])]
    pairs += [(each, their["dynamic"][str(each.place)]) for each in aggregate.by_event(found, made).parts]
    pairs += [(each, their["group"][str(each.place + 1)]) for each in aggregate.by_cohort(found, made).parts]
    for mean, (value, error) in pairs:
        assert mean.value == pytest.approx(value, rel=1e-8)
        assert 0.9999 < np.sqrt(np.square(mean.influence).sum()) / len(found.start) / error < np.sqrt(4 / 3)


def test_effects_given_covariates_are_close_to_another_implementations() -> None:
    """diff-diff weights its regression otherwise (both are doubly robust): within 0.2 errors, errors within 15 %."""
    table = read_table(FOLDER / "did.csv")
    panel = read_panel(table, unit="unit", time="time", outcome="outcome")
    found = started(table, panel, unit="unit", column="cohort", names=("size",))
    made = cells(found, Control.NEVER)
    for place, (g, t) in enumerate(zip(made.cohort, made.time, strict=True)):
        value, error = REFERENCE["given"]["cells"][f"{g + 1},{t + 1}"]
        fitted = np.sqrt(1 + 2 / (made.treated[place] - 2))
        ours = np.sqrt(np.square(made.influence[:, place]).sum()) / len(found.start) / fitted
        assert made.effect[place] == pytest.approx(value, abs=0.2 * error)
        assert ours == pytest.approx(error, rel=0.15)


def test_what_makes_places_move_differently_can_be_taken_into_account(tmp_path: Path) -> None:
    """Given that poorer places rise faster and are supported more often, with an effect of 1."""
    random = np.random.default_rng(12)
    poor = random.normal(size=120)
    start = np.where(random.random(120) < 1 / (1 + np.exp(-poor)), 4, 0)
    times = np.arange(6)
    values = random.normal(size=(120, 6)) * 0.3 + poor[:, None] * times + ((start[:, None] == 4) & (times >= 3))
    rows = [(*row, poor[place // 6]) for place, row in enumerate(rows_of(values, start))]
    path = written(tmp_path, f"{HEADING},poor", rows)
    assert "already moving differently" in refused("did", "--data", path, *COLUMNS)
    told = ask("did", "--data", path, *COLUMNS, "--covariates", "poor")["group"]["overall"]
    assert told["low"] < 1.0 < told["high"]
    assert told["high"] - told["low"] < 0.6
    assert "must be the same in every row" in refused("did", "--data", path, *COLUMNS, "--covariates", "outcome")


def test_one_cohort_and_two_times_are_welchs_test() -> None:
    """Given 12 units that start and 20 that do not: estimate, interval and p are scipy's, to 10 digits."""
    random = np.random.default_rng(9)
    values = random.normal(size=(32, 2)) * np.where(np.arange(32) < 12, 2.0, 1.0)[:, None]
    start = np.where(np.arange(32) < 12, 1, 2)
    found = estimated(Started(values, start, ("1", "2"), 0), Control.NEVER)
    change = np.diff(values, axis=1)[:, 0]
    known = stats.ttest_ind(change[:12], change[12:], equal_var=False)
    limits = known.confidence_interval()
    for overall in (found.simple, found.cohorts.overall, found.events.overall, found.calendar.overall):
        assert overall.p == pytest.approx(known.pvalue, rel=1e-10)
        assert (overall.low, overall.high) == pytest.approx((limits.low, limits.high), rel=1e-10)
    assert found.alike is None


def test_bands_hold_for_all_at_once(found: Started) -> None:
    """Given ten effects that have nothing to do with each other, as wide as Šidák's, to 3 %."""
    size = 400
    influence = np.zeros((size, 10))
    for place in range(10):
        influence[place * 40 : place * 40 + 40, place] = np.random.default_rng(place).normal(size=40)
    many = Started(np.zeros((size, 2)), np.arange(size) % 2 + 1, ("1", "2"), 0)
    parts = tuple(aggregate.Mean(place, 0.0, influence[:, place]) for place in range(10))
    drawn = bands(many, parts, draws=4000, seed=1)
    error = drawn[0].estimate.error or 0
    assert drawn[0].high / error == pytest.approx(stats.norm.ppf(0.5 + 0.95**0.1 / 2), rel=0.03)


def test_units_not_started_yet_stand_for_others_only_until_they_start(found: Started) -> None:
    made = cells(found, Control.NOT_YET)
    never = int(found.never.sum())
    for cohort, time, controls in zip(made.cohort, made.time, made.controls, strict=True):
        waiting = int(((found.start > time) & ~found.never & (found.start != cohort)).sum())
        assert controls == never + waiting


def test_a_planted_effect_is_found_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, practices(effect=2.0))
    told = ask("did", "--data", path, *COLUMNS, "--report", tmp_path)
    assert told["group"]["overall"]["low"] < 2.0 < told["group"]["overall"]["high"]
    assert told["n"] == 40
    page = (tmp_path / "report.html").read_text()
    assert "became higher than it would have been" in page
    assert "not proof" in page


def test_the_same_file_gives_the_same_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, practices())
    assert ask("did", "--data", path, *COLUMNS) == ask("did", "--data", path, *COLUMNS)


def test_what_moved_differently_before_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, practices(drift=1.5))
    assert "already moving differently" in refused("did", "--data", path, *COLUMNS)


def test_where_all_start_the_last_to_start_are_compared_with(tmp_path: Path) -> None:
    rows = [(*row[:3], 6 if row[3] == "never" else row[3]) for row in practices()]
    path = written(tmp_path, HEADING, rows)
    assert "--control notyet" in refused("did", "--data", path, *COLUMNS)
    told = ask("did", "--data", path, *COLUMNS, "--control", "notyet")
    assert {each["cohort"] for each in told["group_time"] if each["after_start"]} == {"4"}


def test_counts_become_rates_of_the_time_watched(tmp_path: Path) -> None:
    rows = [(unit, time, 10 * (value + 5), cohort, 10) for unit, time, value, cohort in practices(effect=1.0)]  # type: ignore[operator]
    path = written(tmp_path, f"{HEADING},years", rows)
    whole = ask("did", "--data", path, *COLUMNS)["simple"]["value"]
    assert ask("did", "--data", path, *COLUMNS, "--person-time", "years")["simple"]["value"] == pytest.approx(
        whole / 10
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [*rows, rows[0]], "u0 has more than one row for 1"),
        (lambda rows: rows[1:], "u0 has no row for 1"),
        (lambda rows: [row for row in rows if row[1] != 3], "After 2 comes 4, which is not the usual"),
        (lambda rows: [(*row[:3], "") for row in rows], "No unit starts being supported"),
        (lambda rows: [(*row[:3], 4 if row[0] == "u1" else "") for row in rows], "Only one unit was supported"),
        (lambda rows: [(*row[:3], 3 if row[0] == "u1" else row[3]) for row in rows], "Only one unit started in 3"),
        (lambda rows: [(*row[:3], 4) for row in rows], "0 units were never supported"),
        (lambda rows: [(*row[:3], 4 if row[1] == 1 else "") for row in rows], "must be the same in every row"),
        (lambda rows: [(*rows[0][:2], "much", rows[0][3]), *rows[1:]], "Row 2, column “outcome”: “much”"),
        (lambda rows: [(*rows[0][:2], "inf", rows[0][3]), *rows[1:]], "is not a finite number"),
        (lambda rows: [(*row[:2], row[1] ** 2, row[3]) for row in rows], "changed by exactly the same"),
        (lambda rows: [(*row[:2], 1, row[3]) for row in rows], "is the same everywhere and always"),
        (lambda rows: [(row[0], 1, *row[2:]) for row in rows if row[1] == 1], "has only one time"),
        (lambda rows: [(row[0], f"week {row[1]}", *row[2:]) for row in rows], "“week 1” is not a number"),
    ],
)
def test_what_is_no_whole_panel_is_refused(tmp_path: Path, change: object, said: str) -> None:
    assert callable(change)
    path = written(tmp_path, HEADING, change(practices()))
    assert said in refused("did", "--data", path, *COLUMNS)


@pytest.mark.parametrize(
    ("times", "never"),
    [
        (["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"], "never"),
        (["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"], "nan"),
        (["2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02", "2026-02-03"], "None"),
        ([2000, 2005, 2010, 2015, 2020, 2025], "0.0"),
    ],
)
def test_times_are_read_as_they_are_written(tmp_path: Path, times: list[object], never: str) -> None:
    """Months, quarters by their first day, days, and years; units never supported as other programs write them."""
    rows = [
        (unit, times[int(str(time)) - 1], value, times[3] if cohort == 4 else never)
        for unit, time, value, cohort in practices()
    ]
    told = ask("did", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
    assert list(told["units"]["cohorts"].values()) == [20]
    assert told["units"]["never_supported"] == 20
    assert len(told["dynamic"]["parts"]) == 5


def test_a_start_between_two_times_is_refused(tmp_path: Path) -> None:
    rows = [(unit, int(str(time)) * 2, value, 7 if cohort == 4 else "") for unit, time, value, cohort in practices()]
    assert "“7” lies between the times" in refused("did", "--data", written(tmp_path, HEADING, rows), *COLUMNS)
