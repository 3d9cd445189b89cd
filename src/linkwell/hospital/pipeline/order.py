"""The order of events: when they happened, never when they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from linkwell.hospital.pipeline.shapes import Told
from linkwell.interop.hospital_events import HospitalEvent, Kind, to_json

# Between events of the same moment that were sent in the same moment: what begins before what ends, and what takes
# back after what it takes back.
_RANK = {
    kind: number
    for number, kind in enumerate(
        (
            *(Kind.PERSON, Kind.MERGE, Kind.UNMERGE, Kind.MOVE_VISIT, Kind.EXPECT, Kind.ADMIT, Kind.MOVE),
            *(Kind.UPDATE, Kind.EXPECT_LEAVE, Kind.READY, Kind.NOT_READY, Kind.LEAVE, Kind.LEFT_LIST),
            *(Kind.CANCEL_EXPECT, Kind.CANCEL_EXPECT_LEAVE, Kind.CANCEL_MOVE, Kind.CANCEL_LEAVE, Kind.CANCEL_ADMIT),
        )
    )
}


def in_order(told: Iterable[Told]) -> list[Told]:
    """Sorted by event time, then time sent, then kind; each thing said once, however often it was sent.

    What is left to choose between is settled by the content itself, so that no order of arrival shows.
    """
    placed = sorted(_once(told), key=lambda one: _place(one.event))
    found: list[Told] = []
    for _, alike in groupby(placed, key=lambda one: _place(one.event)):
        several = list(alike)
        found += sorted(several, key=lambda one: to_json(one.event)) if len(several) > 1 else several
    return found


def _once(told: Iterable[Told]) -> Iterator[Told]:
    """The same content with a new message ID, sent again later, is the same thing said."""
    heard: dict[object, list[Told]] = {}
    for each in sorted(told, key=lambda one: (not one.confirmed, one.event.sent_at, one.id)):
        event = each.event
        before = heard.setdefault((event.kind, event.subject, event.at, event.told_at), [])
        if not any(_says_the_same(one.event, event) for one in before):
            before.append(each)
            yield each


def recorded(event: HospitalEvent) -> tuple[object, ...]:
    """What was recorded before what: a cancel strikes only what was recorded before it."""
    return event.told_at, event.sent_at, _RANK[event.kind]


def _place(event: HospitalEvent) -> tuple[object, ...]:
    return event.at, event.sent_at, _RANK[event.kind], event.told_at


def _says_the_same(one: HospitalEvent, two: HospitalEvent) -> bool:
    """Of two events of one kind about one identity, with one event time, recorded at one moment."""
    return replace(one, sent_at=two.sent_at) == two
