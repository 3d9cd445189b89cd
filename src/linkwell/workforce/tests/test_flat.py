"""If these fail, a page of our team that is quick with one row is slow with a year's worth."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.actions.leave import add_leave
from linkwell.casework import actions as casework
from linkwell.casework.tests.helpers import accepted
from linkwell.core.permissions import Role
from linkwell.kernel import clock
from linkwell.workforce import actions
from tests.place import Place, make_member, sign_in

pytestmark = pytest.mark.django_db
PAGES = (
    "/team/",
    "/team/cover/",
    "/team/moves/",
    "/team/talks/",
    "/team/visits/",
    "/team/supervision/",
    "/team/supervision/due/",
    "/away/",
    "/support/waiting/",
)
LONGER = 300


def grow(place: Place, first: int, number: int) -> None:
    """So many more colleagues, each with everything these pages list."""
    today, lead = clock.today(), place.lead
    for each in range(first, first + number):
        member = make_member(f"W {each}", Role.LINK_WORKER, place.organisation_id, place.team_id)
        kept, moved = (accepted(place, member.user_id, given_name=f"P{each}{letter}") for letter in "ab")
        accepted(place, given_name=f"Waits{each}")
        later = today + dt.timedelta(days=3)
        add_leave(scope=lead.scope, user_id=member.user_id, starts_on=later, ends_on=later)
        casework.arrange_cover(
            scope=lead.scope,
            worker_id=member.user_id,
            covered_by_id=place.colleague.user_id,
            starts_on=later,
            ends_on=later,
        )
        actions.start_visit(scope=member.scope, minutes=60)
        actions.ask_to_talk(scope=member.scope, case_id=kept)
        held_on = today - dt.timedelta(days=100)
        actions.record_supervision(
            scope=lead.scope, worker_id=member.user_id, with_whom_id=lead.user_id, held_on=held_on, topics="x"
        )
        actions.move_caseload(scope=lead.scope, worker_id=member.user_id, given={moved: place.colleague.user_id})


def statements(client: Client, url: str) -> tuple[int, int]:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured), len(answer.content)


def test_no_page_of_our_team_asks_more_for_many_than_for_few(place: Place) -> None:
    client = sign_in(place.lead)
    grow(place, 0, 1)
    few = {url: statements(client, url) for url in PAGES}
    grow(place, 1, 8)
    many = {url: statements(client, url) for url in PAGES}
    assert {url: (few[url], many[url]) for url in PAGES if many[url][0] > few[url][0]} == {}
    assert [url for url in PAGES if many[url][1] <= few[url][1] + LONGER] == []
