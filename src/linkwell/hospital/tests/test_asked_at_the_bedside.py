"""If these fail, somebody who said at the bedside “please do not offer me this” is offered it all the same."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from linkwell.accounts.queries import team
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.core.worker import work_off
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.actions.looking import look
from linkwell.hospital.models import Candidate, Objection, Offer, Patient, ReadyPeriod, Stay
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries.candidates import Filters
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotAllowed, NotFound
from linkwell.referrals.details import ReferralDetails
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
NOT_TO_OFFER = "They asked us not to offer support."


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def stay_of(hospital: Hospital, patient: Patient) -> UUID:
    with scoped(hospital.system):
        return Stay.objects.get(patient=patient).pk


def names(hospital: Hospital, show: str = "open") -> list[str]:
    return [each.name for each in queries.candidates(hospital.clerk.scope, Filters(show=show))]


def press(hospital: Hospital, patient: Patient, where: str = "") -> str:
    address = f"/hospital/stays/{stay_of(hospital, patient)}/asked-not/{where}"
    return sign_in(hospital.clerk).post(address, follow=True).content.decode()


def test_whom_no_rule_has_found_says_so_and_is_left_alone_when_one_does(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    client, page = sign_in(hospital.clerk), f"/hospital/stays/{stay_of(hospital, joan)}/"
    assert "Asked us not to offer support" in client.get(page).content.decode()
    assert "until they say otherwise" in client.get(f"{page}asked-not/").content.decode()
    assert NOT_TO_OFFER in press(hospital, joan)
    with scoped(hospital.system):
        assert not Candidate.objects.exists()
        ReadyPeriod.objects.create(
            organisation_id=hospital.organisation_id, stay=Stay.objects.get(), ready_at=clock.now()
            - dt.timedelta(days=3),
        )  # fmt: skip
        Stay.objects.update(admitted_at=clock.now() - dt.timedelta(days=30))
    look(hospital.system, {})
    assert (names(hospital), names(hospital, "asked_not")) == ([], ["Joan Pickering"])
    assert NOT_TO_OFFER not in press(hospital, joan, "end/")
    assert (names(hospital), names(hospital, "asked_not")) == (["Joan Pickering"], [])


def test_an_offer_that_waits_is_withdrawn_and_both_pages_take_it_back(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    row = queries.candidates(hospital.clerk.scope, Filters()).rows[0]
    actions.offer(scope=hospital.clerk.scope, candidate_id=row.id, expected_version=row.version, answer="")
    press(hospital, joan)
    with scoped(hospital.system):
        assert Offer.objects.get().answer == "withdrawn"
    row = queries.candidates(hospital.clerk.scope, Filters(show="asked_not")).rows[0]
    actions.may_ask_again(scope=hospital.clerk.scope, candidate_id=row.id, expected_version=row.version)
    assert (
        NOT_TO_OFFER not in sign_in(hospital.clerk).get(f"/hospital/stays/{stay_of(hospital, joan)}/").content.decode()
    )
    assert names(hospital) == ["Joan Pickering"]


def test_said_twice_it_is_said_once_and_taken_back_twice_it_is_taken_back_once(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    scope = hospital.clerk.scope
    for _ in range(2):
        actions.ask_not_of(scope=scope, patient_id=joan.pk)
    actions.may_ask_again_of(scope=scope, patient_id=joan.pk)
    with pytest.raises(InvalidMove):
        actions.may_ask_again_of(scope=scope, patient_id=joan.pk)
    with scoped(hospital.system):
        said = Objection.objects.get()
        assert (said.recorded_by_id, said.ended_by_id) == (hospital.clerk.user_id, hospital.clerk.user_id)
        assert AuditEvent.objects.filter(object_kind="hospital_patient", object_id=joan.pk).count() == 3


def test_what_was_said_before_two_records_were_joined_holds_for_the_one_they_became(hospital: Hospital) -> None:
    joan, other = a_patient(hospital), a_patient(hospital, "Joan Pickeringe")
    actions.ask_not_of(scope=hospital.clerk.scope, patient_id=joan.pk)
    with scoped(hospital.system):
        Patient.objects.filter(pk=joan.pk).update(merged_into=other, cluster=other.cluster)
    found(hospital, other)
    assert (names(hospital), names(hospital, "asked_not")) == ([], ["Joan Pickeringe"])
    press(hospital, other, "end/")
    found(hospital, other)
    assert names(hospital) == ["Joan Pickeringe"]


def test_whom_a_rule_was_finding_at_that_moment_is_off_the_list_at_once(hospital: Hospital) -> None:
    """The rule had asked who objects just before, and put them on the list just after."""
    joan = a_patient(hospital)
    actions.ask_not_of(scope=hospital.clerk.scope, patient_id=joan.pk)
    with scoped(hospital.system):
        Candidate.objects.create(
            organisation_id=hospital.organisation_id, patient=joan, state="open", found_at=clock.now()
        )
    work_off()
    assert names(hospital) == []


def test_it_is_noted_by_the_staff_of_their_own_hospital_and_never_on_a_restricted_record(
    hospital: Hospital, place: Place
) -> None:
    joan = a_patient(hospital)
    stay_id = stay_of(hospital, joan)
    with pytest.raises(NotAllowed):
        actions.ask_not_of(scope=hospital.administrator.scope, patient_id=joan.pk)
    with pytest.raises(NotFound):
        actions.ask_not_of(scope=place.referrer.scope, patient_id=joan.pk)
    with scoped(hospital.system):
        Patient.objects.update(restricted=True)
    assert sign_in(hospital.clerk).get(f"/hospital/stays/{stay_id}/asked-not/").status_code == 404
    with scoped(hospital.system):
        Patient.objects.update(restricted=False, died=True)
    with pytest.raises(InvalidMove):
        actions.ask_not_of(scope=hospital.clerk.scope, patient_id=joan.pk)


def test_why_a_rule_saw_somebody_is_told_to_nobody_once_they_asked_us_not_to(hospital: Hospital) -> None:
    """Else the whole ward goes on reading how often somebody came who said that they want none of this."""
    joan = a_patient(hospital)
    found(hospital, joan)
    page = sign_in(hospital.clinician).get("/hospital/people/").content.decode()
    assert 'value="repeat_attendance"' in page
    press(hospital, joan)
    found(hospital, joan)
    row = queries.candidates(hospital.clinician.scope, Filters(show="asked_not")).rows[0]
    assert row.reasons == ()
    page = sign_in(hospital.clinician).get("/hospital/people/?show=asked_not").content.decode()
    assert "Not shown: they asked us not to offer." in page
    assert 'value="repeat_attendance"' not in page
    by_reason = Filters(show="asked_not", reason="repeat_attendance")
    assert queries.candidates(hospital.clinician.scope, by_reason).rows == ()
    press(hospital, joan, "end/")
    assert queries.candidates(hospital.clinician.scope, Filters()).rows[0].reasons


@pytest.mark.parametrize(("referred", "listed"), [(True, "accepted"), (False, "open")])
def test_who_was_referred_before_they_objected_is_not_offered_again_what_they_have(
    hospital: Hospital, place: Place, *, referred: bool, listed: str
) -> None:
    """Noted for the wrong person, or meant no more: a yes that led to nothing yet is asked anew."""
    joan = a_patient(hospital)
    found(hospital, joan)
    scope = hospital.clerk.scope
    row = queries.candidates(scope, Filters()).rows[0]
    actions.offer(scope=scope, candidate_id=row.id, expected_version=row.version, answer="accepted")
    details = ReferralDetails("Joan", "Pickering", needs=("lonely",), phone="07700 900123", knows="agrees")
    if referred:
        row = queries.candidates(scope, Filters(show="accepted")).rows[0]
        actions.refer(
            scope=scope, candidate_id=row.id, expected_version=row.version, team=team(place.team_id),
            submission_key=uuid4(), details=details,
        )  # fmt: skip
    press(hospital, joan)
    press(hospital, joan, "end/")
    found(hospital, joan)
    assert names(hospital, listed) == ["Joan Pickering"]
    page = sign_in(hospital.clerk).get(f"/hospital/people/?show={listed}").content.decode()
    assert ("Not offered again yet" in page) is not referred
