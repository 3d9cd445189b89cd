"""If these fail, a hospital does not see which people it passes over, or somebody's ethnic background is shown."""

import dataclasses
import importlib
import pkgutil
from pathlib import Path

import pytest

from linkwell.core.database import scoped
from linkwell.hospital import queries
from linkwell.hospital.actions import candidates as offering
from linkwell.hospital.models import Candidate, Patient, Stay
from linkwell.hospital.queries.numbers import reached
from linkwell.hospital.replaying import replay
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from linkwell.hospital.tests.sending import message, write
from tests.place import sign_in

pytestmark = pytest.mark.django_db
INDIAN, IRISH = "Asian or Asian British - Indian", "White - Irish"
PHONE = b"01632960123"


@pytest.fixture
def hospital() -> Hospital:
    return a_hospital()


def told(hospital: Hospital, folder: Path, *messages: tuple[str, str, str]) -> Patient:
    """Admission and updates of one patient, each with what it is, its time and PID-22, in the order they came."""
    sent = [message(trigger, at).replace(PHONE, PHONE + b"|" * 9 + code.encode()) for trigger, at, code in messages]
    replay(hospital.system, [write(folder, *sent)])
    with scoped(hospital.system):
        return Patient.objects.get()


def test_the_newest_that_says_something_holds_whatever_comes_late(hospital: Hospital, tmp_path: Path) -> None:
    patient = told(
        hospital,
        tmp_path,
        ("A01", "20261120090000", "B"),
        ("A08", "20261121110000", "H^^NHSDD"),
        ("A08", "20261121100000", "A"),
        ("A08", "20261122100000", "99"),
        ("A08", "20261122110000", "N^NOT HISPANIC OR LATINO^HL70189"),
        ("A08", "20261122120000", ""),
    )
    assert patient.ethnic_category == "H"
    page = sign_in(hospital.clerk)
    with scoped(hospital.system):
        stay = Stay.objects.get()
    found(hospital, patient)
    for where in ("/hospital/people/", f"/hospital/stays/{stay.pk}/", "/hospital/going-home/"):
        shown = page.get(where).content.decode()
        assert INDIAN not in shown, where
        assert "thnic" not in shown, where
    assert INDIAN in page.get("/hospital/numbers/").content.decode()


def test_each_step_is_counted_by_ethnic_background_and_what_is_not_known_is_shown_as_such(hospital: Hospital) -> None:
    codes = ["H", "H", "H", "B", "Z", ""]
    people = [a_patient(hospital, f"Joan Made{n}", ethnic_category=code) for n, code in enumerate(codes)]
    kept_out = [a_patient(hospital, "Pat Made", ethnic_category="B", **{flag: True}) for flag in ("test", "restricted")]
    found(hospital, *people)
    with scoped(hospital.system):
        Candidate.objects.bulk_create(
            Candidate(organisation_id=hospital.organisation_id, patient=each, state="open", found_at=each.created_at)
            for each in kept_out
        )
        row = Candidate.objects.get(patient=people[0])
    offering.offer(scope=hospital.clerk.scope, candidate_id=row.pk, expected_version=1, answer="accepted")
    rows = [dataclasses.astuple(each) for each in reached(hospital.clerk.scope)["ethnicity"]]
    assert rows == [
        (IRISH, 1, 0, 0, 0),
        (INDIAN, 3, 1, 1, 0),
        ("Not stated", 1, 0, 0, 0),
        ("Not known", 1, 0, 0, 0),
    ]
    page = sign_in(hospital.administrator).get("/hospital/numbers/").content.decode()
    assert "Ethnic background" in page
    assert "Not known" in page


def test_somebody_with_two_records_is_one_person(hospital: Hospital) -> None:
    one, two = (a_patient(hospital, f"Joan Made{n}", ethnic_category="H") for n in range(2))
    found(hospital, one, two)
    with scoped(hospital.system):
        row = Candidate.objects.get(patient=two)
    offering.offer(scope=hospital.clerk.scope, candidate_id=row.pk, expected_version=1, answer="accepted")
    with scoped(hospital.system):
        Patient.objects.filter(pk=two.pk).update(merged_into=one, cluster=one.cluster)
    (group,) = reached(hospital.clerk.scope)["ethnicity"]
    assert (group.found, group.offered, group.accepted) == (1, 1, 1)


def test_nothing_a_page_reads_of_one_person_has_it() -> None:
    """It is special category data: whoever adds it to a row shows it on the next page that loops over the row."""
    rooms = [
        importlib.import_module(each.name)
        for each in pkgutil.iter_modules(queries.__path__, "linkwell.hospital.queries.")
    ]
    named_there = (each for room in rooms for each in vars(room).values())
    rows = {each for each in named_there if isinstance(each, type) and dataclasses.is_dataclass(each)}
    named = {f"{row.__name__}.{field.name}" for row in rows for field in dataclasses.fields(row)}
    assert "PatientRow.sex" in named
    assert not {name for name in named if "ethnic" in name.casefold()}
