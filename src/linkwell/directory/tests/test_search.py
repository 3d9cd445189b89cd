"""What a link worker would lose if the directory could not be searched in plain words."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.accounts.scopes import link_scope
from linkwell.directory import actions, queries
from linkwell.directory.actions import DatesSaid
from linkwell.directory.queries import Point, Search
from linkwell.directory.queries.memory import forget_directories
from linkwell.directory.tests.samples import a_service, load, names
from linkwell.kernel.errors import NotAllowed, NotFound
from tests.place import Place

# The eight kinds of the founding article, each as several people would say it.
EIGHT_KINDS = {
    "social_group": ("social group", "somewhere to make friends", "I'm lonely", "company", "meet people"),
    "swimming_group": ("swimming group", "swimming", "swim", "get in the pool", "swiming"),
    "sports_club": ("sports club", "sport", "football", "bowls", "something sporty"),
    "course": ("course", "courses", "learn something new", "english classes", "computer lessons"),
    "food_bank": ("food bank", "foodbank", "nothing to eat", "I am hungry", "food parcel"),
    "community_group": ("community group", "allotment", "choir", "men's shed", "helping my neighbours"),
    "dancing_class": ("dancing class", "dancing", "tea dance", "learn to dance", "dansing"),
    "history_group": ("history group", "local history", "old photos", "family tree", "hystory"),
}
WORDS = [(kind, words) for kind, many in EIGHT_KINDS.items() for words in many]

COMMON = {
    "debt advice": "Debt and Bills Advice",
    "can't pay the rent": "Debt and Bills Advice",
    "eviction": "Key & Kettle Housing Advice",
    "my wife died": "The Bereavement Café",
    "carers": "The Carers’ Hour",
    "walking group": "Marl Strollers walking group",
    "men's shed": "The Tannery Shed",
    "warm space": "The Warm Room",
    "choir": "The Sing Low Choir",
    "allotment": "The Sharing Plot",
    "volunteering": "Find Your Place to Volunteer",
    "work club": "Foot in the Door Work Club",
    "learning disability swimming": "Splash with Sparks",
    "ESOL": "English Together",
    "LGBT+ group": "Rainbow Evening",
    "dementia": "The Forget-me-not Café",
    "lift to hospital": "Marl Lifts",
    "refugees": "New Here, Welcome",
}


def test_each_of_the_eight_kinds_is_found_by_plain_words_within_three_results(wexcombe: Place) -> None:
    for kind, words in WORDS:
        first = queries.find(wexcombe.worker.scope, Search(words=words)).rows[:3]
        assert any(kind in each.service.kinds for each in first), f"{words!r} gave {[e.service.name for e in first]}"


def test_common_needs_are_found_within_three_results(wexcombe: Place) -> None:
    for words, wanted in COMMON.items():
        assert wanted in names(wexcombe, words)[:3], f"{words!r} gave {names(wexcombe, words)[:3]}"


def test_what_is_not_wanted_is_left_out(wexcombe: Place) -> None:
    assert "The Warm Room" in names(wexcombe, "warm soup")
    without = names(wexcombe, "warm soup, not church")
    assert "The Warm Room" not in without
    assert without


def test_a_slip_of_the_finger_is_forgiven_and_said(wexcombe: Place) -> None:
    assert queries.understand(wexcombe.worker.scope, "alotment").instead == (("alotment", "allotment"),)
    assert names(wexcombe, "alotment")[0] == "The Sharing Plot"


def test_a_word_that_nobody_uses_finds_nothing_rather_than_something_else(wexcombe: Place) -> None:
    assert names(wexcombe, "xylophone") == []


def test_facts_narrow_the_results(wexcombe: Place) -> None:
    def rows(**facts: object) -> list[queries.ServiceRow]:
        return [each.service for each in queries.find(wexcombe.worker.scope, Search(**facts))]  # type: ignore[arg-type]

    assert all(row.free for row in rows(free=True))
    assert all(row.step_free for row in rows(step_free=True) if row.venues)
    assert all(row.online for row in rows(online=True))
    assert all(row.how_to_join != "referral" for row in rows(no_referral=True))
    assert all("women_only" in row.tags for row in rows(women=True))
    assert all("men_only" in row.tags for row in rows(men=True))
    assert all(row.room in ("room", "few") for row in rows(has_room=True))
    assert all(any(time.weekday == 1 for time in row.sessions) for row in rows(day=1))
    assert all(rows(**{fact: True}) for fact in ("free", "step_free", "online", "no_referral", "women", "men"))


def test_facts_may_be_typed(wexcombe: Place) -> None:
    scope = wexcombe.worker.scope
    typed = queries.find(scope, Search(words="free walking on monday")).rows
    assert typed
    assert all(each.service.free for each in typed)
    assert all(any(time.weekday == 0 for time in each.service.sessions) for each in typed)


def _meeting(number: int, **schedule: str | int) -> dict[str, object]:
    at = {"id": "t", "opens_at": "14:00", "closes_at": "16:00", **schedule}
    return a_service(number, name=f"Club {number}", schedules=[at])


@time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False)
def test_nobody_is_sent_to_a_door_that_is_shut_that_week(place: Place) -> None:
    """The Tuesday is the last of November. Rhythms, days that differ and school holidays all count."""
    load(place, [
        _meeting(1, freq="WEEKLY", byday="TU"),
        _meeting(2, freq="WEEKLY", byday="TU", interval=2, valid_from="2026-11-17"),
        _meeting(3, freq="MONTHLY", byday="-1TU"),
        _meeting(4, freq="WEEKLY", byday="TU", interval=2),
        _meeting(5, freq="WEEKLY", byday="TU", description="Term time only"),
        _meeting(6, freq="WEEKLY", byday="MO"),
    ])  # fmt: skip
    today, by_name = dt.date(2026, 11, 24), {row.name: row.id for row in _all(place)}
    assert names(place, "club", day=1) == [f"Club {number}" for number in (1, 2, 3, 4, 5)]
    assert names(place, "club", on=today) == ["Club 1", "Club 3", "Club 5"]
    assert names(place, "club", on=today, part="morning") == []
    assert names(place, "club on tuesday afternoon") == names(place, "club", day=1)
    assert names(place, "club", part="evening") == []

    keeper = place.lead.scope
    shut = DatesSaid(today, today + dt.timedelta(days=60))
    actions.add_dates(scope=keeper, service_id=by_name["Club 1"], said=shut)
    actions.add_dates(scope=keeper, service_id=by_name["Club 6"], said=DatesSaid(today, today, True, dt.time(15)))
    actions.add_school_break(scope=keeper, name="Half term", first_day=today, last_day=today)
    forget_directories()
    assert names(place, "club", on=today) == ["Club 3", "Club 6"]
    assert "Club 1" not in names(place, "club", day=1)


def _all(place: Place) -> list[queries.ServiceRow]:
    return [each.service for each in queries.find(place.worker.scope, Search())]


@pytest.mark.parametrize("where", ["ZW3 6JU", "zw36ju", "ZW3 6AA", "ZW3", "Upper Hallow"])
def test_a_place_is_known_by_postcode_area_or_name(wexcombe: Place, where: str) -> None:
    point = queries.locate(wexcombe.worker.scope, where)
    assert point is not None
    assert point.latitude == pytest.approx(51.311, abs=0.005)


@pytest.mark.parametrize("where", ["", "x", "ZZ9 9ZZ", "Atlantis", "QX1A 1AA", "%", "__"])
def test_a_place_nobody_knows_is_not_guessed(wexcombe: Place, where: str) -> None:
    assert queries.locate(wexcombe.worker.scope, where) is None


def test_nearer_comes_first_and_the_distance_is_right(wexcombe: Place) -> None:
    scope = wexcombe.worker.scope
    fenny = queries.locate(scope, "Fenny Green")
    found = queries.find(scope, Search(near=fenny)).rows
    assert "Fenny Green" in found[0].service.name
    distances = [each.km for each in found if each.km is not None]
    assert distances == sorted(distances)
    from_mill = queries.find(scope, Search(words="larder", near=Point(51.3005, -6.0010))).rows[0]
    assert from_mill.km == pytest.approx(3.40, abs=0.05)


@pytest.mark.fault("F17")
def test_ranking_depends_on_the_given_point_and_on_nobody(wexcombe: Place) -> None:
    """A restricted person's own place is never used: the caller gives this fixed point instead."""
    scope, colleague = wexcombe.worker.scope, wexcombe.colleague.scope
    point = queries.middle_of_directory(scope)
    assert point == queries.middle_of_directory(colleague)
    mine = queries.find(scope, Search(words="company", near=point))
    assert mine == queries.find(colleague, Search(words="company", near=point))


def test_a_full_page_costs_no_more_statements_than_one_result(place: Place) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            queries.find(place.worker.scope, Search(words="tea", near=Point(51.3, -6.0)))
        return len(counted)

    load(place, [a_service(1)])
    statements()  # what a process reads once and keeps
    one = statements()
    load(place, [a_service(number) for number in range(1, 21)])
    statements()
    assert statements() == one


def test_a_long_list_comes_in_pages_with_nothing_twice(place: Place) -> None:
    load(place, [a_service(number) for number in range(45)])
    seen = [
        each.service.name
        for page in range(1, 6)
        for each in queries.find(place.worker.scope, Search(words="tea"), page)
    ]
    assert len(seen) == len(set(seen)) == 45


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_can_break_the_search(place: Place, words: str, where: str) -> None:
    words, where = words.replace("\x00", ""), where.replace("\x00", "")
    queries.find(place.worker.scope, Search(words=words))
    queries.understand(place.worker.scope, words)
    queries.locate(place.worker.scope, where)


@pytest.mark.fault("F14")
def test_another_organisations_directory_is_not_searched(wexcombe: Place) -> None:
    mine = queries.find(wexcombe.worker.scope, Search()).rows[0].service.id
    assert queries.find(wexcombe.stranger.scope, Search()).rows == ()
    assert queries.middle_of_directory(wexcombe.stranger.scope) is None
    with pytest.raises(NotFound):
        queries.service(wexcombe.stranger.scope, mine)


def test_a_referrer_has_no_directory_to_search(wexcombe: Place) -> None:
    with pytest.raises(NotAllowed):
        queries.find(wexcombe.referrer.scope, Search())


def test_a_group_with_a_link_may_speak_for_itself_and_search_nothing(wexcombe: Place) -> None:
    service = queries.find(wexcombe.worker.scope, Search(words="choir")).rows[0].service
    group = link_scope(wexcombe.organisation_id, uuid4(), uuid4())
    actions.say_room(scope=group, service_id=service.id, room="full", weeks=None, said_by="the group")
    actions.confirm_details(scope=group, service_id=service.id, said_by="the group")
    now = queries.service(group, service.id)
    assert (now.room, now.details_confirmed_at is not None) == ("full", True)
    with pytest.raises(NotAllowed):
        queries.find(group, Search())
    elsewhere = link_scope(wexcombe.stranger_organisation_id, uuid4(), uuid4())
    with pytest.raises(NotFound):
        actions.say_room(scope=elsewhere, service_id=service.id, room="room", weeks=None, said_by="x")
