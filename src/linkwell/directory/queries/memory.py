"""An organisation's directory in the memory of this process, brought up to date at every question.

Each service carries the transaction that last changed it. A question first asks the database which services were
changed by transactions that had not ended when it last looked: one short statement, so a tap or an edit is found by
every process at its next question. Nothing is ever told to a process, and nothing has to reach it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from linkwell.core.database import already_known
from linkwell.directory.models import ServiceStatus
from linkwell.directory.ranking.entries import Entry, Time
from linkwell.directory.ranking.segment import Flags, Segment, build
from linkwell.directory.times import Different, Regular, Span, spans
from linkwell.kernel import clock

# When so many have changed, or a tenth of all, everything is read anew.
MOST_CHANGED = 300
Segments = list[tuple[Segment, Flags]]


@dataclass(slots=True)
class _Held:
    """What this process knows of one directory: all of it as it once was, and what changed since."""

    horizon: int
    base: Segment
    current: Flags
    place: dict[UUID, int]
    seen: dict[UUID, int]
    changed: dict[UUID, Entry] = field(default_factory=dict)
    newer: Segment | None = None

    def segments(self) -> Segments:
        newer = [] if self.newer is None else [(self.newer, np.ones(len(self.newer), bool))]
        return [(self.base, self.current), *newer]


_held: dict[UUID, _Held] = {}
_own: dict[UUID, tuple[tuple[object, ...], Segments]] = {}
_lock = threading.Lock()

_CHANGED = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned()::text::bigint,
  array_agg(id), array_agg(changed_in)
FROM "directory_service" WHERE organisation_id = %s AND changed_in >= %s
"""


def directory_in_memory(organisation_id: UUID) -> Segments:
    """The organisation's services as arrays, as the database has them now. Call it inside a scope."""
    known = already_known("directories")
    if organisation_id not in known:
        known[organisation_id] = _as_it_is_now(organisation_id)
    segments: Segments = known[organisation_id]
    return segments


def _as_it_is_now(organisation_id: UUID) -> Segments:
    with _lock:
        held = _held.get(organisation_id)
        horizon, own, ids, changed_in = _look(organisation_id, held.horizon if held else None)
        if own is not None:
            return _of_this_transaction(organisation_id, own)
        if held is None:
            held = _held[organisation_id] = _read_all(organisation_id, horizon)
        else:
            _catch_up(organisation_id, held, horizon, dict(zip(ids or (), changed_in or (), strict=True)))
        return _held[organisation_id].segments()


def forget_directories() -> None:
    """Read everything anew at the next question."""
    with _lock:
        _held.clear()
        _own.clear()


def _look(organisation_id: UUID, horizon: int | None) -> tuple[int, int | None, list[UUID] | None, list[int] | None]:
    with connection.cursor() as cursor:
        # No transaction has this number yet: a first look only wants to know where it stands.
        cursor.execute(_CHANGED, [organisation_id, horizon if horizon is not None else 2**62])
        row: tuple[int, int | None, list[UUID] | None, list[int] | None] = cursor.fetchone()
        return row


def _of_this_transaction(organisation_id: UUID, own: int) -> Segments:
    """A transaction that has written itself sees what nobody else may know yet: it reads for itself alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT count(*), max(changed_at), max(changed_in) FROM "directory_service" WHERE organisation_id = %s',
            [organisation_id],
        )
        key = (own, *cursor.fetchone())
    known = _own.get(organisation_id)
    if known is not None and known[0] == key:
        return known[1]
    segment = build([each for each in _read(organisation_id) if each.status != ServiceStatus.WITHDRAWN])
    segments = [(segment, np.ones(len(segment), bool))]
    _own.clear()
    _own[organisation_id] = (key, segments)
    return segments


def _read_all(organisation_id: UUID, horizon: int) -> _Held:
    entries = _read(organisation_id)
    listed = [each for each in entries if each.status != ServiceStatus.WITHDRAWN]
    base = build(listed)
    return _Held(
        horizon=horizon,
        base=base,
        current=np.ones(len(base), bool),
        place={each.id: place for place, each in enumerate(listed)},
        seen={each.id: each.changed_in for each in entries if each.changed_in >= horizon},
    )


def _catch_up(organisation_id: UUID, held: _Held, horizon: int, found: dict[UUID, int]) -> None:
    unknown = [service_id for service_id, changed_in in found.items() if held.seen.get(service_id) != changed_in]
    held.horizon = horizon
    if not unknown:
        return
    if len(held.changed) + len(unknown) > max(MOST_CHANGED, len(held.base) // 10):
        _held[organisation_id] = _read_all(organisation_id, horizon)
        return
    for each in _read(organisation_id, unknown):
        held.seen[each.id] = each.changed_in
        held.changed[each.id] = each
        if each.id in held.place:
            # The flags may be in the hands of a question that runs now: it keeps the ones it has.
            held.current = held.current.copy()
            held.current[held.place[each.id]] = False
    listed = [each for each in held.changed.values() if each.status != ServiceStatus.WITHDRAWN]
    held.newer = build(listed) if listed else None


_SERVICES = """
SELECT s.id, s.changed_in, CASE WHEN s.listed_as_id IS NULL THEN s.status ELSE 'withdrawn' END, s.name, s.kinds,
  s.needs, s.tags, s.languages, s.free, s.step_free, s.online,
  s.how_to_join, s.room, s.minimum_age, s.maximum_age,
  greatest(s.assured_on, (s.details_confirmed_at AT TIME ZONE 'Europe/London')::date), s.search::text, m.direction
FROM "directory_service" s LEFT JOIN "directory_meaning" m ON m.service_id = s.id
WHERE s.organisation_id = %(organisation)s AND {only}
"""
_PLACES = """
SELECT service_id, latitude, longitude FROM "directory_venue"
WHERE organisation_id = %(organisation)s AND latitude IS NOT NULL AND {only}
"""
_TIMES = """
SELECT service_id, id, weekday, starts_at, ends_at, rule, begins_on, valid_from, valid_until, term_time
FROM "directory_session"
WHERE organisation_id = %(organisation)s AND (valid_until IS NULL OR valid_until >= %(today)s) AND {only}
"""
_DIFFERENT = """
SELECT service_id, first_day, last_day, runs, starts_at, ends_at, session_id FROM "directory_changeddates"
WHERE organisation_id = %(organisation)s AND last_day >= %(today)s AND {only}
"""
_SCHOOL_BREAKS = """
SELECT first_day, last_day FROM "directory_schoolbreak"
WHERE organisation_id = %(organisation)s AND last_day >= %(today)s
"""


def _read(organisation_id: UUID, ids: Iterable[UUID] | None = None) -> list[Entry]:
    """These services, or all of them, with their places and times: five statements."""
    asked: dict[str, Any] = {"organisation": organisation_id, "ids": None if ids is None else list(ids)}
    asked["today"] = clock.today()
    services = _rows(_SERVICES, "s.id", asked)
    places: dict[UUID, list[tuple[float, float]]] = defaultdict(list)
    for service_id, latitude, longitude in _rows(_PLACES, "service_id", asked):
        places[service_id].append((latitude, longitude))
    times = _times(asked)
    return [_entry(row, tuple(places.get(row[0], ())), times.get(row[0], ())) for row in services]


def _times(asked: dict[str, Any]) -> dict[UUID, tuple[Time, ...]]:
    """When each of these meets from today on, as its calendar rules, its days that differ and the school say."""
    regular: dict[UUID, list[Regular]] = defaultdict(list)
    for service_id, key, weekday, starts, ends, rule, begins_on, first, last, term_time in _rows(
        _TIMES, "service_id", asked
    ):
        regular[service_id].append(Regular(weekday, starts, ends, rule, begins_on, first, last, term_time, key=key))
    different: dict[UUID, list[Different]] = defaultdict(list)
    for service_id, first, last, runs, starts, ends, key in _rows(_DIFFERENT, "service_id", asked):
        different[service_id].append(Different(first, last, runs, starts, ends, key=key))
    breaks = _rows(_SCHOOL_BREAKS, "", asked)
    return {
        service_id: tuple(map(_time, spans(regular[service_id], different[service_id], breaks, asked["today"])))
        for service_id in {*regular, *different}
    }


def _time(span: Span) -> Time:
    return Time(span.weekday, _minutes(span.starts_at), _minutes(span.ends_at), span.first, span.last, span.sure)


def _rows(statement: str, column: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    only = "true" if asked["ids"] is None else f"{column} = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(only=only), asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _entry(row: tuple[Any, ...], places: tuple[tuple[float, float], ...], times: tuple[Time, ...]) -> Entry:
    *facts, words, direction = row
    told = (words or "", None if direction is None else bytes(direction))
    return Entry(*(*facts, *told, places, times))


def _minutes(at: dt.time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute
