"""The person page: who may open it, what it says, and what it never says."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ClosingDetails
from linkwell.core import timeline
from linkwell.core.database import scoped
from linkwell.journey import queries
from linkwell.journey.tests.people import (
    CONCERN,
    HIDDEN,
    PHONE,
    POSTCODE,
    RESTRICTED_BECAUSE,
    book,
    person_of,
    shown,
    supported,
    talk,
    whole_story,
)
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
PAGES = ["person", "looked", "record", "record_export"]


@pytest.mark.fault("F14")
@pytest.mark.parametrize("name", PAGES)
def test_the_care_team_opens_it_and_nobody_else_learns_that_it_is_there(
    place: Place, client_for: SignIn, name: str
) -> None:
    address = reverse(f"journey:{name}", args=[whole_story(place)])
    for member in (place.worker, place.colleague, place.lead, place.safeguarding_lead):
        assert client_for(member).get(address).status_code == 200
    for outsider in (place.stranger, place.stranger_lead, place.referrer, place.administrator):
        assert client_for(outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_for(place.worker).get(reverse(f"journey:{name}", args=[uuid4()])).status_code == 404
    assert client_for(place.worker).post(address).status_code == 405


def test_one_look_says_what_matters_what_is_planned_and_what_comes_next(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    case = cases.cases_of(place.worker.scope, person_id)[0]
    book(place, case.id, clock.now() + dt.timedelta(days=2), kind="home")
    page = shown(client_for(place.worker).get(reverse("journey:person", args=[person_id])))
    for words in (
        "Joan Pickering",
        "Visit in pairs",
        "My dog Biscuit",
        "I see nobody all week",
        "Have lunch with others",
        "8 out of 10",
        "Try the lunch club",
        "home visit",
        "Falls on the stairs",
        "She would like company on Tuesdays.",
        "Support since",
        "Who has looked",
    ):
        assert words in page


@pytest.mark.fault("F16")
def test_hidden_words_are_on_no_page_copy_or_export_of_the_ordinary_record(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    client = client_for(place.colleague)
    for name in PAGES:
        answer = client.get(reverse(f"journey:{name}", args=[person_id]))
        for word in HIDDEN:
            assert word not in answer.content.decode(), f"{word} on {name}"
    for lead in (place.lead, place.safeguarding_lead):
        for name in ("record", "record_export"):
            answer = client_for(lead).get(reverse(f"journey:{name}", args=[person_id]))
            assert not any(word in answer.content.decode() for word in HIDDEN)


@pytest.mark.fault("F16")
def test_a_link_worker_is_not_even_told_that_there_is_a_concern(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    address = reverse("journey:person", args=[person_id])
    for asked in (address, *(f"{address}?show={show}" for show in ("safeguarding", "details", "all"))):
        page = shown(client_for(place.colleague).get(asked))
        assert "afeguarding concern" not in page
        assert "Raised" not in page
        assert RESTRICTED_BECAUSE not in page
    seen = shown(client_for(place.safeguarding_lead).get(f"{address}?show=all"))
    assert "A safeguarding concern was raised" in seen
    assert RESTRICTED_BECAUSE in seen
    assert CONCERN not in seen


@pytest.mark.fault("F17")
def test_a_copy_of_a_restricted_record_holds_no_place_and_no_number(place: Place, client_for: SignIn) -> None:
    person_id = person_of(place, supported(place))
    people.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason="Court order")
    for name in ("record", "record_export"):
        answer = client_for(place.worker).get(reverse(f"journey:{name}", args=[person_id])).content.decode()
        for word in (POSTCODE, "Quay Street", PHONE, "+447700900123", "Court order"):
            assert word not in answer
    page = shown(client_for(place.worker).get(reverse("journey:person", args=[person_id])))
    assert "tell nobody outside the team where they are" in page


def test_after_the_end_the_page_says_from_when_to_when(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    talk(place, case_id)
    version = cases.case(place.worker.scope, case_id).version
    casework.close(
        scope=place.worker.scope, case_id=case_id, expected_version=version, closing=ClosingDetails(reason="goals_met")
    )
    page = shown(client_for(place.worker).get(reverse("journey:person", args=[person_of(place, case_id)])))
    assert "Support from" in page
    assert " to " in page
    assert "Ended because: goals reached" in page
    assert "Write up" not in page


@pytest.mark.fault("F10")
def test_records_read_together_show_one_story(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    other = people.add_person(scope=place.worker.scope, details=PersonDetails("Joanie", "Pickering"))
    people.link_identity(scope=place.worker.scope, record_id=other, same_as_id=person_id, reason="Asked her")
    page = shown(client_for(place.worker).get(reverse("journey:person", args=[other])))
    assert "She would like company on Tuesdays." in page
    assert "Have lunch with others" in page
    assert "Read together with another record" in page


def test_the_timeline_is_filtered_and_paged(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    for number in range(23):
        talk(place, case_id, note=f"Talk number {number}.", happened_at=clock.now() - dt.timedelta(minutes=90 - number))
    address = reverse("journey:person", args=[person_of(place, case_id)])
    client = client_for(place.worker)
    first, second = (
        shown(client.get(f"{address}?show=conversations")),
        shown(client.get(f"{address}?show=conversations&page=2")),
    )
    assert "Talk number 22." in first
    assert "Talk number 2." not in first
    assert "Talk number 2." in second
    assert "Support has begun" not in second
    assert "Showing 16 to 23" in second
    assert "Referred by" in shown(client.get(f"{address}?show=referrals"))
    for odd in ("?page=-1", "?page=x", "?show=%00", "?page=9999"):
        assert client.get(address + odd).status_code == 200


@pytest.mark.fault("F31")
def test_the_page_costs_the_same_with_one_line_and_with_twenty(place: Place) -> None:
    case_id = supported(place)
    person_id = person_of(place, case_id)
    talk(place, case_id)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.person_page(place.worker.scope, person_id)
        return len(asked)

    few = cost()
    for _ in range(20):
        talk(place, case_id)
        people.record_agreement(
            scope=place.worker.scope, person_id=person_id, subject="refer_onward", answer="agreed", how="spoken",
            object_id=uuid4(),
        )  # fmt: skip
    assert cost() <= few


def test_who_has_looked_names_people_roles_and_reasons_and_never_the_part(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    client_for(place.colleague).get(reverse("journey:person", args=[person_id]))
    client_for(place.lead).get(reverse("people:safe_contact", args=[person_id]))
    page = shown(client_for(place.worker).get(reverse("journey:looked", args=[person_id])))
    for words in ("Priya Nair", "Link worker", "Lena Hart", "Team lead", "Direct care", "Wexcombe Community Links"):
        assert words in page
    assert "reason" not in page.lower()
    assert "concern" not in page.lower()


def test_opening_the_page_is_noted(place: Place, client_for: SignIn) -> None:
    person_id = person_of(place, supported(place))
    client_for(place.colleague).get(reverse("journey:person", args=[person_id]))
    rows = queries.who_looked(place.lead.scope, person_id).rows
    assert "Priya Nair" in {row.name for row in rows}


def test_making_a_copy_is_noted_as_well(place: Place, client_for: SignIn) -> None:
    person_id = person_of(place, supported(place))
    before = sum(row.times for row in queries.who_looked(place.lead.scope, person_id).rows if row.name == "Priya Nair")
    client_for(place.colleague).get(reverse("journey:record_export", args=[person_id]))
    rows = queries.who_looked(place.lead.scope, person_id).rows
    assert sum(row.times for row in rows if row.name == "Priya Nair") > before


def test_the_export_is_plain_and_whole(place: Place, client_for: SignIn) -> None:
    person_id = whole_story(place)
    answer = client_for(place.worker).get(reverse("journey:record_export", args=[person_id]))
    copy = answer.json()
    assert copy["format"] == "linkwell-record-1"
    assert copy["person"]["family_name"] == "Pickering"
    assert copy["about_me"]["matters_most"] == "My dog Biscuit"
    assert copy["support"][0]["conversations"][0]["note"] == "She would like company on Tuesdays."
    assert copy["support"][0]["plan"]["needs"][0]["goals"][0]["steps"][0]["words"] == "Try the lunch club"
    assert "attachment" in answer["Content-Disposition"]


def test_lines_of_safeguarding_are_not_counted_for_those_who_do_not_handle_it(place: Place) -> None:
    person_id = whole_story(place)
    with scoped(place.lead.scope):
        everything = timeline.counted(place.lead.scope, (person_id,), safeguarding=True)
        ordinary = timeline.counted(place.lead.scope, (person_id,), safeguarding=False)
    assert "safeguarding" in everything
    assert "safeguarding" not in ordinary
