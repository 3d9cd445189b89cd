"""If these fail, a hospital does not see whom it passes over, or somebody is counted twice or named."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from linkwell.core.database import scoped
from linkwell.evaluations.queries.offers import STEPS, offers
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.models import Candidate, Offer, Patient
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def done(hospital: Hospital, patient: Patient, act: Callable[..., None], **given: object) -> None:
    with scoped(hospital.system):
        now = Candidate.objects.get(patient=patient)
    act(scope=hospital.clinician.scope, candidate_id=now.pk, expected_version=now.version, **given)


def test_each_person_is_counted_once_with_the_steps_they_reached(hospital: Hospital) -> None:
    """One waits on the list, one said yes and was referred, one chose not to; one offer was noted by mistake, and one
    person has two records."""
    people = [a_patient(hospital, f"Joan Quillfeather{n}", sex="F" if n else "M") for n in range(5)]
    found(hospital, *people)
    _, yes, no, mistaken, again = people
    for each in (yes, again):
        done(hospital, each, actions.offer, answer="accepted")
    done(hospital, no, actions.offer, answer="chose_not")
    done(hospital, mistaken, actions.offer, answer="")
    done(hospital, mistaken, actions.take_back_offer)
    with scoped(hospital.system):
        Offer.objects.filter(candidate__patient=yes).update(referral_id=uuid4())
        Patient.objects.filter(pk=again.pk).update(merged_into=yes, cluster=yes.cluster)
    rows = offers(hospital.administrator.scope)
    assert sorted([row[step] for step in STEPS] for row in rows) == [
        ["1", "", "", "", ""],
        ["1", "", "", "", ""],
        ["1", "1", "0", "", ""],
        ["1", "1", "1", "1", ""],
    ]
    assert "quillfeather" not in str(rows).lower()


def test_ethnic_background_is_a_group_and_a_rare_one_names_nobody(hospital: Hospital) -> None:
    codes = ["H"] * 8 + ["B", ""]
    found(hospital, *(a_patient(hospital, f"Joan Quillfeather{n}", ethnic_category=c) for n, c in enumerate(codes)))
    said = sorted(row["ethnicity"] for row in offers(hospital.administrator.scope))
    assert said == ["Asian or Asian British - Indian"] * 8 + ["any other", "not known"]


def test_a_hospital_reads_the_steps_of_its_own_offers_and_nobody_else_does(hospital: Hospital, place: Place) -> None:
    found(hospital, *(a_patient(hospital, f"Joan Quillfeather{n}") for n in range(2)))
    page = sign_in(hospital.administrator).get("/evaluations/who-gets-there/").content.decode()
    assert "Everybody our rules first found in the last year" in page
    assert sign_in(hospital.clinician).get("/evaluations/who-gets-there/").status_code == 404
    assert "our rules first found" not in sign_in(place.lead).get("/evaluations/who-gets-there/").content.decode()
