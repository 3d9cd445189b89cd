"""A try is not a missed appointment, a child did not "fail to attend", and a calendar gives nobody away."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from linkwell.accounts.models import TeamRules
from linkwell.casework import actions, queries, reminders
from linkwell.casework.attendance import COULD_HELP
from linkwell.casework.details import AppointmentDetails, GotInTheWayDetails
from linkwell.casework.models import Appointment, Barrier
from linkwell.casework.periodic import remind_of_tomorrow
from linkwell.casework.tests.helpers import supported, talk
from linkwell.casework.tests.pages import parsed, post
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people import queries as people_read
from linkwell.people.details import SafeAnswers
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)
YOUNG = {"date_of_birth": dt.date(2009, 5, 2)}


def book(here: Place, case_id: UUID, at: dt.datetime, **given: Any) -> UUID:
    details = AppointmentDetails(starts_at=at, **given)
    return actions.book_appointment(scope=here.worker.scope, case_id=case_id, details=details)


def miss(place: Place, case_id: UUID, time: Any, outcome: str = "missed") -> UUID:
    """A time agreed for tomorrow that came and went."""
    appointment_id = book(place, case_id, clock.now() + dt.timedelta(days=1))
    time.shift(dt.timedelta(days=1, hours=1))
    talk(place.worker.scope, case_id, outcome=outcome, appointment_id=appointment_id, note="")
    return appointment_id


def state_of(place: Place, appointment_id: UUID) -> str:
    return queries.appointment(place.worker.scope, appointment_id).state


def text_is_safe(place: Place, person_id: UUID) -> None:
    point = next(
        row for row in people_read.contact_card(place.worker.scope, person_id).contacts if row.kind == "mobile"
    )
    people.record_safe_contact(
        scope=place.worker.scope,
        person_id=person_id,
        answers=SafeAnswers(asked_alone=True, told_by="person", phone=True, text=True),
        numbers={point.id: "theirs"},
    )


def reminded(place: Place) -> list[Message]:
    with scoped(place.lead.scope):
        return list(Message.objects.filter(template=reminders.TEMPLATE))


def test_only_a_time_agreed_with_the_person_can_be_missed(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place)
        ours = book(place, case_id, clock.now() + dt.timedelta(hours=2), agreed_with_person=False)
        time.shift(dt.timedelta(hours=3))
        for outcome in ("missed", "not_brought"):
            with pytest.raises(Invalid, match="agreed"):
                talk(place.worker.scope, case_id, outcome=outcome, appointment_id=ours)
        talk(place.worker.scope, case_id, outcome="tried", appointment_id=ours)
    with scoped(place.worker.scope):
        assert Appointment.objects.get(pk=ours).cancelled_by == "no_answer"


@pytest.mark.parametrize(("given", "said"), [(YOUNG, "was not brought"), ({}, "did not attend")])
def test_under_eighteen_the_word_is_was_not_brought(place: Place, given: dict[str, Any], said: str) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place, **given)
        appointment_id = miss(place, case_id, time)
        assert queries.appointment(place.worker.scope, appointment_id).state_words == said
        words = queries.interactions(place.worker.scope, case_id)[0].outcome_words
        assert words.lower().startswith(said)


def test_whoever_turns_eighteen_before_the_write_up_was_still_to_be_brought(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place, date_of_birth=dt.date(2008, 10, 23))
        appointment_id = book(place, case_id, clock.now() + dt.timedelta(days=1))
        time.shift(dt.timedelta(days=5))
        talk(place.worker.scope, case_id, outcome="missed", appointment_id=appointment_id, note="")
        assert state_of(place, appointment_id) == "not_brought"


def test_in_a_childrens_team_nobody_did_not_attend_and_a_dependant_never_has_to(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place)
        assert state_of(place, miss(place, case_id, time, "not_brought")) == "not_brought"
        TeamRules.objects.update_or_create(team_id=place.team_id, defaults={"for_children": True})
        assert state_of(place, miss(place, case_id, time)) == "not_brought"


def test_the_page_for_a_child_offers_no_other_word(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id, client = supported(place, **YOUNG), None
        book(place, case_id, clock.now() + dt.timedelta(hours=2))
        time.shift(dt.timedelta(hours=3))
        client = sign_in(place.worker)
        for url in (reverse("casework:case", args=[case_id]), "/"):
            page = parsed(client.get(url))
            assert "Was not brought" in page.text
            assert "Did not attend" not in page.text
        form = parsed(client.get(reverse("casework:write_up", args=[case_id]), {"outcome": "missed"}))
        assert form.select_one("input[name=outcome][checked]")["value"] == "not_brought"  # type: ignore[index]


def test_after_two_missed_somebody_asks_what_got_in_the_way_before_the_next(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id, client = supported(place), sign_in(place.worker)
        miss(place, case_id, time)
        miss(place, case_id, time)
        with pytest.raises(Invalid, match="2 appointments were missed"):
            book(place, case_id, clock.now() + dt.timedelta(days=1))
        client = sign_in(place.worker)
        asked = reverse("casework:in_the_way", args=[case_id])
        assert client.get(reverse("casework:book", args=[case_id])).headers["Location"] == asked
        assert COULD_HELP["transport"] in parsed(client.get(asked)).text
        assert client.post(asked, {}).status_code == 422
        post(client, "casework:in_the_way", {"case_id": case_id}, barriers=["transport"], words="Two buses")
        assert "Two buses" in parsed(client.get(asked)).text
        book(place, case_id, clock.now() + dt.timedelta(days=1))
        time.shift(dt.timedelta(days=2))
        assert queries.missing(place.worker.scope, case_id).must_ask is False


def test_every_thing_that_gets_in_the_way_has_an_idea_that_might_help() -> None:
    assert set(COULD_HELP) == set(Barrier.values)


def test_nothing_said_is_nothing_asked(place: Place) -> None:
    with pytest.raises(Invalid):
        actions.record_what_got_in_the_way(
            scope=place.worker.scope, case_id=supported(place), details=GotInTheWayDetails()
        )


def test_who_cancelled_and_why_is_kept(place: Place) -> None:
    case_id = supported(place)
    appointment_id = book(place, case_id, clock.now() + dt.timedelta(days=1))
    client, where = sign_in(place.worker), {"appointment_id": appointment_id}
    url = reverse("casework:cancel", kwargs=where)
    assert "Choose who cancelled it" in parsed(client.post(url, {"version": 1, "reason": "Ill"})).text
    post(client, "casework:cancel", where, version=1, by="interpreter", reason="Ill")
    with scoped(place.worker.scope):
        row = Appointment.objects.get(pk=appointment_id)
    assert (row.state, row.cancelled_by, row.cancelled_why) == ("cancelled", "interpreter", "Ill")


@pytest.mark.parametrize("step", ["moved", "cancelled", "tried"])
def test_what_comes_next_is_no_time_that_is_no_more(place: Place, step: str) -> None:
    scope = place.worker.scope
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place, date_of_birth=dt.date(1950, 5, 2))
        case = queries.case(scope, case_id)
        actions.set_next(scope=scope, case_id=case_id, expected_version=case.version, next_date=dt.date(2026, 12, 1))
        appointment_id = book(place, case_id, START + dt.timedelta(days=1))
        given: dict[str, Any] = {"scope": scope, "appointment_id": appointment_id, "expected_version": 1}
        if step == "moved":
            later = AppointmentDetails(starts_at=START + dt.timedelta(days=4))
            actions.move_appointment(**given, details=later)
        if step == "cancelled":
            actions.cancel_appointment(**given, reason="The bus is on strike")
        if step == "tried":
            time.shift(dt.timedelta(days=1, hours=1))
            talk(
                scope, case_id, outcome="tried", appointment_id=appointment_id, note="", next_date=dt.date(2026, 10, 24)
            )
        now = queries.case(scope, case_id)
    assert (now.next_step, now.next_date) == {
        "moved": ("Appointment", dt.date(2026, 10, 24)),
        "cancelled": ("Agree another time", dt.date(2026, 10, 21)),
        "tried": ("Agree another time", dt.date(2026, 10, 24)),
    }[step]


@pytest.mark.fault("F18")
@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("day", "utc"), [(dt.date(2026, 10, 24), "20261024T130000Z"), (dt.date(2026, 10, 26), "20261026T140000Z")]
)
def test_a_calendar_file_stands_by_the_clock_on_the_wall_and_gives_nobody_away(
    place: Place, day: dt.date, utc: str
) -> None:
    # Summer time ends on 25 October 2026: two in the afternoon is another moment on either side.
    with time_machine.travel(START, tick=False):
        case_id = supported(place)
        appointment_id = book(place, case_id, clock.at(day, dt.time(14)), kind="home", place="12 Secret Street")
        answer = sign_in(place.worker).get(reverse("casework:calendar", args=[appointment_id]))
    text = answer.content.decode()
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert f"DTSTART:{utc}" in text
    assert str(event["SUMMARY"]) == "Appointment"
    for secret in ("Joan", "Pickering", "Secret Street", "lonely", "link worker", "prescrib"):
        assert secret.lower() not in text.lower()
    assert "appointment.ics" in answer.headers["Content-Disposition"]
    assert sign_in(place.stranger).get(reverse("casework:calendar", args=[appointment_id])).status_code == 404


@pytest.mark.fault("F18")
def test_the_file_is_given_only_in_a_way_that_is_safe(place: Place) -> None:
    case_id = supported(place)
    appointment_id = book(place, case_id, clock.now() + dt.timedelta(days=1))
    client, url = sign_in(place.worker), reverse("casework:give", args=[appointment_id])
    assert "Do not send it to them" in parsed(client.get(url)).text
    text_is_safe(place, queries.case(place.worker.scope, case_id).person_id)
    assert "safe by text" in parsed(client.get(url)).text


@pytest.mark.fault("F18")
def test_a_time_is_sent_once_when_asked_for_and_never_where_a_message_is_not_safe(place: Place) -> None:
    case_id = supported(place)
    appointment_id = book(place, case_id, clock.now() + dt.timedelta(days=1))
    client, url = sign_in(place.worker), reverse("casework:give", args=[appointment_id])
    assert "Send them the time" not in parsed(client.get(url)).text
    assert "No text or e-mail to them is safe" in parsed(client.post(url, follow=True)).text
    text_is_safe(place, queries.case(place.worker.scope, case_id).person_id)
    assert "Send them the time" in parsed(client.get(url)).text
    for _ in range(2):
        client.post(url)
    assert sign_in(place.stranger).post(url).status_code == 404
    with scoped(place.system):
        [message] = Message.objects.filter(about_id=appointment_id)
    assert (message.channel, message.state) == ("text", "queued")
    for secret in ("Joan", "Pickering", "lonely", "support"):
        assert secret not in message.body


@pytest.mark.fault("F12")
def test_a_reminder_goes_the_day_before_by_the_clock_on_the_wall_once_and_only_where_it_is_safe(place: Place) -> None:
    with time_machine.travel(dt.datetime(2026, 10, 23, 9, tzinfo=dt.UTC), tick=False) as time:
        case_id = supported(place)
        # The first quarter of an hour of the 25th, which is still the 24th in UTC.
        book(place, case_id, clock.at(dt.date(2026, 10, 25), dt.time(0, 15)))
        remind_of_tomorrow(place.system)
        time.shift(dt.timedelta(days=1))
        remind_of_tomorrow(place.system)
        assert reminded(place) == []
        text_is_safe(place, queries.case(place.worker.scope, case_id).person_id)
        remind_of_tomorrow(place.system)
        remind_of_tomorrow(place.system)
        [message] = reminded(place)
    assert (message.channel, message.state) == ("text", "queued")
    for secret in ("Joan", "Pickering", "lonely", "support"):
        assert secret not in message.body


def test_nobody_is_reminded_of_what_was_cancelled_or_never_agreed(place: Place) -> None:
    with time_machine.travel(START, tick=False):
        case_id = supported(place)
        text_is_safe(place, queries.case(place.worker.scope, case_id).person_id)
        off = book(place, case_id, clock.now() + dt.timedelta(days=1))
        book(place, case_id, clock.now() + dt.timedelta(days=1, hours=2), agreed_with_person=False)
        actions.cancel_appointment(
            scope=place.worker.scope, appointment_id=off, expected_version=1, reason="Ill", by="person"
        )
        remind_of_tomorrow(place.system)
        assert not reminders.remind(place.system, off)
    assert reminded(place) == []


@pytest.mark.fault("F12")
def test_an_appointment_across_the_clock_change_is_shown_by_the_wall(place: Place) -> None:
    with time_machine.travel(START, tick=False):
        case_id = supported(place)
        book(place, case_id, clock.at(dt.date(2026, 10, 24), dt.time(14)))
        book(place, case_id, clock.at(dt.date(2026, 10, 26), dt.time(14)))
        page = parsed(sign_in(place.worker).get(reverse("casework:case", args=[case_id]))).text
    assert "Saturday 24 October, 2pm" in page
    assert "Monday 26 October, 2pm" in page
