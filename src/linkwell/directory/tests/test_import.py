"""A directory feed may lose nothing, and may take nothing away by accident."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.core.database import scoped
from linkwell.directory import actions, queries
from linkwell.directory.models import ImportRun, Service, Session, Venue
from linkwell.directory.tests.samples import a_service, accounted_for, load, names
from linkwell.interop.openreferral import WHOLE_FEED
from linkwell.kernel.errors import NotAllowed
from tests.place import Place


def test_everything_read_is_loaded_or_named_with_the_reason(place: Place) -> None:
    feed = [a_service(1), {"id": "x", "name": ""}, a_service(2), "nonsense", a_service(1)]
    result = load(place, feed)
    assert accounted_for(result)
    assert (result.read, result.added, result.rejected_count) == (5, 2, 3)
    assert [each.id for each in result.rejected] == ["x", "record 4", "s1"]
    assert names(place) == ["Group 001", "Group 002"]


@pytest.mark.fault("F24")
@given(st.lists(st.one_of(st.integers(0, 8).map(a_service), st.sampled_from([{}, {"id": "s1"}, 3, None])), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_control_totals_add_up_whatever_comes(place: Place, feed: list[Any]) -> None:
    result = load(place, feed, accept_smaller=True)
    assert accounted_for(result)
    assert result.read == len(feed)


def test_the_same_feed_again_changes_nothing(place: Place) -> None:
    feed = [a_service(number) for number in range(5)]
    load(place, feed)
    with scoped(place.worker.scope):
        before = list(Service.objects.order_by("pk").values())
    feed.reverse()
    result = load(place, feed)
    assert (result.added, result.updated, result.unchanged, result.withdrawn) == (0, 0, 5, 0)
    with scoped(place.worker.scope):
        assert list(Service.objects.order_by("pk").values()) == before


def test_a_changed_service_is_updated_in_place(place: Place) -> None:
    load(place, [a_service(1), a_service(2)])
    kept = queries.find(place.worker.scope, queries.Search()).rows[0].service.id
    again = a_service(1, description="Now with cake.", schedules=[{"id": "t", "freq": "WEEKLY", "byday": "FR"}])
    result = load(place, [again, a_service(2)])
    assert (result.updated, result.unchanged) == (1, 1)
    row = queries.service(place.worker.scope, kept)
    assert row.description == "Now with cake."
    assert [session.weekday for session in row.sessions] == [4]
    assert len(row.venues) == 1
    assert names(place, "cake") == ["Group 001"]


def test_a_service_that_left_the_feed_is_withdrawn_not_deleted_and_may_come_back(place: Place) -> None:
    load(place, [a_service(1), a_service(2)])
    gone = next(
        each.service for each in queries.find(place.worker.scope, queries.Search()) if each.service.name[-1] == "2"
    )
    result = load(place, [a_service(1)])
    assert result.withdrawn == 1
    assert names(place) == ["Group 001"]
    assert queries.service(place.worker.scope, gone.id).status == "withdrawn"
    back = load(place, [a_service(1), a_service(2)])
    assert (back.updated, back.unchanged) == (1, 1)
    assert names(place) == ["Group 001", "Group 002"]


@pytest.mark.fault("F24")
def test_a_feed_that_suddenly_halves_is_held_until_somebody_says_it_is_right(place: Place) -> None:
    whole = [a_service(number) for number in range(20)]
    load(place, whole)
    fewer = [a_service(0, name="Renamed"), *whole[1:9]]
    held = load(place, fewer)
    assert "lost 11 of 20" in held.held
    assert (held.added, held.updated, held.withdrawn) == (0, 0, 0)
    after = queries.find(place.worker.scope, queries.Search())
    assert after.total == 20
    assert after.rows[0].service.name == "Group 000"
    with scoped(place.administrator.scope):
        assert ImportRun.objects.filter(held_reason__contains="lost 11 of 20").count() == 1
    accepted = load(place, fewer, accept_smaller=True)
    assert (accepted.updated, accepted.withdrawn) == (1, 11)


def test_a_feed_that_breaks_off_withdraws_nothing(place: Place) -> None:
    feed = [a_service(number) for number in range(4)]
    load(place, feed)
    cut = json.dumps([*feed[:1], a_service(9), *feed[1:]]).encode()[:-40]
    result = load(place, cut)
    assert not result.complete
    assert result.rejected[-1].id == WHOLE_FEED
    assert result.withdrawn == 0
    assert result.added == 1
    assert accounted_for(result)
    assert len(names(place)) == 5


def test_a_record_that_went_bad_keeps_the_service_it_was(place: Place) -> None:
    """The feed still names it, so it has not left the feed."""
    load(place, [a_service(1), a_service(2)])
    result = load(place, [a_service(1), a_service(2, name="")])
    assert (result.rejected_count, result.withdrawn) == (1, 0)
    assert names(place) == ["Group 001", "Group 002"]


def test_two_feeds_do_not_withdraw_each_others_services(place: Place) -> None:
    load(place, [a_service(1)], source="Council")
    result = load(place, [a_service(2)], source="Charity")
    assert result.withdrawn == 0
    assert len(names(place)) == 2


def test_what_a_group_said_about_room_outlives_an_older_listing(place: Place) -> None:
    listed = {"capacities": [{"id": "c", "available": 9, "updated": "2026-01-05"}]}
    load(place, [a_service(1, **listed)])
    found = queries.find(place.worker.scope, queries.Search()).rows[0].service
    assert (found.room, found.room_said_by) == ("room", "their listing")
    actions.say_room(scope=place.worker.scope, service_id=found.id, room="full", weeks=None, said_by="Jean")
    load(place, [a_service(1, **listed, description="Changed, but says nothing new about room.")])
    again = queries.service(place.worker.scope, found.id)
    assert (again.room, again.room_said_by) == ("full", "Jean")


def test_only_those_who_look_after_the_directory_may_load_one(place: Place) -> None:
    with pytest.raises(NotAllowed):
        load(place, [], by=place.worker)
    with pytest.raises(NotAllowed):
        load(place, [], by=place.referrer)


def test_another_organisation_loads_its_own_directory(place: Place) -> None:
    load(place, [a_service(1)])
    load(place, [a_service(1, name="Theirs")], by=place.stranger_lead)
    assert names(place) == ["Group 001"]
    assert [each.service.name for each in queries.find(place.stranger.scope, queries.Search())] == ["Theirs"]


def test_a_longer_feed_costs_no_more_statements(place: Place) -> None:
    def statements(feed: list[Any], source: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            load(place, feed, source=source)
        return len(counted)

    assert statements([a_service(1)], "one") == statements([a_service(number) for number in range(40)], "many")


def test_places_and_times_are_not_left_behind_by_an_update(place: Place) -> None:
    for words in ("one", "two", "three"):
        load(place, [a_service(1, description=words)])
    with scoped(place.worker.scope):
        assert (Venue.objects.count(), Session.objects.count()) == (1, 1)
