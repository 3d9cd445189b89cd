"""If these fail, somebody left alone for a while never comes back, or a mistake stays on somebody for good."""

import datetime as dt
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db.models import F

from linkwell.accounts.queries import team
from linkwell.core.database import scoped
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.actions.finding import end_reviews
from linkwell.hospital.models import Candidate, NotSuitable, Patient, Stay
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries import numbers
from linkwell.hospital.queries.candidates import Filters
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from linkwell.referrals.details import ReferralDetails
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def state(hospital: Hospital, patient: Patient) -> str:
    with scoped(hospital.system):
        return Candidate.objects.get(patient=patient).state


def test_every_ward_of_the_filter_finds_who_is_on_it_however_it_is_written(hospital: Hospital) -> None:
    """Without this, whoever chooses a ward with two spaces in its name reads that nobody there wants support."""
    wards = ("Elm  Ward", " Oak", "A&E", "Stroke unit " + "x" * 88)
    people = [a_patient(hospital, f"Joan Number{number}") for number in range(len(wards))]
    found(hospital, *people)
    with scoped(hospital.system):
        for patient, ward in zip(people, wards, strict=True):
            Stay.objects.filter(patient=patient).update(ward=ward)
    client = sign_in(hospital.clerk)
    shown = BeautifulSoup(client.get("/hospital/people/").content, "html.parser")
    # A browser sends the value of an option, or its words with the spaces put together.
    given = [str(each.get("value", " ".join(each.get_text().split()))) for each in shown.select("#ward option")]
    assert sorted(given) == sorted(["", "Left lately", *wards])
    for ward, patient in zip(wards, people, strict=True):
        page = client.get("/hospital/people/", {"ward": ward}).content.decode()
        assert [each.family_name in page for each in people] == [each == patient for each in people], ward


def act(hospital: Hospital, patient: Patient, what: str, **given: object) -> None:
    with scoped(hospital.system):
        now = Candidate.objects.get(patient=patient)
    do = getattr(actions, what)
    do(scope=hospital.clinician.scope, candidate_id=now.pk, expected_version=now.version, **given)


def not_now(hospital: Hospital, patient: Patient, days: int = 14) -> None:
    review_on = clock.today() + dt.timedelta(days=days)
    act(hospital, patient, "not_suitable", reason="clinical", review_on=review_on)


def join(hospital: Hospital, patient: Patient, into: Patient | None) -> None:
    with scoped(hospital.system):
        cluster = into.cluster if into else patient.cluster
        Patient.objects.filter(pk=patient.pk).update(merged_into=into, cluster=cluster)


def days_pass(hospital: Hospital, days: int) -> None:
    gone = dt.timedelta(days=days)
    with scoped(hospital.system):
        NotSuitable.objects.update(said_on=F("said_on") - gone, review_on=F("review_on") - gone)


def two_joined(hospital: Hospital) -> tuple[Patient, Patient]:
    """Joan, not suitable for 14 days, whose record was then joined to her other one."""
    joan, other = a_patient(hospital), a_patient(hospital, "Joan Pickeringe")
    found(hospital, joan, other)
    not_now(hospital, joan)
    join(hospital, joan, other)
    found(hospital, joan, other)
    assert (state(hospital, joan), state(hospital, other)) == ("gone", "not_suitable")
    return joan, other


def test_whoever_is_left_for_later_comes_back_on_the_day_also_when_their_record_was_joined(hospital: Hospital) -> None:
    _, other = two_joined(hospital)
    days_pass(hospital, 14)
    assert end_reviews(scope=hospital.system) == 1
    assert state(hospital, other) == "open"
    found(hospital, other)
    assert state(hospital, other) == "open"


def test_a_review_that_ends_does_not_bring_back_whom_another_record_still_leaves_for_later(hospital: Hospital) -> None:
    joan, other = a_patient(hospital), a_patient(hospital, "Joan Pickeringe")
    found(hospital, joan, other)
    not_now(hospital, joan, 60)
    not_now(hospital, other, 14)
    join(hospital, joan, other)
    days_pass(hospital, 14)
    assert end_reviews(scope=hospital.system) == 1
    assert state(hospital, other) == "not_suitable"


def test_whoever_was_left_for_later_by_a_join_is_back_when_the_join_is_undone(hospital: Hospital) -> None:
    joan, other = two_joined(hospital)
    join(hospital, joan, None)
    found(hospital, joan, other)
    assert (state(hospital, joan), state(hospital, other)) == ("not_suitable", "open")


def test_the_page_says_when_to_look_again_of_a_joined_record_and_a_clinician_can_now(hospital: Hospital) -> None:
    _, other = two_joined(hospital)
    row = queries.candidates(hospital.clinician.scope, Filters(show="not_suitable")).rows[0]
    assert row.review_on == clock.today() + dt.timedelta(days=14)
    assert "Look again on" in sign_in(hospital.clinician).get("/hospital/people/?show=not_suitable").content.decode()
    act(hospital, other, "look_again")
    found(hospital, other)
    assert state(hospital, other) == "open"


@pytest.mark.parametrize(("said", "back"), [("", "open"), ("accepted", "accepted")])
def test_whoever_never_asked_us_not_to_is_offered_support_again_once_a_mistaken_join_is_undone(
    hospital: Hospital, said: str, back: str
) -> None:
    joan, other = a_patient(hospital), a_patient(hospital, "Mary Other")
    found(hospital, joan, other)
    if said:
        act(hospital, other, "offer", answer=said)
    act(hospital, joan, "ask_not")
    join(hospital, joan, other)
    found(hospital, joan, other)
    assert state(hospital, other) == "asked_not"
    join(hospital, joan, None)
    found(hospital, joan, other)
    assert (state(hospital, joan), state(hospital, other)) == ("asked_not", back)


def test_a_yes_noted_by_mistake_can_be_taken_back_until_they_are_referred(hospital: Hospital, place: Place) -> None:
    """Else somebody is referred who never agreed, or stays on the list of those who did."""
    joan = a_patient(hospital)
    found(hospital, joan)
    act(hospital, joan, "offer", answer="accepted")
    client = sign_in(hospital.clerk)
    assert "Take back the yes" in client.get("/hospital/people/?show=accepted").content.decode()
    with scoped(hospital.system):
        now = Candidate.objects.get()
    back = f"/hospital/people/{now.pk}/put-back/"
    said = client.post(back, {"version": now.version}, follow=True).content.decode()
    assert "The yes is taken back" in said
    found(hospital, joan)
    assert state(hospital, joan) == "open"
    assert [row.accepted for row in numbers.reached(hospital.administrator.scope)["sex"]] == [0]
    act(hospital, joan, "offer", answer="accepted")
    details = ReferralDetails("Joan", "Pickering", needs=("lonely",), phone="07700 900123", knows="agrees")
    act(hospital, joan, "refer", team=team(place.team_id), submission_key=uuid4(), details=details)
    assert "Take back the yes" not in client.get("/hospital/people/?show=accepted").content.decode()
    with pytest.raises(InvalidMove):
        act(hospital, joan, "take_back_yes")


def test_a_clinician_can_say_not_now_again_on_the_day_to_look_again_before_the_round(hospital: Hospital) -> None:
    """Else the page fails them: what was said before is due, and not ended yet."""
    joan = a_patient(hospital)
    found(hospital, joan)
    not_now(hospital, joan)
    found(hospital, joan, hits=())
    with scoped(hospital.system):
        Patient.objects.update(restricted=True)
    found(hospital, joan)
    with scoped(hospital.system):
        Patient.objects.update(restricted=False)
    days_pass(hospital, 14)
    found(hospital, joan)
    assert state(hospital, joan) == "open"
    not_now(hospital, joan, 30)
    assert end_reviews(scope=hospital.system) == 0
    assert state(hospital, joan) == "not_suitable"


def test_a_clinician_can_say_not_now_of_somebody_who_asked_us_not_to_and_then_to_ask_again(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    not_now(hospital, joan)
    for what in ("ask_not", "may_ask_again"):
        act(hospital, joan, what)
    not_now(hospital, joan, 30)
    assert state(hospital, joan) == "not_suitable"
