"""Histories of made-up people, a block at a time, written as they are made."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from linkwell.cohorts.activity import CODED_FOR_DAYS
from linkwell.cohorts.generating import people as persons
from linkwell.cohorts.generating import planting, truth
from linkwell.cohorts.generating.people import People
from linkwell.cohorts.generating.planting import Stays, Visits
from linkwell.cohorts.generating.rows import DAY, NOTHING, Numbers, Words, diagnoses, ids, moments, table

BLOCK = 500_000
_PROVIDERS = tuple(f"ZZ{number:02}" for number in range(1, 41))
_BY_HOUR = np.array([3, 2, 2, 2, 2, 2, 3, 4, 6, 8, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 7, 6, 5, 4], float)
# Visits a person makes in a year of their own, of those who do not come often: 0.43 on average, never more than two.
# With those who come often, 55 million people make the 27.4 million visits of England in 2024-25.
_VISITS_IN_A_YEAR = (0.6435, 0.2802, 0.0763)
_PLANNED_IN_A_YEAR = 0.02
_STAYS_IN_A_YEAR = 0.17
_DAY_CASES_IN_A_YEAR = 0.117
_LEFT_BLANK = 0.01
"""Of the codes that say nothing out of the ordinary, the share that nobody wrote down."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: rows of each table, and how many people each rule should find."""

    folder: Path
    rows: dict[str, int]
    planted: dict[str, int]
    as_of: dt.date


def generate(folder: Path, *, people: int, years: int, seed: int, last_day: dt.date = dt.date(2026, 3, 31)) -> Made:
    """Write attendances, spells, delays and `truth` (rule, person_id) as Parquet into `folder`.

    The same arguments write the same histories. Memory does not grow with `people`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    days = 365 * years
    first = np.datetime64(last_day - dt.timedelta(days=days - 1), "us").astype(np.int64)
    rows: dict[str, int] = {}
    planted: dict[str, int] = {}
    with ExitStack() as open_files:
        writers: dict[str, pq.ParquetWriter] = {}
        made_before = {"attendances": 0, "spells": 0}
        for start in range(0, people, BLOCK):
            rng = np.random.default_rng([seed, start])
            block = persons.made(rng, np.arange(start, min(start + BLOCK, people), dtype=np.int64))
            for name, made in _histories(rng, block, days, int(first), made_before).items():
                if name not in writers:
                    writers[name] = open_files.enter_context(
                        pq.ParquetWriter(folder / f"{name}.parquet", made.schema, compression="zstd")
                    )
                writers[name].write_table(made)
                rows[name] = rows.get(name, 0) + made.num_rows
                if name == "truth":
                    for each in made["rule"].value_counts().to_pylist():
                        planted[each["values"]] = planted.get(each["values"], 0) + each["counts"]
    return Made(folder, rows, planted, last_day)


def _histories(
    rng: np.random.Generator, people: People, days: int, first: int, before: dict[str, int]
) -> dict[str, pa.Table]:
    visits = _visits(rng, people, days)
    stays = _stays(rng, people, days)
    attendances, seen_in_ae = _attendances(rng, people, visits, first, before["attendances"])
    spells, seen_in_stays, day_cases = _spells(rng, people, stays, days, first, before["spells"])
    delays = _delays(stays, first, before["spells"])
    before["attendances"] += len(visits.who)
    before["spells"] += spells.num_rows
    recent = days - CODED_FOR_DAYS
    seen = truth.Seen(visits, stays, day_cases, seen_in_ae, seen_in_stays, recent)
    return {
        "attendances": attendances,
        "spells": spells,
        "delays": delays,
        "truth": truth.written(people, seen, days),
    }


def _visits(rng: np.random.Generator, people: People, days: int) -> Visits:
    """At most two in a year of the person's own, so never five in 365 days; and those of people who come often.

    Anybody may be asked back, which no rule counts as coming.
    """
    planted = planting.often(rng, people, days)
    ordinary = np.flatnonzero(~np.isin(people.part, [persons.NAMES.index(name) for name in ("often", "almost_often")]))
    followed_up = np.flatnonzero(rng.random(len(people.numbers)) < _PLANNED_IN_A_YEAR * days / 365)
    who, day = [followed_up, planted.who], [rng.integers(0, days, len(followed_up)), planted.day]
    for year in range(-1, days // 365):
        times = rng.choice(3, len(ordinary), p=_VISITS_IN_A_YEAR)
        coming = np.repeat(ordinary, times)
        on = year * 365 + people.phase[coming] + rng.integers(0, 365, len(coming))
        inside = (on >= 0) & (on < days)
        who.append(coming[inside])
        day.append(on[inside])
    everyone = np.concatenate(who)
    return Visits(everyone, np.concatenate(day), np.arange(len(everyone)) < len(followed_up))


def _stays(rng: np.random.Generator, people: People, days: int) -> Stays:
    """At most one in a year of the person's own, over by its end, so never two within 30 days."""
    groups = planting.stays(rng, people, days)
    ordinary = people.playing("ordinary", "often", "almost_often")
    for year in range(-1, days // 365):
        going = ordinary[rng.random(len(ordinary)) < _STAYS_IN_A_YEAR]
        start = year * 365 + people.phase[going] + rng.integers(0, 300, len(going))
        left = start + np.minimum(rng.geometric(0.2, len(going)) - 1, 30)
        inside = (start >= 0) & (left < days)
        ready = np.where(rng.random(len(going)) < 0.8, left, NOTHING)[inside]
        method = rng.choice([planting.EMERGENCY, 3, planting.WAITING_LIST, 4], len(going), p=[0.5, 0.15, 0.2, 0.15])
        groups.append(planting.plain(going[inside], start[inside], left[inside], method=method[inside], ready=ready))
    return Stays(*(np.concatenate([getattr(group, each.name) for group in groups]) for each in fields(Stays)))


def _attendances(
    rng: np.random.Generator, people: People, visits: Visits, first: int, before: int
) -> tuple[pa.Table, truth.Recorded]:
    count = len(visits.who)
    hour = rng.choice(24, count, p=_BY_HOUR / _BY_HOUR.sum())
    arrived = first + visits.day * DAY + hour * (DAY // 24) + rng.integers(0, 60, count) * (DAY // 1440)
    noted = truth.recorded(rng, people, visits.who, share=0.5)
    pairs, codes = diagnoses([_plain(rng, count), *truth.code_columns(noted)])
    alone = np.where((people.alone[visits.who] >= 0) & noted.noticed, 1, 0)
    nowhere = np.where((people.nowhere[visits.who] >= 0) & noted.noticed, 0, NOTHING)
    made = table(
        "attendances",
        {
            "attendance_id": ids("A", np.arange(before, before + count, dtype=np.int64)),
            "person_id": ids("P", people.numbers[visits.who]),
            "provider": Words(_PROVIDERS, people.numbers[visits.who] % len(_PROVIDERS)).array(),
            "arrived_at": moments(arrived),
            "departed_at": moments(arrived + rng.integers(30, 700, count) * (DAY // 1440)),
            "category": _category(rng, visits).array(),
            "left_before_seen": pa.array(rng.random(count) < 0.04),
            "accommodation": Words(("no_fixed_abode",), nowhere).array(),
            "lives_alone": pa.array(alone == 1, mask=~noted.noticed),
            "diagnoses": pairs,
            "icd10": codes,
        },
    )
    return made, noted


def _spells(
    rng: np.random.Generator, people: People, stays: Stays, days: int, first: int, before: int
) -> tuple[pa.Table, truth.Recorded, truth.DayCases]:
    """The stays, and beside them day cases, which no rule reads as stays though their diagnoses count."""
    cases = np.flatnonzero(rng.random(len(people.numbers)) < _DAY_CASES_IN_A_YEAR * days / 365)
    case_day = rng.integers(0, days, len(cases))
    who = np.concatenate([stays.who, cases])
    count, ordinary = len(who), len(stays.who)
    admitted = np.concatenate([stays.admitted, case_day])
    left = np.concatenate([stays.left, case_day])
    # Both times at noon and after: a stay that follows on the day of another begins after it in every reading.
    begins = first + admitted * DAY + DAY // 2
    ends = np.where(left < 0, NOTHING, first + left * DAY + DAY // 2)
    noted = truth.recorded(rng, people, who, share=0.8)
    cancer = np.concatenate([np.where(stays.cancer == 1, 0, NOTHING), np.full(len(cases), NOTHING)])
    pairs, codes = diagnoses([_plain(rng, count), Words(("Z511",), cancer), *truth.code_columns(noted)])

    def both(values: Numbers, otherwise: int) -> Numbers:
        return np.concatenate([values, np.full(len(cases), otherwise)])

    method = both(stays.method, planting.WAITING_LIST)
    usual = np.where(rng.random(count) < _LEFT_BLANK, NOTHING, 0)
    destination = both(stays.destination, planting.HOME)
    gone_to = np.where((left < 0) | ((destination == planting.HOME) & (usual < 0)), NOTHING, destination)
    made = table(
        "spells",
        {
            "spell_id": ids("S", np.arange(before, before + count, dtype=np.int64)),
            "person_id": ids("P", people.numbers[who]),
            "provider": Words(_PROVIDERS, people.numbers[who] % len(_PROVIDERS)).array(),
            "admitted_at": moments(begins),
            "discharged_at": moments(ends),
            "admission_method": Words(planting.METHODS, method).array(),
            "admission_source": Words(planting.PLACES, both(stays.source, planting.HOME)).array(),
            "patient_class": Words(("1", "2"), np.where(np.arange(count) < ordinary, usual, 1)).array(),
            "main_specialty": Words(planting.SPECIALTIES, both(stays.specialty, planting.GENERAL)).array(),
            "treatment_function": Words(planting.SPECIALTIES, both(stays.specialty, planting.GENERAL)).array(),
            "discharge_method": Words(("1",), np.where(left < 0, NOTHING, 0)).array(),
            "discharge_destination": Words(planting.PLACES, gone_to).array(),
            "diagnoses": pairs,
            "icd10": codes,
        },
    )
    return made, noted, truth.DayCases(cases, case_day)


def _delays(stays: Stays, first: int, before: int) -> pa.Table:
    """The periods of being ready; people who were ready twice have two, and every fifth waits for two things."""
    once, twice = np.flatnonzero(stays.ready >= 0), np.flatnonzero(stays.ready_again >= 0)
    both = once[once % 5 == 0]
    rows = np.concatenate([once, twice, both])
    ready = np.concatenate([stays.ready[once], stays.ready_again[twice], stays.ready[both]])
    not_ready = np.concatenate([stays.not_ready[once], np.full(len(twice), NOTHING), stays.not_ready[both]])
    reason = np.concatenate([once, twice, both + 1]) % len(_REASONS)
    noon = DAY // 2
    return table(
        "delays",
        {
            "spell_id": ids("S", (before + rows).astype(np.int64)),
            "ready_at": moments(first + ready * DAY + noon),
            "not_ready_at": moments(np.where(not_ready < 0, NOTHING, first + not_ready * DAY + noon)),
            "reason": Words(_REASONS, reason).array(),
            "pathway": Words(("P0", "P1", "P2", "P3"), rows % 4).array(),
        },
    )


_REASONS = ("pathway_1_start_of_care", "medicines", "transport", "equipment_adaptations", "therapy_decision")


def _category(rng: np.random.Generator, visits: Visits) -> Words:
    count = len(visits.who)
    unplanned = rng.choice(4, count, p=[0.93 - _LEFT_BLANK, 0.05, 0.02, _LEFT_BLANK])
    return Words(("1", "2", "3", "4"), np.where(visits.planned, 3, np.where(unplanned == 3, NOTHING, unplanned)))


def _plain(rng: np.random.Generator, count: int) -> Words:
    return Words(persons.PLAIN, rng.integers(0, len(persons.PLAIN), count))
