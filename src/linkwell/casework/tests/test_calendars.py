"""A time in somebody's calendar follows what becomes of it, gives nobody away, and goes only where writing is safe."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from linkwell.casework import actions, queries
from linkwell.casework.calendar_file import own_address
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.tests.helpers import supported
from linkwell.casework.tests.pages import parsed
from linkwell.casework.tests.test_who_hears import MOTHER, a_child, person_of
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.details import SafeAnswers
from linkwell.people.models import Person
from tests.place import Place, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.fault("F18"), pytest.mark.fault("F20")]
START = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)
AT = dt.datetime(2026, 10, 22, 13, tzinfo=dt.UTC)
SECRETS = ("joan", "pickering", "secret street", "lonely", "link worker", "prescrib", "support", "linkwell", "referr")


@pytest.fixture(autouse=True)
def on_a_day(settings: Any) -> Any:
    settings.DEMO = True
    with time_machine.travel(START, tick=False) as now:
        yield now


def booked(place: Place, case_id: UUID, at: dt.datetime = AT) -> UUID:
    details = AppointmentDetails(starts_at=at, kind="home", place="12 Secret Street")
    return actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details)


def reached_by(place: Place, person: UUID, way: str) -> None:
    kind, value = {"text": ("mobile", "07700 900456"), "email": ("email", "joan@example.org")}[way]
    scope = place.worker.scope
    people.add_contact_point(scope=scope, person_id=person, kind=kind, value=value, told_by="person")
    safe: dict[str, Any] = {way: True}
    answers = SafeAnswers(**safe, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=scope, person_id=person, answers=answers)


def work() -> None:
    for _ in range(4):
        worker.work_off(200)


def entry_of(content: bytes) -> tuple[str, str, int, str, str]:
    """Method, name, number of changes, standing and start."""
    calendar = Calendar.from_ical(content.decode())
    event = calendar.walk("VEVENT")[0]
    start = event.decoded("DTSTART").strftime("%d %H:%M")
    return str(calendar["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]), start


def path_of(place: Place, appointment_id: UUID) -> str:
    entry = queries.calendar_entry(place.worker.scope, appointment_id)
    return "/" + own_address(place.worker.scope.organisation_id, entry).split("/", 3)[3]


def test_a_text_brings_a_link_to_the_time_which_follows_it_when_it_moves_and_is_cancelled(place: Place) -> None:
    case_id = supported(place)
    reached_by(place, person_of(place, case_id), "text")
    first, scope = booked(place, case_id), place.worker.scope
    work()
    with scoped(scope):
        body = Message.objects.get(about_id=first).body
    assert not [word for word in SECRETS if word in body.lower()]
    found = re.search(r"For your calendar:\nhttps?://[^/]+(/time/\S+)$", body)
    assert found, body
    url, anybody = found[1], Client()
    page = parsed(anybody.get(url))
    assert "Thursday 22 October, 2pm to 2:45pm, with Sam" in page.text
    file = anybody.get(f"{url}appointment.ics")
    method, uid, *rest = entry_of(file.content)
    assert (method, rest) == ("PUBLISH", [0, "CONFIRMED", "22 13:00"])

    details = AppointmentDetails(starts_at=AT + dt.timedelta(days=1))
    moved = actions.move_appointment(scope=scope, appointment_id=first, expected_version=1, details=details)
    assert entry_of(anybody.get(f"{url}appointment.ics").content) == ("PUBLISH", uid, 1, "CONFIRMED", "23 13:00")
    staffs = sign_in(place.worker).get(reverse("casework:calendar", args=[moved]))
    assert entry_of(staffs.content)[:3] == ("PUBLISH", uid, 1)

    actions.cancel_appointment(scope=scope, appointment_id=moved, expected_version=1, reason="Ill", by="person")
    assert entry_of(anybody.get(f"{url}appointment.ics").content) == ("CANCEL", uid, 2, "CANCELLED", "23 13:00")
    assert "is cancelled" in parsed(anybody.get(url)).text
    for words in (page.select_one("main").text, file.content.decode()):  # type: ignore[union-attr]
        assert not [word for word in SECRETS if word in words.lower()]


def test_an_e_mail_carries_the_file_itself_and_nothing_but_that(place: Place, settings: Any) -> None:
    settings.DEMO, settings.EMAIL_HOST = False, "mail.example.org"
    case_id = supported(place)
    reached_by(place, person_of(place, case_id), "email")
    first = booked(place, case_id)
    work()
    actions.cancel_appointment(scope=place.worker.scope, appointment_id=first, expected_version=1, reason="Ill")
    work()
    told, cancelled = (each for each in mail.outbox if each.to == ["joan@example.org"])
    for each in (told, cancelled):
        [(name, content, kind)] = each.attachments
        assert (name, kind) == ("appointment.ics", "text/calendar")
        assert not [word for word in SECRETS if word in str(content).lower()]
        assert "/time/" not in each.body
    assert entry_of(_bytes(told))[2:4] == (0, "CONFIRMED")
    assert entry_of(_bytes(cancelled))[2:4] == (1, "CANCELLED")


def _bytes(letter: Any) -> bytes:
    content = letter.attachments[0][1]
    return content if isinstance(content, bytes) else content.encode()


@pytest.mark.parametrize("what", ["over", "made up", "no longer safe", "died"])
def test_a_link_that_is_over_made_up_or_not_safe_any_more_shows_nothing(place: Place, on_a_day: Any, what: str) -> None:
    case_id = supported(place)
    person = person_of(place, case_id)
    reached_by(place, person, "text")
    url = path_of(place, booked(place, case_id))
    if what == "over":
        on_a_day.move_to(AT + dt.timedelta(minutes=46))
    elif what == "made up":
        url = url[:-3] + ("xx/" if not url.endswith("xx/") else "yy/")
    elif what == "no longer safe":
        people.record_safe_contact(
            scope=place.worker.scope,
            person_id=person,
            answers=SafeAnswers(text=False, asked_alone=True, told_by="person"),
        )
    else:
        people.record_death(scope=place.worker.scope, person_id=person, details=DeathDetails())
    for each in (url, f"{url}appointment.ics"):
        answer = Client().get(each)
        assert answer.status_code == 404
        assert "Sam" not in answer.content.decode()


def test_a_childs_time_goes_into_the_calendar_of_the_adult_who_hears_for_them(place: Place) -> None:
    case_id, person = a_child(place)
    appointment_id = booked(place, case_id)
    client, url = sign_in(place.worker), reverse("casework:give", args=[appointment_id])
    assert "Send the adults the time" not in parsed(client.get(url)).text
    assert Client().get(path_of(place, appointment_id)).status_code == 404
    people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=MOTHER)
    assert "Send the adults the time" in parsed(client.get(url)).text
    client.post(url)
    with scoped(place.worker.scope):
        [row] = Message.objects.filter(about_id=appointment_id)
    assert (row.audience, row.address) == ("parent", "+447700900222")
    assert path_of(place, appointment_id) in row.body


def test_whoever_likes_welsh_best_finds_their_time_in_welsh(place: Place) -> None:
    case_id = supported(place)
    person = person_of(place, case_id)
    with scoped(place.worker.scope):
        Person.objects.filter(pk=person).update(language="Welsh")
    reached_by(place, person, "text")
    appointment_id = booked(place, case_id)
    work()
    with scoped(place.worker.scope):
        assert "Ar gyfer eich calendr:" in Message.objects.get(about_id=appointment_id).body
    url = path_of(place, appointment_id)
    assert parsed(Client().get(url)).select_one("h1").text == "Apwyntiad"  # type: ignore[union-attr]
    event = Calendar.from_ical(Client().get(f"{url}appointment.ics").content.decode()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Apwyntiad"
    assert str(event["DESCRIPTION"]).startswith("Gyda Sam.")
