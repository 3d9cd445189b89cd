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


def test_a_file_of_stays_alone_answers_every_rule_that_stays_can_answer(made: Made, tmp_path: Path) -> None:
    only = running.Asked({"spells": [made.folder / "spells.parquet"]}, made.as_of, tmp_path)
    answers = {answer.rule.name: answer for answer in running.run(only, running.in_this_process)}
    asked_of_stays = {"emergency_readmission", "long_stay", "social_circumstances", "carer_strain"}
    assert {name for name, answer in answers.items() if answer.people} == asked_of_stays
    assert answers["long_term_condition"].words == "not asked: no attendances were given"
    told = json.loads((tmp_path / "summary.json").read_text())["rules"]
    assert all(told[name]["read"] == ["spells"] for name in asked_of_stays)
    of_ae = running.Asked({"attendances": [made.folder / "attendances.parquet"]}, made.as_of, tmp_path)
    running.run(of_ae, running.in_this_process)
    assert json.loads((tmp_path / "summary.json").read_text())["rules"]["carer_strain"]["read"] == ["attendances"]
