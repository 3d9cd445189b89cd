"""If these fail, whoever goes round a ward loses their place on the list after each person, or stands at a dead end."""

import datetime as dt
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from linkwell.core.database import scoped
from linkwell.hospital.models import Candidate, Patient, Stay
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries.candidates import EMERGENCY, LEFT, Filters
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient, found
from linkwell.kernel import clock
from tests.place import sign_in

pytestmark = pytest.mark.django_db
LIST = "/hospital/people/"
ON_MAPLE = "?show=open&ward=Maple"


@pytest.fixture
def hospital(db: None) -> Hospital:
    return a_hospital()


def steps_of(hospital: Hospital, patient: Patient) -> tuple[str, int]:
    """Where the pages of one person begin, and the version somebody sees now."""
    with scoped(hospital.system):
        row = Candidate.objects.get(patient=patient)
    return f"{LIST}{row.pk}/", row.version


def test_every_step_leads_back_to_the_ward_that_was_chosen(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    client = sign_in(hospital.clinician)
    page = client.get(f"{LIST}{ON_MAPLE}").content.decode()
    base, _ = steps_of(hospital, joan)
    asked = ON_MAPLE.replace("&", "&amp;")
    for step in ("offer/", "not-now/", "asked-not/"):
        assert f'href="{base}{step}{asked}"' in page
        form = client.get(f"{base}{step}{ON_MAPLE}").content.decode()
        assert form.count(f'href="{LIST}{asked}"') == 2
    said = {
        "offer/": {"answer": "thinking"},
        "put-back/": {},
        "not-now/": {"reason": "clinical", "review": "14"},
        "asked-not/": {},
    }
    for step, given in said.items():
        answer = client.post(f"{base}{step}{ON_MAPLE}", {"version": steps_of(hospital, joan)[1], **given})
        assert answer.headers["Location"] == f"{LIST}{ON_MAPLE}", step


def test_a_yes_leads_to_the_referral_and_from_there_back_to_the_ward(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    client, (base, version) = sign_in(hospital.clerk), steps_of(hospital, joan)
    yes = client.post(f"{base}offer/{ON_MAPLE}", {"version": version, "answer": "accepted"})
    assert yes.headers["Location"] == f"{base}refer/{ON_MAPLE}"
    asked = ON_MAPLE.replace("&", "&amp;")
    assert f'href="{LIST}{asked}"' in client.get(f"{base}refer/{ON_MAPLE}").content.decode()


def test_an_address_leads_back_to_the_list_and_nowhere_else(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    client, (base, version) = sign_in(hospital.clerk), steps_of(hospital, joan)
    given = {"version": version, "answer": "chose_not"}
    answer = client.post(f"{base}offer/?next=//evil.example&ward=%26page%3D9&show=open", given)
    assert answer.headers["Location"] == f"{LIST}?show=open&ward=%26page%3D9"


def test_whoever_settles_the_last_of_the_last_page_is_not_told_that_nobody_is_left(hospital: Hospital) -> None:
    found(hospital, a_patient(hospital))
    answer = sign_in(hospital.clerk).get(f"{LIST}{ON_MAPLE}&page=2")
    assert answer.headers["Location"] == f"{LIST}{ON_MAPLE}"
    nobody = sign_in(hospital.clerk).get(f"{LIST}?show=chose_not&page=2", follow=True)
    assert "Nobody has said no" in nobody.content.decode()


def test_who_opens_the_referral_of_somebody_whose_yes_was_taken_back_is_told_so(hospital: Hospital) -> None:
    joan = a_patient(hospital)
    found(hospital, joan)
    base, _ = steps_of(hospital, joan)
    client = sign_in(hospital.clerk)
    assert "Note first that Joan Pickering said yes." in client.get(f"{base}refer/", follow=True).content.decode()
    assert client.get(f"{LIST}{uuid4()}/refer/").status_code == 404


def test_each_list_says_how_many_of_the_chosen_ward_it_holds(hospital: Hospital) -> None:
    """Else a tab promises twelve people and opens on two, and somebody looks for the ten who are not there."""
    joan, amir = a_patient(hospital), a_patient(hospital, "Amir Khan")
    with scoped(hospital.system):
        Stay.objects.filter(patient=amir).update(ward="Elm")
    found(hospital, joan, amir)
    client = sign_in(hospital.clerk)
    base, version = steps_of(hospital, amir)
    client.post(f"{base}asked-not/", {"version": version})
    for asked, to_offer, asked_not in (("", 1, 1), ("?ward=Maple", 1, 0), ("?ward=Elm", 0, 1), ("?q=amir", 0, 1)):
        page = BeautifulSoup(client.get(f"{LIST}{asked}").content, "html.parser")
        counts = [each.text.strip() for each in page.select(".lw-filter__count")]
        assert (counts[0], counts[-1]) == (str(to_offer), str(asked_not)), asked


def test_who_is_here_comes_before_who_has_left_and_a_ward_holds_only_who_is_on_it(hospital: Hospital) -> None:
    """People stay on the list for a month after they left: else a busy A&E buries whoever sits there now."""
    visit = {"stay_class": "emergency"}
    given: dict[str, dict[str, str]] = {"Anna Left": {}, "Brian Here": {}, "Cora Waiting": visit, "Dev Home": visit}
    people = {name: a_patient(hospital, name) for name in given}
    with scoped(hospital.system):
        for name, values in given.items():
            gone = clock.now() - dt.timedelta(hours=1) if name in ("Anna Left", "Dev Home") else None
            Stay.objects.filter(patient=people[name]).update(discharged_at=gone, **values)
    found(hospital, *people.values())

    def names(ward: str = "") -> list[str]:
        return [each.name for each in queries.candidates(hospital.clerk.scope, Filters(ward=ward))]

    assert names() == ["Brian Here", "Cora Waiting", "Dev Home", "Anna Left"]
    assert (names("Maple"), names(EMERGENCY)) == (["Brian Here"], ["Cora Waiting"])
    assert names(LEFT) == ["Dev Home", "Anna Left"]
    page = sign_in(hospital.clerk).get(f"{LIST}?ward=Left+lately").content.decode()
    assert "Anna Left" in page
    assert "Brian Here" not in page


def test_every_step_says_which_of_two_people_of_one_name_it_is_about(hospital: Hospital) -> None:
    joan, other = a_patient(hospital), a_patient(hospital)
    with scoped(hospital.system):
        Stay.objects.filter(patient=other).update(bed="9")
    found(hospital, joan, other)
    client, (base, _) = sign_in(hospital.clinician), steps_of(hospital, other)
    for step in ("offer/", "not-now/", "asked-not/"):
        page = client.get(f"{base}{step}").content.decode()
        assert " years old. Maple, bed 9." in page, step
