"""If these fail, the rules and the same questions asked another way no longer find the same people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from linkwell.cohorts import running
from linkwell.cohorts.engines import code_rows
from linkwell.cohorts.generating import Made, generate
from linkwell.cohorts.rule import Hit
from tests.bench import cohorts as bench


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Four years, so that some of what was recorded speaks for a person no longer."""
    return generate(tmp_path_factory.mktemp("by_hand"), people=9000, years=4, seed=11)


@pytest.fixture(scope="module")
def people(made: Made) -> dict[str, int]:
    return bench.by_rules(made)


def test_sql_written_by_hand_counts_the_same_people(made: Made, people: dict[str, int]) -> None:
    assert bench.by_sql(made) == people


def test_pandas_gives_the_same_rows_in_both_ways(made: Made, people: dict[str, int]) -> None:
    for way in bench.PANDAS:
        assert bench.by_pandas(made, way) == people
    assert bench.differing(made, people) == []


def hits(made: Made, rule: str) -> dict[str, Hit]:
    return {hit.person_id: hit for hit in running.hits(made.folder / "answers" / f"{rule}.parquet")}


@pytest.mark.usefixtures("people")
def test_conditions_in_plain_python_are_the_same_for_each_person(made: Made) -> None:
    since = made.as_of - dt.timedelta(days=3 * 365 - 1)
    unplanned = f"category is distinct from '4' and arrived_at >= '{since}'"
    came = {person for person, _ in rows(made, "attendances", unplanned, "icd10")}
    codes: dict[str, set[str]] = defaultdict(set)
    for table, day in (("attendances", "arrived_at"), ("spells", "admitted_at")):
        for person, theirs in rows(made, table, f"{day} >= '{since}'", "icd10"):
            codes[person] |= set(theirs)
    for rule, kind, of_ae in (
        ("long_term_condition", "long_term", True),
        ("mild_mental_ill_health", "mild_mental", True),
        ("carer_strain", "carer", False),
    ):
        group_of = {code: group for each, group, code, _ in code_rows() if each == kind}
        groups = {who: {group_of[code] for code in theirs if code in group_of} for who, theirs in codes.items()}
        found = {who: len(each) for who, each in groups.items() if each and (not of_ae or who in came)}
        assert {who: hit.score for who, hit in hits(made, rule).items()} == found
        assert max(found.values()) > 1


@pytest.mark.usefixtures("people")
def test_the_histories_try_what_a_hospital_sends(made: Made) -> None:
    told = duckdb.execute(f"select distinct category from '{made.folder}/attendances.parquet'").fetchall()
    assert {row[0] for row in told} == {"1", "2", "3", "4", None}
    waits = hits(made, "delayed_discharge").values()
    assert {len(hit.evidence["reasons"].split(",")) for hit in waits} == {1, 2}


def rows(made: Made, table: str, which: str, column: str) -> list[tuple[str, list[str]]]:
    path = Path(made.folder, f"{table}.parquet")
    return duckdb.execute(f"select person_id, {column} from '{path}' where {which}").fetchall()
