"""If these fail, what somebody in A&E asked for cannot be noted, or a search shows whom nobody may see."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.models import Candidate, Objection, Patient, PatientIdentifier, Stay
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries.candidates import Filters
from linkwell.hospital.queries.here import people_here
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from linkwell.kernel import clock
from linkwell.kernel.errors import NotAllowed
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
NHS_NUMBER = "9434765919"


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def names(hospital: Hospital, words: str) -> list[str]:
    return [each.name for each in people_here(hospital.clerk.scope, words)]


def in_ae(hospital: Hospital, patient: Patient) -> None:
    with scoped(hospital.system):
        Stay.objects.filter(patient=patient).update(stay_class="emergency", ward="", bed="")


def test_somebody_in_ae_whom_no_rule_found_is_left_alone_when_one_does(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    in_ae(hospital, joan)
    client, address = sign_in(hospital.clerk), f"/hospital/here/{joan.pk}/asked-not/"
    page = client.get("/hospital/here/?q=picker").content.decode()
    assert ("A&amp;E" in page, "Plan going home" in page, f"{address}?q=picker" in page) == (True, False, True)
    assert "Joan Pickering asked us not to offer support" in client.get(f"{address}?q=picker").content.decode()
    page = client.post(f"{address}?q=picker", follow=True).content.decode()
    assert "They say we may offer again" in page
    found(hospital, joan)
    assert queries.candidates(hospital.clerk.scope, Filters()).rows == ()
    page = client.post(f"{address}end/?q=picker", follow=True).content.decode()
    assert "Asked us not to" in page
    assert client.post(f"{address}end/?q=picker", follow=True).status_code == 200
    with scoped(hospital.system):
        assert Objection.objects.get().ended_at is not None


def test_somebody_on_a_ward_is_found_before_they_are_ready_and_leads_to_their_page(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    page = sign_in(hospital.clerk).get("/hospital/here/?q=Joan").content.decode()
    with scoped(hospital.system):
        assert f"/hospital/stays/{Stay.objects.get().pk}/" in page
    assert "Not offered yet" in page
    assert "/hospital/people/?show=open&amp;q=Pickering" in page


def test_by_part_of_a_name_or_a_whole_number_and_by_nothing_less(hospital: Hospital) -> None:
    joan = a_patient(hospital, nhs_number=NHS_NUMBER, number_status="verified")
    a_patient(hospital, "Sam Oakes")
    with scoped(hospital.system):
        number = PatientIdentifier.objects.get(patient=joan).value
    asked = ("ckeri", "joan PICK", number, "943 476 5919")
    assert [names(hospital, words) for words in asked] == [["Joan Pickering"]] * 4
    assert [names(hospital, words) for words in ("", "J", "j p", number[:-1], "9434765918")] == [[]] * 5
    page = sign_in(hospital.clerk).get("/hospital/here/?q=J").content.decode()
    assert "Type a little more" in page


def test_a_number_from_before_two_records_were_joined_finds_the_one_they_became(hospital: Hospital) -> None:
    joan, other = a_patient(hospital), a_patient(hospital, "Joan Pickeringe")
    with scoped(hospital.system):
        number = PatientIdentifier.objects.get(patient=joan).value
        Patient.objects.filter(pk=joan.pk).update(merged_into=other, cluster=other.cluster)
        Objection.objects.create(
            organisation_id=hospital.organisation_id,
            patient=joan,
            said_at=clock.now(),
            recorded_by_id=hospital.clerk.user_id,
        )
    [row] = people_here(hospital.clerk.scope, number)
    assert (row.name, row.asked_not) == ("Joan Pickeringe", True)


@pytest.mark.parametrize("facts", [{"restricted": True}, {"died": True}, {"test": True}, {"here": False}])
def test_nobody_is_shown_who_is_restricted_or_dead_or_made_up_or_left_long_ago(
    hospital: Hospital, facts: dict[str, Any]
) -> None:
    joan = a_patient(hospital, **facts)
    with scoped(hospital.system):
        number = PatientIdentifier.objects.get(patient=joan).value
    assert (names(hospital, "Pickering"), names(hospital, number)) == ([], [])


def test_a_restricted_record_and_one_of_a_person_who_died_take_no_note(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    client, address = sign_in(hospital.clerk), f"/hospital/here/{joan.pk}/asked-not/"
    with scoped(hospital.system):
        Patient.objects.update(restricted=True)
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    with scoped(hospital.system):
        Patient.objects.update(restricted=False, died=True, died_at=clock.now() - dt.timedelta(hours=1))
    assert "They have died" in client.post(address, follow=True).content.decode()
    with scoped(hospital.system):
        assert not Objection.objects.exists()


def test_only_staff_of_that_hospital_who_treat_people_find_them(hospital: Hospital, place: Place) -> None:
    joan = a_patient(hospital)
    with pytest.raises(NotAllowed):
        people_here(hospital.administrator.scope, "Joan")
    assert sign_in(place.referrer).get("/hospital/here/?q=Joan").status_code == 404
    with pytest.raises(NotAllowed):
        actions.may_ask_again_of(scope=hospital.administrator.scope, patient_id=joan.pk)


def test_how_many_there_are_asks_the_database_no_more(hospital: Hospital) -> None:
    """Every ward clerk looks people up all day."""
    a_patient(hospital)
    with CaptureQueriesContext(connection) as one:
        names(hospital, "pickering")
    for number in range(9):
        a_patient(hospital, f"Ann{number} Pickering")
    with CaptureQueriesContext(connection) as ten:
        assert len(names(hospital, "pickering")) == 10
    assert len(one) == len(ten)


def test_whoever_was_on_the_list_and_is_gone_from_it_is_found_all_the_same(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    with scoped(hospital.system):
        Candidate.objects.update(state="gone")
    page = sign_in(hospital.clerk).get("/hospital/here/?q=Joan").content.decode()
    assert "Not on the list now" in page
