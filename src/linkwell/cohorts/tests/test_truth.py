"""If these fail, a rule finds other people than those the histories were made to hold."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from linkwell.cohorts import profile_report, profiling, running
from linkwell.cohorts.generating import Made, generate
from linkwell.cohorts.rules import known


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("made"), people=12_000, years=3, seed=7)


@pytest.fixture(scope="module")
def asked(made: Made) -> running.Asked:
    names = ("attendances", "spells", "delays")
    return running.Asked({name: [made.folder / f"{name}.parquet"] for name in names}, made.as_of, made.folder / "out")


def test_every_rule_finds_exactly_the_planted_people(made: Made, asked: running.Asked) -> None:
    answers = running.run(asked, running.in_this_process)
    assert {answer.rule.name for answer in answers} == {rule.name for rule in known()}
    for answer in answers:
        found = {hit.person_id for hit in running.hits(asked.out / f"{answer.rule.name}.parquet")}
        planted = duckdb.execute(
            f"select person_id from '{made.folder / 'truth.parquet'}' where rule = '{answer.rule.name}'"
        ).fetchall()
        assert found == {row[0] for row in planted}, answer.rule.name
        assert answer.people == len(found) > 0
    summary = json.loads((asked.out / "summary.json").read_text())
    for each in summary["files"].values():
        assert each["rows_in"] == each["loaded"] + each["rejected"]
    assert set(summary["rules"]["long_stay"]) >= {"people", "answer", "legal_basis", "settings"}


def test_the_same_seed_makes_the_same_people(made: Made, tmp_path: Path) -> None:
    again = generate(tmp_path, people=12_000, years=3, seed=7)
    assert again.rows == made.rows
    for name in made.rows:
        assert (tmp_path / f"{name}.parquet").read_bytes() == (made.folder / f"{name}.parquet").read_bytes()


def test_the_profile_says_what_is_there_and_what_was_not_looked_at(asked: running.Asked) -> None:
    only = running.Asked({"attendances": asked.files["attendances"]}, asked.as_of, asked.out)
    found = {problem.name: problem for problem in profiling.profile(only)}
    assert "in the last year" in found["conditions"].verdict
    assert found["delayed_discharge"].verdict == "Not looked at: the files for it were not given."
    assert "95 % interval" in profiling.page(tuple(found.values()))
    profile_report.write(tuple(found.values()), asked.out)
    page = (asked.out / "profile.html").read_text()
    drawn = [problem for problem in found.values() if problem.months]
    assert page.count("<svg") == page.count("<table") == len(drawn) > 0
    assert all(month.month in page for problem in drawn for month in problem.months)


MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([0] * 36, "This problem is absent: none of 36,000."),
        ([50] * 36, "no change"),
        ([50] * 35 + [90], "more than was usual before (2025-12)"),
        ([50] * 35 + [20], "less than was usual before (2025-12)"),
        ([50] * 28 + [58] * 8, "more than was usual before, 8 months in a row"),
        ([50] * 20, "too few months before it"),
    ],
)
def test_a_month_is_a_change_only_beyond_what_is_usual(counts: list[int], said: str) -> None:
    rows = [(month, count, 1000) for month, count in zip(MONTHS, counts, strict=False)]
    assert said in profiling.verdict(profiling.judged(rows))
