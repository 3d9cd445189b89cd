"""If these fail, the list names somebody whom no rule found, or misses somebody who is here now."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linkwell.cohorts import rules, running
from linkwell.cohorts.rule import Hit
from linkwell.core.database import scoped
from linkwell.hospital.actions.looking import look
from linkwell.hospital.actions.rules import keep_own_rule, remove_own_rule, set_rule
from linkwell.hospital.asking_rules import own_tables
from linkwell.hospital.models import Candidate, CandidateReason, Objection, ReadyPeriod, Stay
from linkwell.hospital.replaying import replay
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient
from linkwell.hospital.tests.sending import message, write
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from tests.place import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def visits(folder: Path, at: dt.datetime, *told: tuple[str, int]) -> dict[str, list[Path]]:
    """An activity file of visits to A&E: who, and how many days ago."""
    now = clock.london(at).replace(tzinfo=None)
    rows = {
        "attendance_id": [f"a{number}" for number, _ in enumerate(told)],
        "person_id": [who for who, _ in told],
        "arrived_at": [now - dt.timedelta(days=days) for _, days in told],
    }
    empty = {
        "provider": pa.string(), "departed_at": pa.timestamp("us"), "category": pa.string(),
        "left_before_seen": pa.bool_(), "chief_complaint": pa.string(), "accommodation": pa.string(),
        "lives_alone": pa.bool_(), "icd10": pa.list_(pa.string()),
    }  # fmt: skip
    blank = {name: pa.nulls(len(told), kind) for name, kind in empty.items()}
    pq.write_table(pa.table({**rows, **blank}), folder / "attendances.parquet")
    return {"attendances": [folder / "attendances.parquet"]}


def reasons(hospital: Hospital) -> list[tuple[str, str]]:
    with scoped(hospital.system):
        held = CandidateReason.objects.filter(gone_at=None).exclude(candidate__state="gone")
        return sorted(held.values_list("candidate__patient__family_name", "rule"))


def test_files_and_what_goes_on_now_are_read_as_one_and_nobody_absent_is_listed(
    hospital: Hospital, tmp_path: Path
) -> None:
    joan = a_patient(hospital, nhs_number="9434765919", number_status="verified")
    gone = a_patient(hospital, "Left Long", here=False, nhs_number="9434765870", number_status="verified")
    # Two sources tell of one visit by the same minute, so the test does not run into the next one.
    now = clock.now().replace(second=0, microsecond=0)
    told = [(each.nhs_number, days) for each in (joan, gone) for days in (10, 40, 90, 200)]
    files = visits(tmp_path, now, *told, *((gone.nhs_number, days) for days in (250, 300)))
    assert look(hospital.system, files).new == 0
    with scoped(hospital.system):
        for days in (0, 10):
            Stay.objects.create(
                organisation_id=hospital.organisation_id, patient=joan, visit=f"ae{days}", stay_class="emergency",
                admitted_at=now - dt.timedelta(days=days), discharged_at=now if days else None,
            )  # fmt: skip
    # The visit ten days ago is in the file and in the messages: it is one visit, and today's is the fifth.
    look(hospital.system, files, [joan.pk])
    assert reasons(hospital) == [("Pickering", "repeat_attendance")]
    assert look(hospital.system, files).still == 1
    with scoped(hospital.system):
        evidence = CandidateReason.objects.get().evidence
        assert (evidence["visits"], len(evidence["ids"].split(","))) == ("5", 5)


def test_a_live_wait_is_found_and_ends_and_a_rule_turned_off_finds_nobody(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    with scoped(hospital.system):
        stay = Stay.objects.get(patient=patient)
        stay.admitted_at = clock.now() - dt.timedelta(days=9)
        stay.save()
        ready = ReadyPeriod.objects.create(
            organisation_id=hospital.organisation_id, stay=stay, ready_at=clock.now() - dt.timedelta(days=4)
        )
    assert look(hospital.system, {}, [patient.pk]).new == 1
    assert reasons(hospital) == [("Pickering", "delayed_discharge")]
    set_rule(scope=hospital.administrator.scope, rule="delayed_discharge", asked=False, legal_basis="None any more")
    assert look(hospital.system, {}).gone == 1
    set_rule(scope=hospital.administrator.scope, rule="delayed_discharge", asked=True, legal_basis="Article 6(1)(e)")
    assert look(hospital.system, {}).new == 1
    with scoped(hospital.system):
        ready.delete()
    assert look(hospital.system, {}, [patient.pk]).gone == 1
    with scoped(hospital.system):
        assert Candidate.objects.get().state == "gone"


def hours_ago(hours: int) -> str:
    return clock.london(clock.now() - dt.timedelta(hours=hours)).strftime("%Y%m%d%H%M%S%z")


def people_found(hospital: Hospital, folder: Path) -> dict[str, int]:
    """How many people each rule finds when it is run of the hospital's own (`--live`)."""
    answers = running.run(
        running.Asked({}, clock.today(), folder), running.in_this_process, live=own_tables(hospital.system)
    )
    return {each.rule.name: each.people for each in answers if each.people}


@pytest.mark.parametrize(
    ("admission", "specialty", "found"),
    [("21", "300", 1), ("E", "", 1), ("11", "300", 0), ("", "", 0), ("21", "501", 0)],
)
def test_somebody_back_in_an_emergency_is_found_while_they_are_in_hospital(
    hospital: Hospital, tmp_path: Path, admission: str, specialty: str, found: int
) -> None:
    first = [message("A01", hours_ago(500)), message("A03", hours_ago(340))]
    again = message("A01", hours_ago(3), visit="V2", admission=admission, specialty=specialty)
    replay(hospital.system, [write(tmp_path, *first, again)])
    assert look(hospital.system, {}).new == found
    assert reasons(hospital) == [("EVERYMAN", "emergency_readmission")] * found
    assert people_found(hospital, tmp_path) == ({"emergency_readmission": found} if found else {})


def test_a_visit_to_a_and_e_counts_though_the_person_was_then_admitted(hospital: Hospital, tmp_path: Path) -> None:
    told = []
    for number, trigger in enumerate(("", "A01", "A06", "", "A01")):
        visit, hours = f"V{number}", 500 - 100 * number
        told.append(message("A04", hours_ago(hours), visit=visit, patient_class="E", location="AE"))
        if trigger:
            told.append(message(trigger, hours_ago(hours - 4), visit=visit))
        told.append(message("A03", hours_ago(hours - 9), visit=visit, patient_class="I" if trigger else "E"))
    replay(hospital.system, [write(tmp_path, *reversed(told))])
    assert look(hospital.system, {}).new == 1
    assert reasons(hospital) == [("EVERYMAN", "repeat_attendance")]
    assert people_found(hospital, tmp_path) == {"repeat_attendance": 1}
    with scoped(hospital.system):
        assert CandidateReason.objects.get().evidence["visits"] == "5"


def test_a_rule_the_hospital_wrote_itself_finds_people_says_why_and_can_be_taken_away(hospital: Hospital) -> None:
    patient, scope = a_patient(hospital), hospital.administrator.scope
    text = 'name = "here_now"\nwords = "Here this week"\nfinds = "Everybody."\n[[all]]\ntable = "spells"\ndays = 7\n'
    with pytest.raises(Invalid, match="all 1: days is a whole number"):
        keep_own_rule(scope=scope, text=text.replace("7", "0"), legal_basis="Article 6(1)(e)")
    with pytest.raises(Invalid, match="comes with Linkwell"):
        keep_own_rule(scope=scope, text=text.replace("here_now", "long_stay"), legal_basis="Article 6(1)(e)")
    keep_own_rule(scope=scope, text=text, legal_basis="Article 6(1)(e)")
    assert look(hospital.system, {}, [patient.pk]).new == 1
    with scoped(hospital.system):
        reason = CandidateReason.objects.get()
    seen = Hit("", reason.rule, reason.since, 0, reason.evidence)
    assert rules.sentence(seen, clinical=True) == "Here this week: 1 visit or stay that this trust’s own rule counts."
    assert rules.sentence(seen, clinical=False) == "The clinical team knows why."
    remove_own_rule(scope=scope, rule="here_now")
    assert look(hospital.system, {}).gone == 1


def test_the_rules_can_be_run_of_what_is_here_now_without_whoever_asked_not_to_be_found(
    hospital: Hospital, tmp_path: Path
) -> None:
    a_patient(hospital)
    apart = a_patient(hospital, "Walter Finch")
    with scoped(hospital.system):
        Objection.objects.create(
            organisation_id=hospital.organisation_id, patient=apart, said_at=clock.now(),
            recorded_by_id=hospital.clinician.user_id,
        )  # fmt: skip
        for stay in Stay.objects.all():
            ReadyPeriod.objects.create(
                organisation_id=hospital.organisation_id, stay=stay, ready_at=clock.now() - dt.timedelta(days=2)
            )
        Stay.objects.update(admitted_at=clock.now() - dt.timedelta(days=30))
    assert people_found(hospital, tmp_path) == {"delayed_discharge": 1, "long_stay": 1}


def test_past_activity_is_loaded_on_the_page_and_what_is_not_loaded_is_said(hospital: Hospital) -> None:
    client = sign_in(hospital.administrator)
    rows = "attendance_id,person_id,arrived_at\nA1,P1,2026-01-03 10:00\nA2,,2026-01-04 10:00\n"
    sent = {"kind": "attendances", "activity": SimpleUploadedFile("visits.csv", rows.encode())}
    said = client.post("/hospital/feeds/activity/", sent, follow=True).content.decode()
    assert "2 rows = 1 loaded + 1 rejected" in said
    wrong = {"kind": "attendances", "activity": SimpleUploadedFile("visits.pdf", b"%PDF")}
    assert "neither CSV nor Parquet" in client.post("/hospital/feeds/activity/", wrong).content.decode()
