"""If this fails, somebody changes twenty people one by one, or cannot take back what went wrong."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.tests.helpers import accepted
from linkwell.kernel import clock
from linkwell.tasks import actions as tasks
from linkwell.tasks import queries as task_queries
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
SOON = {"next_date_day": "1", "next_date_month": "2", "next_date_year": str(clock.today().year + 1)}


def cases(place: Place, how_many: int) -> list[UUID]:
    worker_id = place.worker.user_id
    return [accepted(place, worker_id, given_name=f"Person {number}") for number in range(how_many)]


def look(client: Client, kind: str, ids: list[UUID]) -> BeautifulSoup:
    page = client.post(reverse("core:several", args=[kind]), {"chosen": [str(each) for each in ids]})
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


def hidden(page: BeautifulSoup) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for each in page.select("main form input[type=hidden]"):
        fields.setdefault(str(each["name"]), []).append(str(each["value"]))
    return fields


def do(client: Client, kind: str, ids: list[UUID], **more: str) -> tuple[str, str]:
    """Sees what will happen, does it; returns the page that says what was done and its address."""
    fields = hidden(look(client, kind, ids))
    sent = client.post(reverse("core:several", args=[kind]), {**fields, **more}, follow=True)
    assert sent.status_code == 200, sent.content
    return sent.content.decode(), sent.redirect_chain[-1][0]


def next_dates(place: Place) -> set[dt.date | None]:
    return {row.next_date for row in queries.caseload(place.worker.scope, place.worker.user_id or UUID(int=0))}


def test_nothing_changes_before_what_will_happen_was_seen(place: Place, client_for: ClientFor) -> None:
    ids = cases(place, 2)
    before = next_dates(place)
    words = look(client_for(place.worker), "cases-next", ids).text
    assert "Nothing has changed yet" in words
    assert "Person 0" in words
    assert next_dates(place) == before


def test_several_next_dates_are_set_and_taken_back(place: Place, client_for: ClientFor) -> None:
    client, ids = client_for(place.worker), cases(place, 3)
    before = next_dates(place)
    page, address = do(client, "cases-next", ids, **SOON)
    chosen = dt.date(int(SOON["next_date_year"]), 2, 1)
    assert next_dates(place) == {chosen}
    assert "Undo" in page
    client.post(f"{address}undo/")
    assert next_dates(place) == before


def test_what_cannot_be_done_is_said_and_the_others_are_done(place: Place, client_for: ClientFor) -> None:
    client, (ended, goes_on) = client_for(place.worker), cases(place, 2)
    fields = hidden(look(client, "cases-next", [ended, goes_on]))
    row = queries.case(place.worker.scope, ended)
    actions.set_next(
        scope=place.worker.scope, case_id=ended, expected_version=row.version, next_date=clock.today(), next_step="Mine"
    )
    sent = client.post(reverse("core:several", args=["cases-next"]), {**fields, **SOON}, follow=True)
    assert "Somebody changed it meanwhile." in sent.content.decode()
    assert queries.case(place.worker.scope, ended).next_step == "Mine"
    assert queries.case(place.worker.scope, goes_on).next_date == dt.date(int(SOON["next_date_year"]), 2, 1)


def test_a_lead_gives_several_people_to_a_colleague_and_takes_them_back(place: Place, client_for: ClientFor) -> None:
    client, ids = client_for(place.lead), cases(place, 2)
    _, address = do(client, "cases-colleague", ids, worker=str(place.colleague.user_id))
    whose = {queries.case(place.lead.scope, each).worker_id for each in ids}
    assert whose == {place.colleague.user_id}
    client.post(f"{address}undo/")
    assert {queries.case(place.lead.scope, each).worker_id for each in ids} == {place.worker.user_id}


def test_a_lead_finds_several_who_wait_a_link_worker_and_takes_it_back(place: Place, client_for: ClientFor) -> None:
    client, supported = client_for(place.lead), cases(place, 1)
    ids = [accepted(place, given_name=f"Waiting {number}") for number in range(2)]
    assert client.get(reverse("casework:waiting")).content.count(b'name="chosen"') == 2
    assert "They have a link worker already" in look(client, "cases-worker", ids + supported).text
    before = [queries.case(place.lead.scope, each) for each in ids]
    _, address = do(client, "cases-worker", ids, worker=str(place.colleague.user_id))
    assert {queries.case(place.lead.scope, each).worker_id for each in ids} == {place.colleague.user_id}
    client.post(f"{address}undo/")
    after = [queries.case(place.lead.scope, each) for each in ids]
    assert [(row.state, row.worker_id, row.next_date, row.next_step) for row in after] == [
        (row.state, row.worker_id, row.next_date, row.next_step) for row in before
    ]


def test_a_worker_does_not_give_people_away(place: Place, client_for: ClientFor) -> None:
    answer = client_for(place.worker).post(
        reverse("core:several", args=["cases-colleague"]), {"chosen": [str(cases(place, 1)[0])]}
    )
    assert answer.status_code == 404


def test_after_ten_minutes_nothing_is_taken_back(place: Place, client_for: ClientFor) -> None:
    client, ids = client_for(place.worker), cases(place, 1)
    _, address = do(client, "cases-next", ids, **SOON)
    changed = next_dates(place)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11), tick=False):
        page = client.post(f"{address}undo/", follow=True).content.decode()
    assert "Ten minutes have passed" in page
    assert next_dates(place) == changed


def test_work_done_since_is_not_undone_with_it(place: Place, client_for: ClientFor) -> None:
    client, (case_id,) = client_for(place.worker), cases(place, 1)
    _, address = do(client, "cases-next", [case_id], **SOON)
    row = queries.case(place.worker.scope, case_id)
    actions.set_next(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=row.version,
        next_date=clock.today(),
        next_step="Ring on Monday",
    )
    page = client.post(f"{address}undo/", follow=True).content.decode()
    assert "Somebody changed it meanwhile." in page
    assert queries.case(place.worker.scope, case_id).next_step == "Ring on Monday"


def test_several_tasks_are_done_and_to_do_again(place: Place, client_for: ClientFor) -> None:
    scope, client = place.worker.scope, client_for(place.worker)
    ids = [
        tasks.open_task(
            scope=scope,
            team_id=place.team_id,
            owner_id=place.worker.user_id,
            kind=f"call_{number}",
            title=f"Ring {number}",
            about_kind="case",
            about_id=UUID(int=number),
            due_on=clock.today(),
        )
        for number in range(3)
    ]
    _, address = do(client, "tasks-done", ids)
    assert not task_queries.my_tasks(scope).rows
    client.post(f"{address}undo/")
    assert {row.id for row in task_queries.my_tasks(scope)} == set(ids)


@pytest.mark.parametrize("chosen", [[], ["nonsense"], [str(UUID(int=7))]])
def test_choosing_nothing_that_is_there_changes_nothing(place: Place, client_for: ClientFor, chosen: list[str]) -> None:
    answer = client_for(place.worker).post(
        reverse("core:several", args=["tasks-done"]), {"chosen": chosen}, follow=True
    )
    assert answer.status_code == 200


def test_what_somebody_else_did_is_not_there(place: Place, client_for: ClientFor) -> None:
    _, address = do(client_for(place.worker), "cases-next", cases(place, 1), **SOON)
    assert client_for(place.colleague).get(address).status_code == 404
    assert client_for(place.colleague).post(f"{address}undo/").status_code == 404


def test_a_list_is_kept_under_a_name_found_again_and_taken_away(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    kept = {"page": "people:list", "name": "The Bakers", "filters": "q=Baker&page=3&made=up"}
    assert client.post(reverse("core:keep_list"), kept).status_code == 302
    page = BeautifulSoup(client.get(reverse("people:list")).content, "html.parser")
    [link] = [each for each in page.select("nav[aria-label='Lists you keep'] a") if each.text == "The Bakers"]
    assert link["href"] == f"{reverse('people:list')}?q=Baker"
    assert "The Bakers" not in client_for(place.colleague).get(reverse("people:list")).content.decode()
    [form] = [each for each in page.select("form") if "Take away" in each.text]
    assert client_for(place.colleague).post(str(form["action"])).status_code == 404
    client.post(str(form["action"]))
    assert "The Bakers" not in client.get(reverse("people:list")).content.decode()


@pytest.mark.parametrize("given", [{"name": " "}, {"name": "x" * 61}, {"page": "core:keep_list"}, {"page": "http://x"}])
def test_a_list_without_a_name_or_a_page_is_not_kept(
    place: Place, client_for: ClientFor, given: dict[str, str]
) -> None:
    answer = client_for(place.worker).post(reverse("core:keep_list"), {"page": "tasks:list", "name": "Mine", **given})
    assert answer.status_code in (302, 404)
