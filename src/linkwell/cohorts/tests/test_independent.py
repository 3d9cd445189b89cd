"""The rules said again in plain Python, a person at a time: the same people from any history."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from linkwell.cohorts.tests.asking import TODAY, Asking, asking, day

FIRST = dt.date(2024, 1, 1)
PEOPLE = 700
SEEDS = (1, 2)


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking(tmp_path_factory.mktemp("independent")) as ready:
        yield ready


def moment(days: int) -> dt.datetime:
    return day((FIRST + dt.timedelta(days=days)).isoformat())


@pytest.mark.parametrize("seed", SEEDS)
def test_repeat_attendance_by_hand(hospital: Asking, seed: int) -> None:
    chance = random.Random(seed)
    last = (TODAY - FIRST).days
    came: dict[str, list[int]] = defaultdict(list)
    rows = []
    for number in range(PEOPLE * 7):
        # Days at the edges of a year come more often than others: that is where windows go wrong.
        days = chance.choice([0, 1, 364, 365, 366, 729, 730, chance.randint(0, last + 40)])
        who, category = str(chance.randrange(PEOPLE)), chance.choice(["1", "2", "4", None])
        rows.append({
            "attendance_id": str(number), "person_id": who, "arrived_at": moment(days), "category": category,
        })  # fmt: skip
        if category != "4" and days <= last:
            came[who].append(days)
    hospital.holds(attendances=rows)
    most = {who: max(sum(end - 365 < each <= end for each in days) for end in days) for who, days in came.items()}
    expected = {who: visits for who, visits in most.items() if visits >= 5}
    assert {who: hit.score for who, hit in hospital.ask("repeat_attendance").items()} == expected
    assert 20 < len(expected) < PEOPLE


@pytest.mark.parametrize("seed", SEEDS)
def test_emergency_readmission_by_hand(hospital: Asking, seed: int) -> None:
    chance = random.Random(seed)
    stays: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for who in range(PEOPLE):
        for start in chance.sample(range(120), chance.randint(0, 6)):
            stays[str(who)].append({
                "spell_id": f"{who}-{start:03}", "person_id": str(who), "admitted_at": moment(start),
                "discharged_at": moment(start + chance.randint(0, 15)),
                "admission_method": chance.choice(["21", "11", "81", "2B", "28"]),
                "admission_source": chance.choice(["19", "51"]),
                "discharge_destination": chance.choice(["19", "19", "51", "79"]),
                "patient_class": chance.choice(["1", "1", "2", None]),
            })  # fmt: skip
    hospital.holds(spells=[stay for each in stays.values() for stay in each])
    expected = {who: count for who, each in stays.items() if (count := _readmissions(each))}
    assert {who: hit.score for who, hit in hospital.ask("emergency_readmission").items()} == expected
    assert 20 < len(expected) < PEOPLE


def _readmissions(stays: list[dict[str, Any]]) -> int:
    """Joins one person's stays, then looks at each and the one before it."""
    joined: list[dict[str, Any]] = []
    for stay in sorted(stays, key=lambda each: each["admitted_at"]):
        if stay["patient_class"] == "2":
            continue
        start, end = stay["admitted_at"].date(), stay["discharged_at"].date()
        to, source, method = stay["discharge_destination"], stay["admission_source"], stay["admission_method"]
        before = joined[-1] if joined else None
        moved = before and (before["to"] == "51" or source == "51" or method in {"81", "2B"})
        came_back = before and before["to"] == "19" and source == "51" and method == "21"
        if before and moved and not came_back and 0 <= (start - before["last"]).days <= 2:
            died = before["died"] or to == "79"
            before.update(last=end, end=max(before["end"], end), to=to, died=died)
        else:
            joined.append({"start": start, "last": end, "end": end, "method": method, "to": to, "died": to == "79"})
    return sum(
        after["method"] in {"21", "28"} and not before["died"] and 0 <= (after["start"] - before["end"]).days <= 29
        for before, after in pairwise(joined)
    )
