"""If these fail, something agreed at a meeting is forgotten, or somebody's part is read on another's page."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.groupwork import actions, queries
from linkwell.groupwork.tests.planning import a_clinic, a_meeting, a_session, about, later
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in
from tests.restricting import Restrict, both_ways

pytestmark = pytest.mark.django_db


def somebody(place: Place, given: str) -> UUID:
    return people.add_person(scope=place.worker.scope, details=PersonDetails(given, "Pickering"))


def in_a_week() -> dt.date:
    return clock.today() + dt.timedelta(days=7)


def test_each_persons_part_is_on_their_own_page_only(place: Place) -> None:
    meeting_id = a_meeting(place)
    joan, amina = somebody(place, "Joan"), somebody(place, "Amina")
    about(place, meeting_id, joan, said="canaryjoan is low")
    part = about(place, meeting_id, amina, said="Sees the physio")
    page = sign_in(place.worker).get(f"/groups/meetings/about/{part}/").content.decode()
    assert "Sees the physio" in page
    assert "canaryjoan" not in page
    assert "Joan" not in page


@both_ways
def test_the_page_of_a_meeting_names_nobody_who_was_restricted_since(place: Place, restrict: Restrict) -> None:
    meeting_id, joan = a_meeting(place), somebody(place, "Joan")
    part = about(place, meeting_id, joan, said="Is low")
    restrict(place, joan)
    assert "Joan" not in sign_in(place.worker).get(f"/groups/meetings/{meeting_id}/").content.decode()
    assert queries.meeting_item(place.worker.scope, part).said == "Is low"


def test_what_is_to_be_done_is_somebodys_task_by_a_day(place: Place) -> None:
    meeting_id, joan = a_meeting(place), somebody(place, "Joan")
    about(place, meeting_id, joan, action="Ask about a ramp", owner_id=place.colleague.user_id, due_on=in_a_week())
    about(place, meeting_id, joan, action="Check her feet", owner_name="The district nurse", due_on=in_a_week())
    own, asked = tasks.my_tasks(place.colleague.scope).rows, tasks.my_tasks(place.worker.scope).rows
    assert [(row.due_on, "ramp" in row.title) for row in own] == [(in_a_week(), False)]
    assert [row.title.startswith("Ask The district nurse") for row in asked] == [True]


def test_something_to_do_without_an_owner_or_a_day_is_not_taken(place: Place) -> None:
    meeting_id, joan = a_meeting(place), somebody(place, "Joan")
    for given, where in (
        ({"action": "A ramp", "due_on": in_a_week()}, "owner"),
        ({"action": "A ramp", "owner_name": "The nurse"}, "due_on"),
        ({"action": "A ramp", "owner_id": place.stranger.user_id, "due_on": in_a_week()}, "owner"),
        ({}, "said"),
    ):
        with pytest.raises(Invalid) as found:
            about(place, meeting_id, joan, **given)
        assert where in found.value.by_field


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_meeting(place: Place) -> None:
    meeting_id, joan = a_meeting(place), somebody(place, "Joan")
    part = about(place, meeting_id, joan, said="Low")
    client = sign_in(place.stranger)
    for page in (f"{meeting_id}/", f"{meeting_id}/write-up/", f"{meeting_id}/about/{joan}/", f"about/{part}/"):
        assert client.get(f"/groups/meetings/{page}").status_code == 404


def test_a_meeting_is_noted_by_clicking(place: Place) -> None:
    meeting_id, joan = a_meeting(place), somebody(place, "Joan")
    client = sign_in(place.worker)
    found = client.get(f"/groups/meetings/{meeting_id}/?q=Joan").content.decode()
    assert f"/groups/meetings/{meeting_id}/about/{joan}/" in found
    client.post(f"/groups/meetings/{meeting_id}/about/{joan}/", {"said": "Wants to walk again"})
    client.post(f"/groups/meetings/{meeting_id}/write-up/", {"version": 1, "attended": "Dr Ruth Bell, GP"})
    page = client.get(f"/groups/meetings/{meeting_id}/").content.decode()
    assert "Joan Pickering" in page
    # What was said is on their own part, whose opening is noted.
    assert "Wants to walk again" not in page
    assert "Dr Ruth Bell, GP" in page


def test_the_report_counts_what_took_place_and_nothing_else(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    scope, today = place.worker.scope, clock.today()
    session_id, planned, clinic_id, meeting_id = a_session(place), a_session(place), a_clinic(place), a_meeting(place)
    joan = somebody(place, "Joan")
    slot = actions.add_to_register(scope=scope, session_id=session_id, person_id=joan)
    actions.add_to_register(scope=scope, session_id=planned, person_id=joan)
    about(place, meeting_id, joan, said="Low")
    about(place, meeting_id, joan, said="Better")
    later(monkeypatch)
    actions.write_up_session(scope=scope, session_id=session_id, expected_version=1, came=[slot], walk_ins=5)
    actions.write_up_clinic(scope=scope, clinic_id=clinic_id, expected_version=1, came=(), walk_ins=2)
    actions.write_up_meeting(scope=scope, meeting_id=meeting_id, expected_version=1, attended="Us")
    found = queries.counts(scope, today - dt.timedelta(days=3), today + dt.timedelta(days=3), place.team_id)
    assert (found.sessions, found.came, found.people, found.walk_ins) == (1, 1, 1, 5)
    assert (found.clinics, found.slots, found.slots_booked, found.clinic_walk_ins) == (1, 3, 0, 2)
    assert (found.meetings, found.discussed) == (1, 1)
    assert queries.counts(scope, today + dt.timedelta(days=9), today + dt.timedelta(days=9)).sessions == 0
    assert queries.counts(place.stranger.scope, today, today + dt.timedelta(days=3)).sessions == 0
