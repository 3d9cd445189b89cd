"""A group that has just said it is full would still be sent people, if a process answered from what it knew before."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.directory import actions, queries
from linkwell.directory.actions.meanings import tell_meanings
from linkwell.directory.queries import Search
from linkwell.directory.queries.memory import directory_in_memory, forget_directories
from linkwell.directory.tests.samples import a_service, load, names
from tests.place import Place


def test_every_change_is_found_at_the_next_question(place_committed: Place) -> None:
    place = place_committed
    forget_directories()
    feed = [a_service(number) for number in range(1, 12)]
    load(place, feed)
    assert len(names(place, "tea")) == 10
    first = queries.find(place.worker.scope, Search(words="tea")).rows[0].service

    actions.say_room(scope=place.worker.scope, service_id=first.id, room="room", weeks=None, said_by="Jean")
    assert names(place, "tea", has_room=True) == [first.name]
    actions.say_room(scope=place.worker.scope, service_id=first.id, room="full", weeks=None, said_by="Jean")
    assert names(place, "tea", has_room=True) == []

    load(place, [*feed[:10], a_service(11, description="Radio-controlled aeroplanes."), a_service(12, name="Chess")])
    assert names(place, "aeroplanes") == ["Group 011"]
    assert names(place, "chess") == ["Chess"]
    load(place, [*feed[:10], a_service(12, name="Chess", status="defunct")])
    assert names(place, "chess") == []

    with scoped(place.system):
        assert tell_meanings(place.system) == 10
    with scoped(place.worker.scope, reading=True):
        known = directory_in_memory(place.organisation_id)
    assert sum(int((segment.has_meaning & current).sum()) for segment, current in known) == 10
    _costs_one_short_look(place)


def _costs_one_short_look(place: Place) -> None:
    with scoped(place.worker.scope, reading=True):
        directory_in_memory(place.organisation_id)
    with scoped(place.worker.scope, reading=True), CaptureQueriesContext(connection) as asked:
        directory_in_memory(place.organisation_id)
        directory_in_memory(place.organisation_id)
    assert len(asked) == 1


def test_a_transaction_that_wrote_sees_its_own_and_leaves_nothing_behind(place: Place) -> None:
    before = _ids(place)
    load(place, [a_service(1)])
    assert len(_ids(place) - before) == 1


def _ids(place: Place) -> set[UUID]:
    with scoped(place.worker.scope, reading=True):
        return {each for segment, _ in directory_in_memory(place.organisation_id) for each in segment.ids}
