"""If these fail, a hospital takes what would have happened anyhow for what support did."""

import datetime as dt
import random
from pathlib import Path
from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.evaluations import actions, marks, queries
from linkwell.evaluations.details import Comparison, Outcome, Population, Step
from linkwell.evaluations.handlers import work_out
from linkwell.evaluations.queries import rows
from linkwell.evaluations.tests.asking import written
from linkwell.hospital.activity.actions import import_files
from linkwell.hospital.models import (
    Candidate,
    CandidateReason,
    Objection,
    Offer,
    Patient,
    Programme,
    ProgrammePlace,
    ReadyPeriod,
    Stay,
)
from linkwell.hospital.tests.candidate_people import RULE, Hospital, a_hospital, a_patient
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
HEAD = "attendance_id,person_id,arrived_at\n"
DAY = dt.timedelta(days=1)


@pytest.fixture
def hospital(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hospital:
    made = a_hospital()
    monkeypatch.setattr("linkwell.hospital.activity.store.linkwell_home", lambda: tmp_path / "home")
    return made


def visits(hospital: Hospital, folder: Path, rows: list[tuple[str, dt.date]]) -> None:
    file = folder / "visits.csv"
    file.write_text(HEAD + "".join(f"V{n},{who},{day.isoformat()} 09:00\n" for n, (who, day) in enumerate(rows)))
    import_files(scope=hospital.system, kind="attendances", paths=[file])


def asked(hospital: Hospital, steps: tuple[Step, ...], **more: object) -> UUID:
    scope = hospital.administrator.scope
    made = written(scope, steps, **more)
    actions.fix(scope=scope, evaluation_id=made, expected_version=4)
    actions.run(scope=scope, evaluation_id=made, expected_version=5)
    work_out(hospital.system, made)
    return made


def test_month_by_month_is_of_everybody_but_those_who_opted_out(hospital: Hospital, tmp_path: Path) -> None:
    """Visits fall by half from July 2025; somebody on the national list is in no month."""
    number, rows, chance = "9434765919", [], random.Random(4)
    for month in range(24):
        first = dt.date(2024 + (month + 6) // 12, (month + 6) % 12 + 1, 1)
        some = chance.randint(55, 65) if month < 12 else chance.randint(26, 34)
        rows += [(f"P{each}", first + each % 28 * DAY) for each in range(some)] + [(number, first)] * 50
    visits(hospital, tmp_path, rows)
    actions.load_opt_outs(scope=hospital.administrator.scope, text=number, as_at=clock.today())
    steps = (
        Population("all", "", "Everybody who came to A&E"),
        Comparison("its", "The year before", began_on=dt.date(2025, 7, 1)),
        Outcome("attendances"),
    )
    window = {"starts_on": dt.date(2024, 7, 1), "ends_on": dt.date(2026, 6, 28), "minimum_n": 20}
    made = asked(hospital, steps, **window)
    scope = hospital.administrator.scope
    row, found = queries.evaluation(scope, made), queries.result(scope, made)
    assert found is not None, row.reason
    assert found.counts["opted_out"] == 1
    numbers = queries.numbers(hospital.administrator.scope, made)
    assert numbers["n"] == 23
    assert numbers["level_change"]["high"] < 1


def test_people_a_rule_found_are_compared_with_others_it_found(hospital: Hospital, tmp_path: Path) -> None:
    found_at = clock.now() - dt.timedelta(days=200)
    people = _found(hospital, 90, found_at)
    chance, rows = random.Random(7), []
    for place, patient in enumerate(people):
        treated = place % 2 == 0
        rows += [(patient.nhs_number or str(patient.pk), found_at.date() - chance.randint(5, 300) * DAY)
                 for _ in range(chance.randint(1, 6))]  # fmt: skip
        rows += [(str(patient.pk), found_at.date() + chance.randint(2, 190) * DAY)
                 for _ in range(chance.randint(0, 2) if treated else chance.randint(2, 6))]  # fmt: skip
    visits(hospital, tmp_path, [*rows, ("nobody", clock.today() - 3 * DAY)])
    steps = (
        Population("rule", RULE, "People who came often and were offered support"),
        Comparison("match", "People who came as often and were not offered"),
        Outcome("attendances"),
    )
    made = asked(hospital, steps, starts_on=clock.today() - 300 * DAY, minimum_n=10)
    scope = hospital.administrator.scope
    row, found = queries.evaluation(scope, made), queries.result(scope, made)
    assert found is not None, row.reason
    assert (found.counts["people"], found.counts["objected"]) == (90, 1)
    assert "lower" in found.report["answer"]


def test_a_chosen_group_is_not_shown_month_by_month(hospital: Hospital) -> None:
    _found(hospital, 1, clock.now())
    steps = (
        Population("rule", RULE, "People who came often"),
        Comparison("its", "The year before", began_on=clock.today() - 100 * DAY),
        Outcome("attendances"),
    )
    made = written(hospital.administrator.scope, steps)
    with pytest.raises(Invalid, match="come less often anyhow"):
        actions.fix(scope=hospital.administrator.scope, evaluation_id=made, expected_version=4)


def _found(hospital: Hospital, many: int, at: dt.datetime) -> list[Patient]:
    """People found by the rule; every second was offered support, and the second of all objected."""
    mine = {"organisation_id": hospital.organisation_id}
    with scoped(hospital.system):
        people = Patient.objects.bulk_create(
            Patient(**mine, given_name="Joan", family_name="Quillfeather", born_on=dt.date(1950 + n // 2 % 20, 3, 1))
            for n in range(many)
        )
        rows = Candidate.objects.bulk_create(
            Candidate(**mine, patient=each, state="open", found_at=at) for each in people
        )
        CandidateReason.objects.bulk_create(
            CandidateReason(**mine, candidate=each, rule=RULE, since=at.date(), found_at=at) for each in rows
        )
        by = hospital.clinician.user_id
        Offer.objects.bulk_create(Offer(**mine, candidate=each, offered_at=at, offered_by_id=by) for each in rows[::2])
        for each in people[1:2]:
            Objection.objects.create(**mine, patient=each, said_at=at, recorded_by_id=by)
    return people


STAYS = "spell_id,person_id,admitted_at,discharged_at,admission_method\n"
GP = "person_id,at,kind\n"


@pytest.fixture
def a_year(hospital: Hospital, tmp_path: Path) -> tuple[Patient, Patient]:
    """Two people, found and ready to go home on 1 March 2026, the first taken on; files that tell until 1 June 2026.

    After that day the first came to A&E twice (and once as planned), was admitted once as an emergency and once as
    planned, lay three and two nights, and saw the practice four times. The second is in hospital since 28 May.
    """
    first, second = people = (a_patient(hospital, "Joan Quillfeather"), a_patient(hospital, "Pat Quillfeather"))
    texts = {
        "attendances": HEAD.strip() + ",category\n"
        + "V1,{0},2026-02-27 09:00,1\nV2,{0},2026-03-01 10:00,1\nV3,{0},2026-05-01 10:00,\nV4,{0},2026-05-02 10:00,4\n"
        + "V5,{1},2024-03-03 09:00,1\nV6,{1},2026-06-01 09:00,1\n",
        "spells": STAYS
        + "S1,{0},2026-02-10 09:00,2026-02-14 09:00,21\nS2,{0},2026-04-01 09:00,2026-04-04 09:00,22\n"
        + "S3,{0},2026-04-20 09:00,2026-04-22 09:00,11\nS4,{1},2026-05-28 09:00,,2A\n"
        + "S5,{1},2026-06-01 09:00,2026-06-01 18:00,21\n",
        "gp_contacts": GP
        + "".join(f"{{0}},2026-0{month}-05 09:00,gp\n" for month in (2, 3, 4, 5))
        + "{0},2026-05-06 09:00,nurse\n{1},2026-06-01 09:00,gp\n",
    }  # fmt: skip
    for kind, text in texts.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(text.format(*(each.pk for each in people)))
        import_files(scope=hospital.system, kind=kind, paths=[file])
    ready, mine = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), {"organisation_id": hospital.organisation_id}
    with scoped(hospital.system):
        winter = Programme.objects.create(
            **mine, name="Winter", team="Two of us", eligibility="Anybody", weekly_places=9,
            starts_on=ready.date(), ends_on=ready.date() + 90 * DAY,
        )  # fmt: skip
        for each in people:
            stay = Stay.objects.get(patient=each)
            ReadyPeriod.objects.create(**mine, stay=stay, ready_at=ready)
            if each == first:
                by = {"taken_on": ready.date(), "taken_by_id": hospital.clinician.user_id}
                ProgrammePlace.objects.create(**mine, programme=winter, stay=stay, **by)
    return first, second


WINDOW = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 6, 30)}


# Of both people: events after that day and in the year before, and the last day that the files tell of.
BY_HAND = {
    "attendances": ((2, 0), (1, 0), dt.date(2026, 6, 1)),
    "admissions": ((1, 1), (1, 0), dt.date(2026, 6, 1)),
    # Three and two nights; and the nights from 28 May to the last but one that the files tell of.
    "bed_days": ((5, 3), (4, 0), dt.date(2026, 5, 31)),
    "gp_contacts": ((4, 0), None, dt.date(2026, 6, 1)),
}


def test_what_came_of_people_of_a_programme_is_what_a_hand_counts(
    hospital: Hospital, a_year: tuple[Patient, Patient]
) -> None:
    with scoped(hospital.system):
        programme = Programme.objects.values_list("pk", flat=True).get()
    whom = Population("programme", str(programme), "People taken on")
    for counted, (events, before, until) in BY_HAND.items():
        made = fixed_here(hospital, (whom, Comparison("match", "Others ready to go home"), Outcome(counted)))
        found = {row["person"]: row for row in rows(hospital.system, made).rows}
        ours, other = (found[marks.of_person(made, str(each.pk))] for each in a_year)
        assert (ours["treated"], other["treated"]) == (1, 0)
        assert (ours["events"], other["events"]) == events, counted
        if before:
            assert (ours[f"{counted}_before"], other[f"{counted}_before"]) == before, counted
        assert ours["years"] == pytest.approx((until - dt.date(2026, 3, 1)).days / 365, abs=1e-4)


MONTHS_BY_HAND = {
    "attendances": {"2026-02": 1, "2026-03": 1, "2026-05": 1},
    "admissions": {"2026-02": 1, "2026-04": 1, "2026-05": 1},
    "bed_days": {"2026-02": 4, "2026-04": 5, "2026-05": 4},
    "gp_contacts": {"2026-02": 1, "2026-03": 1, "2026-04": 1, "2026-05": 2},
}


@pytest.mark.usefixtures("a_year")
def test_the_months_of_everybody_are_what_a_hand_counts(hospital: Hospital) -> None:
    compared = Comparison("its", "The months before", began_on=dt.date(2026, 4, 1))
    for counted, by_month in MONTHS_BY_HAND.items():
        made = fixed_here(hospital, (Population("all", "", "Everybody"), compared, Outcome(counted)))
        told = rows(hospital.system, made).rows
        assert {row["month"]: row["events"] for row in told if row["events"]} == by_month, counted
        assert [(row["month"], row["began"], row["days"]) for row in told][1:4] == [
            ("2026-02", 0, 28), ("2026-03", 0, 31), ("2026-04", 1, 30),
        ]  # fmt: skip


def fixed_here(hospital: Hospital, steps: tuple[Step, ...]) -> UUID:
    scope = hospital.administrator.scope
    made = written(scope, steps, **WINDOW)
    actions.fix(scope=scope, evaluation_id=made, expected_version=4)
    return made
