"""If these fail, something that had to be done is forgotten, done twice, or done by nobody."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from linkwell.accounts.models import Team
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove, NotAllowed, NotFound
from linkwell.tasks import actions, queries
from linkwell.tasks.models import Task
from linkwell.tasks.presenters import due_words
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]


def open_one(place: Place, **given: Any) -> UUID:
    words: dict[str, Any] = {
        "team_id": place.team_id,
        "owner_id": place.worker.user_id,
        "kind": "call",
        "title": "Phone somebody back",
        "about_kind": "case",
        "about_id": uuid4(),
        "due_on": clock.today(),
    }
    return actions.open_task(scope=place.worker.scope, **(words | given))


def test_a_task_is_on_its_owners_list_and_on_the_teams(place: Place) -> None:
    task_id = open_one(place)

    assert [row.id for row in queries.my_tasks(place.worker.scope)] == [task_id]
    assert [row.id for row in queries.team_tasks(place.colleague.scope, place.team_id)] == [task_id]
    assert not queries.my_tasks(place.colleague.scope).rows


def test_the_urgent_come_first_and_then_the_day(place: Place) -> None:
    today = clock.today()
    later = open_one(place, due_on=today + timedelta(days=3))
    sooner = open_one(place, due_on=today)
    urgent = open_one(place, due_on=today + timedelta(days=9), urgent=True)

    assert [row.id for row in queries.my_tasks(place.worker.scope)] == [urgent, sooner, later]


def test_asking_for_the_same_task_again_finds_the_one_that_is_open(place: Place) -> None:
    about = uuid4()

    first = open_one(place, about_id=about)
    assert open_one(place, about_id=about) == first

    actions.finish_task(scope=place.worker.scope, task_id=first, expected_version=1)
    assert open_one(place, about_id=about) != first


def test_a_group_with_a_very_long_name_still_leaves_its_answer(place: Place) -> None:
    open_one(place, title=f"{'Friends of the Park ' * 25} said yes")
    assert len(queries.my_tasks(place.worker.scope)) == 1


@pytest.mark.fault("F37")
def test_a_task_says_what_happened_last_and_stays_urgent(place: Place) -> None:
    about = uuid4()
    open_one(place, about_id=about, title="The group asked a question")
    open_one(place, about_id=about, title="The group said yes", urgent=True)
    open_one(place, about_id=about, title="The group said yes")

    (row,) = queries.my_tasks(place.worker.scope)
    assert (row.title, row.urgent) == ("The group said yes", True)


@pytest.mark.fault("F33")
def test_two_people_finish_one_task_and_the_second_is_told(place: Place) -> None:
    task_id = open_one(place)
    actions.finish_task(scope=place.worker.scope, task_id=task_id, expected_version=1)

    with pytest.raises(Conflict):
        actions.finish_task(scope=place.colleague.scope, task_id=task_id, expected_version=1)


def test_done_can_be_undone_unless_a_newer_one_is_open(place: Place) -> None:
    about = uuid4()
    task_id = open_one(place, about_id=about)
    actions.finish_task(scope=place.worker.scope, task_id=task_id, expected_version=1)
    actions.reopen_task(scope=place.worker.scope, task_id=task_id, expected_version=2)
    assert queries.my_tasks(place.worker.scope).rows

    actions.finish_task(scope=place.worker.scope, task_id=task_id, expected_version=3)
    open_one(place, about_id=about)
    with pytest.raises(InvalidMove):
        actions.reopen_task(scope=place.worker.scope, task_id=task_id, expected_version=4)


def test_taking_a_task_makes_it_ones_own(place: Place) -> None:
    task_id = open_one(place, owner_id=None)
    assert [row.id for row in queries.unowned_tasks(place.worker.scope, place.team_id)] == [task_id]

    actions.take(scope=place.colleague.scope, task_id=task_id, expected_version=1)

    assert [row.id for row in queries.my_tasks(place.colleague.scope)] == [task_id]


@pytest.mark.fault("F37")
def test_an_urgent_task_goes_on_from_one_to_the_next_until_somebody_has_seen_it(place: Place) -> None:
    first, second, last = (each.user_id for each in (place.worker, place.colleague, place.safeguarding_lead))
    Team.objects.filter(pk=place.team_id).update(
        duty_user_id=first, second_duty_user_id=second, safeguarding_user_id=last
    )
    at = clock.now()
    task_id = open_one(place, owner_id=first, escalate_at=at, escalate_to_id=second)
    owners = []
    for _ in range(4):
        with time_machine.travel(at):
            assert queries.to_escalate(place.system) == (task_id,)
            assert actions.escalate(scope=place.system, task_id=task_id)
            assert queries.to_escalate(place.system) == ()
            found = queries.task(place.system, task_id)
        assert found is not None
        owners.append(found.owner_id)
        with scoped(place.system):
            again = Task.objects.get(pk=task_id).escalate_at
        assert again is not None
        at = again
    assert owners == [second, last, last, last]
    actions.acknowledge(scope=place.safeguarding_lead.scope, task_id=task_id)
    with time_machine.travel(at + timedelta(days=7)):
        assert queries.to_escalate(place.system) == ()


def test_a_task_is_passed_on_once_and_only_if_nobody_looked(place: Place) -> None:
    past = clock.now() - timedelta(minutes=1)
    unseen = open_one(place, escalate_at=past, escalate_to_id=place.lead.user_id)
    seen = open_one(place, escalate_at=past, escalate_to_id=place.lead.user_id)
    actions.acknowledge(scope=place.worker.scope, task_id=seen)

    assert queries.to_escalate(place.system) == (unseen,)
    assert actions.escalate(scope=place.system, task_id=unseen) is True
    assert actions.escalate(scope=place.system, task_id=unseen) is False
    assert actions.escalate(scope=place.system, task_id=seen) is False
    assert [row.id for row in queries.my_tasks(place.lead.scope)] == [unseen]


def test_finishing_what_a_task_was_about_finishes_the_task(place: Place) -> None:
    about = uuid4()
    open_one(place, about_id=about)

    actions.finish_tasks_about(scope=place.worker.scope, about_id=about, kind="call")
    actions.finish_tasks_about(scope=place.worker.scope, about_id=about, kind="call")

    assert queries.open_about(place.worker.scope, about) == ()


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_task(place: Place) -> None:
    task_id = open_one(place)

    assert queries.task(place.stranger.scope, task_id) is None
    assert not queries.team_tasks(place.stranger.scope, place.team_id).rows
    with pytest.raises(NotFound):
        actions.finish_task(scope=place.stranger.scope, task_id=task_id, expected_version=1)


def test_a_referrer_can_leave_a_task_and_see_none(place: Place) -> None:
    with pytest.raises(NotAllowed):
        queries.my_tasks(place.referrer.scope)


@pytest.mark.fault("F14")
@pytest.mark.parametrize("press", ["take", "done", "reopen", "seen"])
def test_a_stranger_presses_a_button_of_a_task_that_is_not_there_for_them(
    place: Place, client_for: ClientFor, press: str
) -> None:
    task_id = open_one(place)

    there = client_for(place.stranger).post(f"/tasks/{task_id}/{press}/", {"version": "1"})
    nowhere = client_for(place.stranger).post(f"/tasks/{uuid4()}/{press}/", {"version": "1"})

    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_the_buttons_work_and_a_late_press_is_explained(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    task_id = open_one(place, urgent=True)
    assert "I have seen this" in client.get("/tasks/").content.decode()

    client.post(f"/tasks/{task_id}/seen/")
    client.post(f"/tasks/{task_id}/done/", {"version": "2"})
    late = client.post(f"/tasks/{task_id}/done/", {"version": "2"}, follow=True)

    assert "Someone else changed this" in late.content.decode()
    assert "Phone somebody back" in client.get("/tasks/?show=done").content.decode()
    client.post(f"/tasks/{task_id}/reopen/", {"version": "3"})
    assert queries.my_tasks(place.worker.scope).rows
    assert client.post(f"/tasks/{task_id}/done/", {"version": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (date(2026, 3, 1), "1 day late"),
        (date(2026, 2, 20), "10 days late"),
        (date(2026, 3, 2), "today"),
        (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 6), "Friday"),
    ],
)
def test_due_days_are_said_as_people_say_them(due: date, says: str) -> None:
    assert due_words(due, date(2026, 3, 2)) == says
