"""One service in three feeds: whatever the feeds do and in whatever order a keeper decides, nothing is lost of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.core.database import scoped
from linkwell.directory import actions, queries
from linkwell.directory.models import ChangedDates, Service, Session, TwiceListed
from linkwell.directory.sameness import speakers
from linkwell.directory.tests.samples import a_service, load, names
from tests.place import Place

COSTS = {"a": "£1", "b": "£2", "c": "£3"}
DAYS = {"a": "MO", "b": "TU", "c": "WE"}


def listing(feed: str, cost: str = "") -> dict[str, Any]:
    times = [{"freq": "WEEKLY", "byday": DAYS[feed], "opens_at": "10:00"}]
    return a_service(1, id=feed, name=f"Choir {feed}", fees=cost or COSTS[feed], schedules=times, phones=[])


def read(place: Place, feed: str, *said: dict[str, Any], others: int = 12) -> Any:
    rest = [a_service(each, id=f"{feed}{each}", name=f"Other {feed}{each}") for each in range(others)]
    return load(place, [*said, *rest], source=f"Feed {feed}")


def choirs(place: Place) -> dict[str, Service]:
    with scoped(place.worker.scope):
        return {row.feed_id: row for row in Service.objects.filter(feed_id__in=COSTS)}


def merge(place: Place, kept: str, other: str, taken: Sequence[str]) -> UUID:
    found = choirs(place)
    with scoped(place.administrator.scope):
        pair, _ = TwiceListed.objects.get_or_create(
            organisation_id=place.organisation_id, kept=found[kept], other=found[other], defaults={"score": 1.0}
        )
    actions.make_one(scope=place.administrator.scope, pair_id=pair.pk, taken=taken)
    return pair.pk


def apart(place: Place, pair: UUID) -> None:
    actions.take_apart(scope=place.administrator.scope, pair_id=pair)


def shown(place: Place, feed: str) -> tuple[str, str, list[int | None]]:
    """What somebody who follows a link to this listing reads."""
    row = queries.service(place.worker.scope, choirs(place)[feed].pk)
    return row.name, row.cost, [each.weekday for each in row.sessions]


def by_itself(feed: str) -> tuple[str, str, list[int | None]]:
    return f"Choir {feed}", COSTS[feed], [list(DAYS).index(feed)]


@pytest.fixture
def fed(place: Place) -> Place:
    for feed in COSTS:
        read(place, feed, listing(feed))
    return place


@pytest.mark.parametrize(("first_undone", "gone"), [*product((0, 1), ("a", "b")), (0, "c")])
def test_merged_dropped_by_a_feed_and_undone_in_any_order_each_says_its_own_again(
    fed: Place, first_undone: int, gone: str
) -> None:
    pairs = [merge(fed, "a", "b", ["cost", "where_when"]), merge(fed, "a", "c", ["cost"])]
    assert [shown(fed, each) for each in COSTS] == [("Choir a", "£3", [1])] * 3
    read(fed, gone)
    left = "b" if gone == "a" else "a"
    assert {shown(fed, each)[0] for each in COSTS} == {f"Choir {left}"}
    assert names(fed, "choir") == [f"Choir {left}"]
    assert read(fed, left, others=3).held
    assert names(fed, "choir") == [f"Choir {left}"]
    apart(fed, pairs[first_undone])
    assert len(names(fed, "choir")) == (1 if gone == ("b", "c")[first_undone] else 2)
    read(fed, gone, listing(gone))
    apart(fed, pairs[1 - first_undone])
    assert [shown(fed, each) for each in COSTS] == [by_itself(each) for each in COSTS]
    assert len(names(fed, "choir")) == 3


def test_two_feeds_drop_it_and_the_third_still_lists_it(fed: Place) -> None:
    pairs = [merge(fed, "a", "b", []), merge(fed, "a", "c", [])]
    read(fed, "a")
    read(fed, "b")
    assert names(fed, "choir") == ["Choir c"]
    assert {shown(fed, each)[0] for each in COSTS} == {"Choir c"}
    read(fed, "c")
    assert names(fed, "choir") == []
    for each in "cab":
        read(fed, each, listing(each))
    assert names(fed, "choir") == ["Choir a"]
    for pair in pairs:
        apart(fed, pair)
    assert len(names(fed, "choir")) == 3


def test_words_taken_of_two_fall_back_to_the_earlier_when_the_later_is_undone(fed: Place) -> None:
    merge(fed, "a", "b", ["cost"])
    later = merge(fed, "a", "c", ["cost"])
    apart(fed, later)
    assert shown(fed, "a")[1] == "£2"


def test_a_group_that_spoke_keeps_its_places_when_a_merge_that_took_others_is_undone(fed: Place) -> None:
    admin, row = fed.administrator.scope, choirs(fed)["a"]
    with scoped(admin):
        session = Session.objects.get(service=row)
    actions.take_part_away(scope=admin, service_id=row.pk, what="time", part_id=session.pk, asked_by="Ruby")
    pair = merge(fed, "a", "b", ["where_when"])
    read(fed, "a", listing("a", "£9"))
    assert shown(fed, "a")[2] == [1]
    apart(fed, pair)
    assert shown(fed, "a") == ("Choir a", "£9", [])


def test_single_days_of_a_time_outlive_new_words_in_either_feed(fed: Place) -> None:
    merge(fed, "a", "b", ["where_when"])
    row, day = choirs(fed)["a"], dt.date(2099, 1, 6)
    with scoped(fed.administrator.scope):
        session = Session.objects.get(service=row)
        ChangedDates.objects.create(
            organisation_id=row.organisation_id, service=row, session=session, first_day=day, last_day=day
        )
    read(fed, "a", listing("a", "£9") | {"schedules": []})
    later = [{"freq": "WEEKLY", "byday": "TU", "opens_at": "11:00"}]
    read(fed, "b", listing("b") | {"schedules": later})
    with scoped(fed.administrator.scope):
        kept = ChangedDates.objects.select_related("session").get(service=row)
    assert kept.session is not None
    assert kept.session.starts_at == dt.time(11)


def test_whoever_was_kept_speaks_until_it_is_gone_and_then_the_next() -> None:
    a, b, c, d = (uuid4() for _ in range(4))
    assert speakers([], []) == {}
    assert speakers([(a, b), (a, c)], []) == dict.fromkeys((a, b, c), a)
    assert speakers([(a, b), (a, c)], [a]) == dict.fromkeys((a, b, c), b)
    assert speakers([(a, b), (a, c)], [a, b, c]) == dict.fromkeys((a, b, c), a)
    assert speakers([(a, b), (d, b), (c, d)], [c]) == dict.fromkeys((a, b, c, d), d)
    assert speakers([(a, b), (c, d)], [d]) == {a: a, b: a, c: c, d: c}
