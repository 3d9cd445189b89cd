"""If these fail, what the person says of a group is lost, or takes the place of what the group said."""

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.onward import actions, presenters, queries
from linkwell.onward.tests.conftest import Asked
from linkwell.people.models import Concern
from linkwell.tasks.models import Task
from tests.place import Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def said_yes(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)


def days(asked: Asked) -> list[tuple[bool, bool]]:
    row = queries.onward_referral(asked.worker, asked.onward_id)
    return sorted((each.came, each.by_group) for each in row.attendances)


@pytest.mark.fault("F37")
def test_a_worker_notes_on_the_page_that_the_person_went(asked: Asked, client_for: SignIn) -> None:
    said_yes(asked)
    client, page = client_for(asked.place.worker), reverse("onward:one", args=[asked.onward_id])
    link = BeautifulSoup(client.get(page).content, "html.parser").find("a", string="They told me whether they went")
    assert link is not None
    today = clock.today()
    typed = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "came": "yes", "note": "She loved it"}
    words = BeautifulSoup(client.post(str(link["href"]), typed, follow=True).content, "html.parser").get_text(" ")
    assert asked.state == "attended"
    assert "they told us" in words
    assert "She loved it" in words
    assert client_for(asked.place.stranger).get(str(link["href"])).status_code == 404
    assert presenters.said(queries.seen_by_group(asked.group)) == ""
    assert not queries.seen_by_group(asked.group).attendances


def test_the_task_to_find_out_is_done_once_they_have_said(asked: Asked) -> None:
    said_yes(asked)
    actions.say_attendance(scope=asked.group, expected_version=asked.version, on=clock.today(), came=False)
    yesterday = clock.today() - dt.timedelta(days=1)
    actions.note_told_attendance(scope=asked.worker, onward_id=asked.onward_id, on=yesterday, came=True)
    with scoped(asked.worker):
        assert not Task.objects.filter(about_id=asked.onward_id, kind="onward_attendance", state="open").exists()
    assert asked.state == "attended"


@pytest.mark.parametrize("group_first", [True, False])
def test_what_they_say_never_takes_the_place_of_what_the_group_said(asked: Asked, group_first: bool) -> None:
    said_yes(asked)

    def group() -> None:
        actions.say_attendance(scope=asked.group, expected_version=asked.version, on=clock.today(), came=False)

    def person() -> None:
        actions.note_told_attendance(scope=asked.worker, onward_id=asked.onward_id, on=clock.today(), came=True)

    for say in (group, person) if group_first else (person, group):
        say()
    assert days(asked) == [(False, True), (True, False)]
    assert asked.state == ("did_not_come" if group_first else "attended")
    assert queries.onward_referral(asked.worker, asked.onward_id).days_came == 0


def test_a_day_that_has_not_come_and_a_referral_taken_back_are_not_noted(asked: Asked) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(Invalid):
        actions.note_told_attendance(scope=asked.worker, onward_id=asked.onward_id, on=tomorrow, came=True)
    actions.withdraw(scope=asked.worker, onward_id=asked.onward_id, expected_version=asked.version, reason="No")
    with pytest.raises(Invalid):
        actions.note_told_attendance(scope=asked.worker, onward_id=asked.onward_id, on=clock.today(), came=True)


@pytest.mark.fault("F39")
def test_a_worry_sent_twice_from_one_page_is_one_concern(asked: Asked, client: Client) -> None:
    address = reverse("onward:give", kwargs={"token": asked.token, "what": "worried"})
    page = BeautifulSoup(client.get(address).content, "html.parser")
    key: object = page.find("input", {"name": "submission_key"})["value"]  # type: ignore[index]
    typed = {"version": asked.version, "submission_key": str(key), "danger_now": "no", "what": "Bruises"}
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    with scoped(asked.place.lead.scope):
        assert Concern.objects.filter(person_id=asked.person_id).count() == 1
