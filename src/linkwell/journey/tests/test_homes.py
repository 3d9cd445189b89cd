"""Each role's own start page, and the one search."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.actions.dying import stop_for_death
from linkwell.casework.tests.helpers import refer
from linkwell.core.models import OutboxEvent
from linkwell.journey import queries
from linkwell.journey.tests.people import PHONE, POSTCODE, book, person_of, plan, shown, supported, talk, whole_story
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.details import SafeAnswers
from linkwell.referrals import queries as referrals
from linkwell.tasks import actions as tasks
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
# A Tuesday at ten.
MORNING = dt.datetime(2026, 3, 3, 10, 0, tzinfo=dt.UTC)


def test_todays_appointments_stand_in_order_with_place_needs_and_one_tap(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        later, sooner = supported(place, "Later"), supported(place, "Sooner")
        person_id = person_of(place, sooner)
        people.add_requirement(
            scope=place.worker.scope, person_id=person_id, kind="interpreter", detail="Polish interpreter"
        )
        people.record_safe_contact(
            scope=place.worker.scope,
            person_id=person_id,
            answers=SafeAnswers(phone=True, instruction="Visit in pairs", asked_alone=True, told_by="person"),
        )
        book(place, later, MORNING + dt.timedelta(hours=5))
        appointment = book(place, sooner, MORNING + dt.timedelta(hours=1), kind="home")
        answer = client_for(place.worker).get("/")
    page = shown(answer)
    assert page.index("Sooner Pickering") < page.index("Later Pickering")
    for words in (
        "11am",
        "Home visit",
        "Quay Street",
        POSTCODE,
        "Polish interpreter",
        "Visit in pairs",
        "How to get in",
    ):
        assert words in page
    body = answer.content.decode()
    assert f"{reverse('casework:write_up', args=[sooner])}?outcome=missed&amp;appointment={appointment}" in body
    assert reverse("casework:move", args=[appointment]) in body


@pytest.mark.fault("F17")
def test_a_restricted_persons_place_and_number_are_on_no_list(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        people.restrict_person(
            scope=place.lead.scope, person_id=person_of(place, case_id), restricted=True, reason="Court order"
        )
        book(place, case_id, MORNING + dt.timedelta(hours=1), kind="home", place="Refuge, Hill Road")
        pages = [client_for(place.worker).get(address) for address in ("/", "/search/?q=Pickering")]
    for answer in pages:
        body = answer.content.decode()
        assert "Joan Pickering" in body
        for word in (POSTCODE, "Quay Street", "Hill Road", PHONE, "+447700900123", "Court order"):
            assert word not in body


def test_whoever_is_due_shows_with_how_the_last_try_went(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        talk(place, case_id, outcome="tried", note="", next_date=clock.today() + dt.timedelta(days=1))
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        page = shown(client_for(place.worker).get("/"))
    assert "Joan Pickering" in page
    assert "No answer yesterday" in page
    assert "leave no voicemail" in page
    assert "07700 900123" in page


def test_what_was_not_written_up_is_not_forgotten(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        book(place, supported(place), MORNING + dt.timedelta(hours=1))
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        page = shown(client_for(place.worker).get("/"))
    assert "Not written up yet" in page


def test_nobody_reached_for_weeks_is_named(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        talk(place, case_id, next_date=clock.today() + dt.timedelta(days=90))
    with time_machine.travel(MORNING + dt.timedelta(weeks=6), tick=False):
        page = shown(client_for(place.worker).get("/"))
    assert "Last reached 6 weeks ago" in page


def test_nobody_is_asked_to_ring_somebody_who_may_have_died(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        plan(place, case_id, due_on=clock.today())
    with time_machine.travel(MORNING + dt.timedelta(weeks=6), tick=False):
        before = shown(client_for(place.worker).get("/"))
        people.record_death(scope=place.worker.scope, person_id=person_of(place, case_id), details=DeathDetails())
        after = shown(client_for(place.worker).get("/"))
    assert before.count("Joan Pickering") > 2
    assert "Joan Pickering" not in after


def test_the_page_of_somebody_who_may_have_died_asks_for_nothing_more(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    person_id = person_of(place, case_id)
    book(place, case_id, clock.now() + dt.timedelta(days=1))
    death_id = people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails())
    stop_for_death(scope=place.system, death_id=death_id)
    page = shown(client_for(place.worker).get(reverse("journey:person", args=[person_id])))
    support = shown(client_for(place.worker).get(reverse("casework:case", args=[case_id])))
    assert "We were told that they died" in page
    assert "cancelled" in page
    assert "What comes next" not in page
    assert "Find a group" not in page
    assert "Make sure of what we were told" in support
    assert "Book a time" not in support


def test_a_time_that_was_not_agreed_cannot_be_missed_and_months_keep_their_capital(
    place: Place, client_for: SignIn
) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        book(place, case_id, MORNING + dt.timedelta(hours=1), agreed_with_person=False)
        about: dict[str, Any] = {"about_kind": "case", "about_id": case_id, "due_on": dt.date(2026, 4, 14)}
        who: dict[str, Any] = {"team_id": place.team_id, "owner_id": place.worker.user_id}
        tasks.open_task(scope=place.worker.scope, kind="ask", title="Ask about the bus", **about, **who)
        page = shown(client_for(place.worker).get("/"))
    assert "Not agreed with them yet" in page
    assert "Did not attend" not in page
    assert "Tuesday 14 April" in page


@pytest.mark.fault("F14")
def test_each_role_sees_its_own_start_and_nothing_of_the_others(place: Place, client_for: SignIn) -> None:
    whole_story(place)
    starts = {
        "worker": "How full your week is",
        "lead": "How full everyone is",
        "safeguarding_lead": "Concerns, danger first",
        "referrer": "Who would gain from a link worker?",
        "administrator": "What needs attention",
    }
    for who, own in starts.items():
        page = shown(client_for(getattr(place, who)).get("/"))
        assert own in page
        for other in set(starts.values()) - {own}:
            assert other not in page
    for who in ("referrer", "administrator", "stranger"):
        assert "zebra" not in client_for(getattr(place, who)).get("/").content.decode()
    for who in ("administrator", "stranger"):
        assert "Joan" not in shown(client_for(getattr(place, who)).get("/"))
    assert "Safeguarding" not in shown(client_for(place.worker).get("/"))
    assert Client().get("/").status_code == 302


def test_a_leads_numbers_open_their_lists(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        talk(place, case_id, next_date=clock.today() + dt.timedelta(days=1))
    with time_machine.travel(MORNING + dt.timedelta(days=3), tick=False):
        client = client_for(place.lead)
        page = client.get("/")
        assert "Next date has passed" in shown(page)
        assert "Sam Okafor" in shown(page)
        for name in ("referrals:triage", "casework:waiting", "journey:overdue", "onward:overdue", "safeguarding:queue"):
            assert reverse(name) in page.content.decode()
        assert "Joan Pickering" in shown(client.get(reverse("journey:overdue")))
    assert client_for(place.worker).get(reverse("journey:overdue")).status_code == 404


def test_an_empty_start_page_says_where_things_come_from(place: Place, client_for: SignIn) -> None:
    worker = shown(client_for(place.worker).get("/"))
    assert "No appointments today" in worker
    assert "Nobody to call today" in worker
    assert "You have not referred anybody yet" in shown(client_for(place.referrer).get("/"))
    assert "No open concerns" in shown(client_for(place.safeguarding_lead).get("/"))


@pytest.mark.fault("F31")
def test_today_costs_the_same_with_one_person_and_with_twenty(place: Place) -> None:
    def somebody(number: int) -> UUID:
        case_id = supported(place, f"Person{number}", nhs_number="")
        book(place, case_id, MORNING + dt.timedelta(hours=1, minutes=20 * number), minutes=15)
        due = supported(place, f"Due{number}")
        talk(place, due, outcome="tried", next_date=clock.today())
        return case_id

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.worker_day(place.worker.scope)
        return len(asked)

    with time_machine.travel(MORNING, tick=False):
        somebody(0)
        few = cost()
        for number in range(1, 12):
            somebody(number)
        assert cost() == few


# Search


def test_the_search_finds_people_and_referrals_for_those_who_may_see_them(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    reference = referrals.sent_referrals(place.referrer.scope).rows[0].reference
    worker, address = client_for(place.worker), reverse("journey:search")
    assert "Joan Pickering" in shown(worker.get(address, {"q": "pick"}))
    assert "Joan Pickering" in shown(worker.get(address, {"q": reference.lower().replace("-", " ")}))
    own = client_for(place.referrer)
    assert "Joan Pickering" not in shown(own.get(address, {"q": "pick"}))
    assert "Joan Pickering" in shown(own.get(address, {"q": reference}))
    for outsider in (place.stranger, place.administrator):
        for words in ("pick", reference, "Joan", PHONE):
            assert "Joan Pickering" not in shown(client_for(outsider).get(address, {"q": words}))
    assert case_id


def test_a_referral_still_to_be_read_is_found_by_a_name_typed_nearly_right(place: Place) -> None:
    refer(place, given_name="Zoë", family_name="Pickering")
    for typed in ("zoe", "Pick zo", "pikering", "Zoe Pickerring"):
        assert [each.name for each in queries.everything(place.lead.scope, typed).referrals] == ["Zoë Pickering"], typed
    for typed in ("baker", "x" * 100, "zo pi nobody"):
        assert queries.everything(place.lead.scope, typed).referrals == ()
    assert queries.everything(place.stranger_lead.scope, "pickering").referrals == ()
    # The first letter with its mark, or another that is often heard in its place.
    refer(place, given_name="Kim", family_name="Ólafsdóttir")
    for typed in ("olafsdotir", "Cim"):
        assert [each.name for each in queries.everything(place.lead.scope, typed).referrals] == ["Kim Ólafsdóttir"]


def test_a_search_without_results_says_what_to_try(place: Place, client_for: SignIn) -> None:
    client, address = client_for(place.worker), reverse("journey:search")
    assert "Nothing fits" in shown(client.get(address, {"q": "<b>nobody</b>"}))
    for odd in ("", "\x00", "%", "' OR 1=1 --", "x" * 5000, "LW-000-0000", "31 31 2020"):
        assert client.get(address, {"q": odd}).status_code == 200


@pytest.mark.fault("F31")
def test_a_search_costs_the_same_whatever_it_finds(place: Place) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.everything(place.worker.scope, "pickering")
        return len(asked)

    supported(place)
    cost()  # The services are read into memory once, by whoever searches first.
    few = cost()
    for number in range(6):
        supported(place, f"Person{number}")
    assert cost() == few


# What did not finish


def test_work_given_up_waits_for_an_administrator_who_can_have_it_tried_again(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    waiting = OutboxEvent.objects.filter(organisation_id=place.organisation_id).first()
    assert waiting is not None
    OutboxEvent.objects.filter(pk=waiting.pk).update(failed_at=clock.now(), attempts=9, last_error="No connection")
    client = client_for(place.administrator)
    assert "Work that did not finish" in shown(client.get("/"))
    assert "No connection" in shown(client.get(reverse("journey:unfinished")))
    again = reverse("journey:try_again", args=[waiting.pk])
    assert client_for(place.worker).post(again).status_code == 404
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    waiting.refresh_from_db()
    assert waiting.failed_at is None
    assert client.post(again).status_code == 404
    assert case_id


def test_a_lead_who_supports_people_sees_their_own_day_too(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        casework.allocate(
            scope=place.lead.scope,
            case_id=case_id,
            expected_version=cases.case(place.lead.scope, case_id).version,
            worker_id=place.lead.user_id,
        )
    with time_machine.travel(MORNING + dt.timedelta(days=30), tick=False):
        page = shown(client_for(place.lead).get("/"))
    assert "Who to call" in page
    assert "Joan Pickering" in page


def test_whoever_covers_for_a_colleague_sees_the_colleagues_appointments(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        book(place, supported(place), MORNING + dt.timedelta(hours=1))
        assert "Joan Pickering" not in shown(client_for(place.colleague).get("/"))
        casework.arrange_cover(
            scope=place.lead.scope,
            worker_id=place.worker.user_id,
            covered_by_id=place.colleague.user_id,
            starts_on=clock.today(),
            ends_on=clock.today() + dt.timedelta(days=3),
        )
        page = shown(client_for(place.colleague).get("/"))
    assert "Joan Pickering" in page
    assert "For Sam Okafor" in page


def test_somebody_new_shows_at_once_and_no_longer_once_a_time_is_booked(place: Place, client_for: SignIn) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        assert "First conversation" in shown(client_for(place.worker).get("/"))
        book(place, case_id, MORNING + dt.timedelta(days=2))
        assert "First conversation" not in shown(client_for(place.worker).get("/"))
