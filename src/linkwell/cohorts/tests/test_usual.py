"""If these fail, a trust is told of a change that is not there, or not told of one that is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pytest

from linkwell.cohorts import profiling, running
from linkwell.cohorts.generating import generate
from linkwell.cohorts.profiling import Problem
from linkwell.cohorts.usual import beyond, judged, verdict

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024, 2025) for month in range(1, 13)]
SEEDS = range(8)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([0] * 36, "This problem is absent: none of 36,000."),
        ([50] * 36, "no change"),
        ([50] * 35 + [90], "more than was usual before (2024-12)"),
        ([50] * 35 + [20], "less than was usual before (2024-12)"),
        ([50] * 28 + [58] * 8, "more than was usual before, 8 months in a row"),
        ([50] * 20, "too few months before it"),
        # With two a month most months lie below the average; that is no change.
        ([1, 2, 1, 4] * 6 + [1] * 12, "There are so few in a month that only a large change can be told."),
        ([1, 2, 1, 4] * 6 + [2] * 11 + [12], "more than was usual before (2024-12)"),
        ([0] * 24 + [1] + [0] * 11, "so few in a month"),
        ([998] * 35 + [985], "less than was usual before (2024-12)"),
    ],
)
def test_a_month_is_a_change_only_beyond_what_is_usual(counts: list[int], said: str) -> None:
    rows = [(month, count, 1000) for month, count in zip(MONTHS, counts, strict=False)]
    assert said in verdict(judged(rows))


def test_a_past_that_varied_from_month_to_month_widens_what_is_usual() -> None:
    steady = judged([(month, 50, 1000) for month in MONTHS])[-1]
    uneven = judged([(month, 50 + (25 if at % 2 else -25), 1000) for at, month in enumerate(MONTHS)])
    assert uneven[-1].usual_high is not None
    assert steady.usual_high is not None
    assert uneven[-1].usual_high > steady.usual_high + 0.02
    assert [beyond(month) for month in uneven] == [0] * len(MONTHS)


@pytest.mark.parametrize(
    ("share", "most"), [(0.3, 0.08), (0.05, 0.08), (0.005, 0.03), (0.0015, 0.03), (0.0002, 0.03), (0.999, 0.03)]
)
def test_where_nothing_changes_a_change_is_seldom_told(share: float, most: float) -> None:
    """Of twelve months beside three standard errors and of eight in a row, chance alone passes one in fifteen."""
    chance = np.random.default_rng(5)
    told = [
        "than was usual" in verdict(judged([(month, int(n), 1000) for month, n in zip(MONTHS, counts, strict=True)]))
        for counts in chance.binomial(1000, share, (400, len(MONTHS)))
    ]
    assert sum(told) / len(told) <= most


@pytest.mark.parametrize(("share", "times"), [(0.3, 1.2), (0.05, 1.6), (0.0015, 6.0)])
def test_a_rise_is_found(share: float, times: float) -> None:
    chance = np.random.default_rng(6)
    for _ in range(40):
        counts = [*chance.binomial(1000, share, 36), *chance.binomial(1000, share * times, 12)]
        rows = [(month, int(count), 1000) for month, count in zip(MONTHS, counts, strict=True)]
        assert "more than was usual before" in verdict(judged(rows))


def looked_at(folder: Path, last: dt.date) -> dict[str, Problem]:
    files = {name: [folder / f"{name}.parquet"] for name in ("attendances", "spells", "delays")}
    return {problem.name: problem for problem in profiling.profile(running.Asked(files, last, folder))}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, Problem]]]:
    """Histories in which nothing changes, and what the scan says of each."""
    found = []
    for seed in SEEDS:
        made = generate(tmp_path_factory.mktemp("years"), people=2500, years=6, seed=seed)
        found.append((made.folder, looked_at(made.folder, made.as_of)))
    return found


def test_no_year_looks_worse_because_more_of_the_file_lies_behind_it(
    years: list[tuple[Path, dict[str, Problem]]],
) -> None:
    told = []
    first, last = np.zeros(2), np.zeros(2)
    for _, found in years:
        months = found["conditions"].months
        assert (months[0].month, months[-1].month) in {("2021-03", "2026-03"), ("2021-04", "2026-03")}
        told += [each.verdict for each in found.values() if "than was usual" in each.verdict]
        first += np.sum([(month.count, month.out_of) for month in months[:12]], axis=0)
        last += np.sum([(month.count, month.out_of) for month in months[-12:]], axis=0)
    assert len(told) <= 3, told
    assert abs(first[0] / first[1] - last[0] / last[1]) < 0.02


def test_a_rise_of_conditions_in_the_last_year_is_found_and_none_before_it(
    years: list[tuple[Path, dict[str, Problem]]],
) -> None:
    """About a hundred visits a month in each history: in two months the rise may lie within what is usual."""
    since_then = {"2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"}
    for folder, _ in years:
        with_rise(folder, "2025-10-01")
        risen = looked_at(folder / "risen", dt.date(2026, 3, 31))["conditions"]
        told = {month.month for month in risen.months if beyond(month) > 0}
        assert told <= since_then
        assert len(told) >= 4
        assert "more than was usual before (20" in risen.verdict


def with_rise(folder: Path, since: str) -> None:
    """The same histories in `risen`, where one in four visits from a day on has a long-term condition more."""
    (folder / "risen").mkdir()
    duckdb.execute(f"""
        copy (select * replace (list_transform(icd10, lambda each: {{'system': 'ICD10', 'code': each}}) as diagnoses)
          from (select * replace (case when arrived_at >= '{since}' and hash(attendance_id) % 4 = 0
            then list_append(icd10, 'J449') else icd10 end as icd10) from '{folder}/attendances.parquet'))
        to '{folder}/risen/attendances.parquet'
    """)
    for name in ("spells", "delays"):
        (folder / "risen" / f"{name}.parquet").symlink_to(folder / f"{name}.parquet")
