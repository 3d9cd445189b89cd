"""If these fail, what somebody chose for their own day is not what they get."""

from collections.abc import Callable
from dataclasses import replace

from bs4 import BeautifulSoup
from django.test import Client

from linkwell.accounts.actions.preferences import Preferences, choose_preferences
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.journey.periodic import morning_numbers
from linkwell.kernel import clock
from linkwell.messaging.models import Message
from linkwell.people.actions import add_person
from linkwell.people.tests.people import DOT, dot
from linkwell.tasks import actions as tasks
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]

ANSWERS = {
    "today_first": "calls",
    "digest": "morning",
    "list_length": "10",
    "text_size": "large",
    "shortcut_keys": "off",
}


def test_what_is_chosen_is_kept_and_shown(place: Place, client_for: ClientFor) -> None:
    client: Client = client_for(place.worker)

    client.post("/preferences/", ANSWERS)

    page = BeautifulSoup(client.get("/preferences/").content, "html.parser")
    chosen = {box["name"]: box["value"] for box in page.select("input[type=radio][checked]")}
    assert chosen == ANSWERS
    assert page.html is not None
    assert page.html["class"] == ["lw-text-large"]


def test_today_begins_with_what_they_chose(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert _blocks(client) == ["appointments", "calls"]

    choose_preferences(scope=place.worker.scope, chosen=Preferences(today_first="calls"))

    assert _blocks(client) == ["calls", "appointments"]


def _blocks(client: Client) -> list[str]:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    return [str(part["aria-labelledby"]) for part in page.select(".lw-day__part")]


def test_a_list_is_as_long_as_they_like(place: Place, client_for: ClientFor) -> None:
    for number in range(12):
        add_person(scope=place.worker.scope, details=replace(DOT, family_name=f"Lane{number}"))
    client = client_for(place.worker)
    assert len(_lines(client)) == 12

    choose_preferences(scope=place.worker.scope, chosen=Preferences(list_length=10))

    assert len(_lines(client)) == 10
    assert len(_lines(client_for(place.colleague))) == 12, "a colleague's lists are their own"


def _lines(client: Client) -> list[object]:
    page = BeautifulSoup(client.get("/people/?q=Lane").content, "html.parser")
    return [link for link in page.select("main a") if "Lane" in link.get_text()]


def test_the_morning_e_mail_holds_numbers_and_no_names(place: Place) -> None:
    scope = place.worker.scope
    assert scope.user_id is not None
    choose_preferences(scope=scope, chosen=Preferences(digest="morning"))
    person_id = dot(scope)
    tasks.open_task(
        scope=scope, team_id=place.team_id, owner_id=scope.user_id, kind="plain", title="Ring Dot about the bus",
        about_kind="person", about_id=person_id, due_on=clock.today(), person_id=person_id,
    )  # fmt: skip

    for _ in range(2):
        with scoped(place.system):
            morning_numbers(place.system)

    found = _messages(place.system)
    assert len(found) == 1, "once a day, and to nobody who did not ask"
    assert "meetings, 0; calls to make, 0; things in your list, 1." in found[0].body
    assert "Dot" not in found[0].body + found[0].subject


def test_nothing_to_do_is_no_e_mail(place: Place) -> None:
    choose_preferences(scope=place.worker.scope, chosen=Preferences(digest="morning"))

    with scoped(place.system):
        morning_numbers(place.system)

    assert _messages(place.system) == []


def _messages(scope: Scope) -> list[Message]:
    with scoped(scope):
        return list(Message.objects.filter(template="staff_morning"))
