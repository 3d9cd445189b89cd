"""If these fail, somebody who said no is asked again, or somebody is named to people who do not treat them."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linkwell.accounts.queries import team
from linkwell.core.database import scoped
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.actions.finding import end_reviews
from linkwell.hospital.candidate_words import line
from linkwell.hospital.models import Candidate, NotSuitable, Offer, Patient, Stay
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries.candidates import Filters
from linkwell.hospital.tests.candidate_people import RULE, Hospital, a_hospital, a_patient, found, hit
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.referrals.actions import decline
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import Referral
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
JOAN = ReferralDetails("Joan", "Pickering", needs=("lonely",), phone="07700 900123", knows="agrees")


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def row(hospital: Hospital, patient: Patient) -> Candidate:
    with scoped(hospital.system):
        return Candidate.objects.get(patient=patient)


def names(hospital: Hospital, show: str = "open") -> list[str]:
    return [each.name for each in queries.candidates(hospital.clerk.scope, Filters(show=show))]


def act(hospital: Hospital, patient: Patient, what: str, **given: object) -> None:
    now = row(hospital, patient)
    do = getattr(actions, what)
    do(scope=hospital.clinician.scope, candidate_id=now.pk, expected_version=now.version, **given)


def test_only_people_treated_here_now_are_named(hospital: Hospital) -> None:
    here = a_patient(hospital)
    kept_off = [
        a_patient(hospital, "Left Long", here=False),
        a_patient(hospital, "Kept Apart", restricted=True),
        a_patient(hospital, "Has Died", died=True),
        a_patient(hospital, "Made Up", test=True),
        a_patient(hospital, "Joined Elsewhere", merged_into=here),
    ]
    assert found(hospital, here, *kept_off).new == 2
    assert names(hospital) == ["Joan Pickering"]


def test_who_dies_or_becomes_restricted_is_gone_from_every_list_whatever_they_said(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    act(hospital, patient, "offer", answer="accepted")
    with scoped(hospital.system):
        Patient.objects.filter(pk=patient.pk).update(died=True)
    for show in queries.SHOWN:
        assert names(hospital, show) == []
    with pytest.raises(NotFound):
        act(hospital, patient, "refer", team=None, submission_key=uuid4(), details=JOAN)
    assert found(hospital, patient).gone == 1
    assert found(hospital, patient).gone == 0


def test_asked_us_not_to_holds_whatever_is_found_also_under_a_joined_number(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    act(hospital, patient, "ask_not")
    found(hospital, patient, hits=(hit(), hit("long_stay", nights="30", admitted="2026-10-01", now="yes")))
    assert (names(hospital), names(hospital, "asked_not")) == ([], ["Joan Pickering"])
    other = a_patient(hospital, "Joan Pickeringe", cluster=patient.cluster)
    with scoped(hospital.system):
        Patient.objects.filter(pk=patient.pk).update(merged_into=other)
    found(hospital, patient, other)
    assert (names(hospital), names(hospital, "asked_not")) == ([], ["Joan Pickeringe"])
    act(hospital, other, "may_ask_again")
    found(hospital, other)
    assert names(hospital) == ["Joan Pickeringe"]


def test_not_suitable_is_a_clinician_s_word_and_ends_by_itself(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    now, today = row(hospital, patient), clock.today()
    say = {"candidate_id": now.pk, "expected_version": now.version, "reason": "clinical"}
    with pytest.raises(NotAllowed):
        actions.not_suitable(scope=hospital.clerk.scope, review_on=today + dt.timedelta(days=14), **say)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.not_suitable(scope=hospital.clinician.scope, review_on=today + dt.timedelta(days=200), **say)  # type: ignore[arg-type]
    act(hospital, patient, "not_suitable", reason="clinical", review_on=today + dt.timedelta(days=14))
    found(hospital, patient)
    assert (names(hospital), names(hospital, "not_suitable")) == ([], ["Joan Pickering"])
    assert end_reviews(scope=hospital.system) == 0
    with scoped(hospital.system):
        before = today - dt.timedelta(days=20)
        NotSuitable.objects.update(said_on=before, review_on=today)
    assert end_reviews(scope=hospital.system) == 1
    assert names(hospital) == ["Joan Pickering"]


def test_who_is_no_longer_found_leaves_the_list_unless_offered(hospital: Hospital) -> None:
    one, two = a_patient(hospital), a_patient(hospital, "Amir Khan")
    found(hospital, one, two)
    act(hospital, two, "offer", answer="")
    assert found(hospital, one, two, hits=()).gone == 1
    assert names(hospital) == ["Amir Khan"]
    assert found(hospital, one).new == 1


def test_a_yes_leads_to_one_referral_with_nothing_of_why_they_were_found(hospital: Hospital, place: Place) -> None:
    patient = a_patient(hospital)
    found(hospital, patient, hits=(hit(speak_first="yes"),))
    with pytest.raises(InvalidMove):
        act(hospital, patient, "refer", team=team(place.team_id), submission_key=uuid4(), details=JOAN)
    act(hospital, patient, "offer", answer="accepted", asked_alone=True)
    for _ in range(2):
        key = UUID(int=7)
        act(hospital, patient, "refer", team=team(place.team_id), submission_key=key, details=JOAN)
    with scoped(place.system):
        sent = Referral.objects.get()
    assert (sent.knows, sent.why, sent.sender_organisation_id) == ("agrees", "", hospital.organisation_id)
    with scoped(hospital.system):
        offer = Offer.objects.get()
    assert (offer.answer, offer.asked_alone, offer.referral_id) == ("accepted", True, sent.pk)
    with pytest.raises(InvalidMove):
        act(hospital, patient, "refer", team=team(place.team_id), submission_key=uuid4(), details=JOAN)


def test_two_who_note_at_once_see_each_other(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    seen = row(hospital, patient)
    act(hospital, patient, "offer", answer="")
    with pytest.raises(Conflict):
        actions.ask_not(scope=hospital.clerk.scope, candidate_id=seen.pk, expected_version=seen.version)
    act(hospital, patient, "take_back_offer")
    assert row(hospital, patient).state == "open"


def test_the_page_tells_a_clerk_less_than_a_clinician_and_a_practice_nothing(hospital: Hospital, place: Place) -> None:
    patient = a_patient(hospital)
    mental = hit("mild_mental_ill_health", groups="anxiety", speak_first="yes")
    found(hospital, patient, hits=(mental,))
    told = {member: _page(sign_in(member)) for member in (hospital.clinician, hospital.clerk)}
    assert "Speak to liaison psychiatry" in told[hospital.clinician]
    assert "Not suitable now<" in told[hospital.clinician]
    assert "liaison psychiatry" not in told[hospital.clerk]
    assert "Check with the clinical team." in told[hospital.clerk]
    for page in told.values():
        assert "Nothing comes from this hospital’s own systems" in page
        for word in ("attender", "frequent", "intensity", "score"):
            assert word not in page.lower()
    assert sign_in(place.referrer).get("/hospital/people/").status_code == 404


def comes_again(hospital: Hospital, patient: Patient, after: dt.timedelta = dt.timedelta()) -> None:
    """What was answered so far was answered so long ago, and now they are in A&E."""
    with scoped(hospital.system):
        Offer.objects.update(answered_at=clock.now() - after - dt.timedelta(hours=1))
        Stay.objects.create(
            organisation_id=hospital.organisation_id, patient=patient, visit=str(uuid4()), stay_class="emergency",
            admitted_at=clock.now(),
        )  # fmt: skip
    found(hospital, patient)


def refers(hospital: Hospital, patient: Patient, place: Place) -> None:
    act(hospital, patient, "offer", answer="accepted")
    act(hospital, patient, "refer", team=team(place.team_id), submission_key=uuid4(), details=JOAN)


def test_a_no_holds_for_this_stay_and_is_said_when_they_come_again(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    act(hospital, patient, "offer", answer="chose_not")
    found(hospital, patient)
    assert (names(hospital), names(hospital, "chose_not")) == ([], ["Joan Pickering"])
    comes_again(hospital, patient)
    assert (names(hospital), names(hospital, "chose_not")) == (["Joan Pickering"], [])
    page = _page(sign_in(hospital.clerk))
    assert "Not offered again yet" in page
    assert ": chose not to" in page
    act(hospital, patient, "ask_not")
    comes_again(hospital, patient)
    assert names(hospital) == []


def test_a_referral_that_could_not_be_taken_brings_them_back_to_be_offered_and_referred_again(
    hospital: Hospital, place: Place
) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    refers(hospital, patient, place)
    found(hospital, patient)
    assert names(hospital, "accepted") == ["Joan Pickering"]
    with scoped(place.system):
        sent = Referral.objects.get()
    decline(
        scope=place.lead.scope, referral_id=sent.pk, expected_version=sent.version, reason="out_of_area",
        advice="The team of Marl takes them.",
    )  # fmt: skip
    found(hospital, patient)
    assert names(hospital) == ["Joan Pickering"]
    assert "said yes, referred: could not be taken" in _page(sign_in(hospital.clerk))
    act(hospital, patient, "offer", answer="accepted")
    assert "said yes, not referred yet" in _page(sign_in(hospital.clerk), "?show=accepted").lower()
    act(hospital, patient, "refer", team=team(place.team_id), submission_key=uuid4(), details=JOAN)
    with scoped(hospital.system):
        assert Offer.objects.exclude(referral_id=None).count() == 2
    found(hospital, patient)
    assert (names(hospital), names(hospital, "accepted")) == ([], ["Joan Pickering"])


@pytest.mark.parametrize(("months", "listed"), [(1, "accepted"), (7, "open")])
def test_whoever_is_supported_is_not_asked_at_each_visit_and_whoever_was_once_is_not_shut_out(
    hospital: Hospital, place: Place, months: int, listed: str
) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    refers(hospital, patient, place)
    comes_again(hospital, patient, dt.timedelta(days=30 * months))
    assert names(hospital, listed) == ["Joan Pickering"]
    act(hospital, patient, "offer", answer="accepted")
    assert queries.candidates(hospital.clerk.scope, Filters(show="accepted")).rows[0].to_refer


def test_what_they_answered_is_not_forgotten_while_their_record_was_kept_apart(hospital: Hospital) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    act(hospital, patient, "offer", answer="chose_not")
    for restricted in (True, False):
        with scoped(hospital.system):
            Patient.objects.filter(pk=patient.pk).update(restricted=restricted)
        found(hospital, patient)
    assert (names(hospital), names(hospital, "chose_not")) == ([], ["Joan Pickering"])


def _page(client: Client, asked: str = "") -> str:
    return client.get(f"/hospital/people/{asked}").content.decode()


@pytest.mark.parametrize("rule", ["mild_mental_ill_health", "long_term_condition", "written_by_the_hospital"])
def test_nobody_but_a_clinician_can_learn_of_somebody_s_health_from_the_list(hospital: Hospital, rule: str) -> None:
    """Owen, who sees to the beds, could look up which of his neighbours is low."""
    low, other = a_patient(hospital, "Mary Low"), a_patient(hospital, "Owen Else")
    alone = hit("social_circumstances", groups="lives_alone")
    found(hospital, low, hits=(hit(rule, groups="anxiety"), alone))
    found(hospital, other, hits=(hit(), alone))
    assert [each.name for each in queries.candidates(hospital.clinician.scope, Filters(reason=rule))] == ["Mary Low"]
    with pytest.raises(NotAllowed):
        queries.candidates(hospital.clerk.scope, Filters(reason=rule))
    assert rule in queries.candidates_summary(hospital.clinician.scope).reasons
    assert queries.candidates_summary(hospital.clerk.scope).reasons == ("repeat_attendance", "social_circumstances")
    clerk, clinician = sign_in(hospital.clerk), sign_in(hospital.clinician)
    assert f'value="{rule}"' in _page(clinician)
    for page in (_page(clerk), _page(clerk, f"?reason={rule}")):
        assert rule not in page
        assert "Mary Low" in page
        assert "Owen Else" in page
    assert [each.name for each in queries.candidates(hospital.clerk.scope, Filters(reason=RULE))] == ["Owen Else"]


def test_reasons_that_tell_of_health_read_alike_to_a_clerk_and_are_not_in_what_the_clerk_is_given(
    hospital: Hospital,
) -> None:
    rules = ("mild_mental_ill_health", "long_term_condition", "own_rule")
    people = [a_patient(hospital, f"Person {rule}") for rule in rules]
    for patient, rule in zip(people, rules, strict=True):
        found(hospital, patient, hits=(hit(rule, groups="anxiety", words="Feels low", times="2"),))
    rows = queries.candidates(hospital.clerk.scope, Filters()).rows
    assert {(each.rule, tuple(each.evidence)) for row in rows for each in row.reasons} == {("", ())}
    said = {tuple(line(row, clinical=False)["why"]) for row in rows}
    assert said == {("The clinical team knows why.",)}
    told = queries.candidates(hospital.clinician.scope, Filters()).rows
    assert {each.rule for row in told for each in row.reasons} == set(rules)


def test_somebody_is_offered_support_and_referred_on_the_pages(hospital: Hospital, place: Place) -> None:
    patient = a_patient(hospital)
    found(hospital, patient)
    client, now = sign_in(hospital.clerk), row(hospital, patient)
    base = f"/hospital/people/{now.pk}/"
    assert client.post(f"{base}offer/", {"version": now.version}).status_code == 422
    assert client.post(f"{base}not-now/", {}).status_code == 404
    yes = client.post(f"{base}offer/", {"version": now.version, "answer": "accepted", "asked_alone": "on"})
    assert yes.headers["Location"] == f"{base}refer/"
    page = client.get(f"{base}refer/").content.decode()
    assert "Pickering" in page
    assert "A&amp;E" not in page
    given = {
        "submission_key": uuid4(), "given_name": "Joan", "family_name": "Pickering", "phone": "07700 900123",
        "needs": "lonely", "knows": "agrees", "team": str(place.team_id), "version": row(hospital, patient).version,
    }  # fmt: skip
    sent = client.post(f"{base}refer/", given)
    assert "?sent=1" in sent.headers["Location"]
    assert "referred" in client.get("/hospital/people/?show=accepted").content.decode()


def test_a_clinician_refers_somebody_restricted_by_their_whole_number_and_no_clerk_does(
    hospital: Hospital, place: Place
) -> None:
    apart = a_patient(hospital, "Kept Apart", restricted=True, nhs_number="9434765919", number_status="verified")
    a_patient(hospital, "Not Apart", nhs_number="9434765870", number_status="verified")
    client = sign_in(hospital.clinician)
    assert client.post("/hospital/restricted/", {"number": "9434765870"}).status_code == 422
    there = client.post("/hospital/restricted/", {"number": "943 476 5919"}).headers["Location"]
    assert there == f"/hospital/restricted/{apart.pk}/"
    page = client.get(there)
    assert "Their record is restricted" in page.content.decode()
    clerk = sign_in(hospital.clerk)
    assert clerk.get(there).status_code == clerk.get("/hospital/restricted/").status_code == 404
    assert sign_in(place.referrer).get(there).status_code == 404
