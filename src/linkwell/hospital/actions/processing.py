"""What was kept, worked out into patients and stays: a batch in one transaction, a patient's events in order."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.db import connection

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.clusters import Clusters
from linkwell.hospital.actions.keeping_patients import keep_patients
from linkwell.hospital.actions.keeping_stays import keep_stays
from linkwell.hospital.actions.known_by_number import by_number
from linkwell.hospital.models import Event, Inbound, InboundState
from linkwell.hospital.permissions import RECEIVE
from linkwell.hospital.pipeline import Outcome, Told, fold
from linkwell.hospital.pipeline.identity import NOT_THIS_PATIENT
from linkwell.hospital.pipeline.reading import read
from linkwell.hospital.queries.waiting import StoredEvent, Waiting, stored_events, waiting
from linkwell.interop.hospital_events import HospitalEvent, many_to_json
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding, Invalid
from linkwell.kernel.ids import new_id

BATCH = 2_000
UNEXPECTED = Finding(
    "", "We could not work this out. Try it again; if it comes back, tell whoever looks after Linkwell."
)
# Any number that no other lock of ours uses; the second is the organisation's.
_LOCK = 0x484F5350

# All in one value, written and read as one: events by the hundred cost more to pass than to work out.
_KEEP_EVENTS = """
INSERT INTO hospital_event (id, organisation_id, created_at, inbound_id, patient_id, body, aside)
SELECT id, %s, %s, inbound_id, patient_id, convert_to(body::text, 'UTF8'), ''
FROM json_to_recordset(%s::json) AS new (id uuid, inbound_id uuid, patient_id uuid, body json)
"""
_DONE = "UPDATE hospital_inbound SET state = 'done', field = '', why = '' WHERE organisation_id = %s AND id = ANY(%s)"

_Known = dict[UUID, list[StoredEvent]]

log = structlog.get_logger()


@dataclass(slots=True)
class _Batch:
    """What is being worked out: the events read, by what they came in, and what came of each."""

    organisation_id: UUID
    read: dict[UUID, tuple[HospitalEvent, ...]] = field(default_factory=dict)
    attention: dict[UUID, Finding] = field(default_factory=dict)


def process_all(scope: Scope, *, most: int | None = None) -> int:
    """Work off whatever waits, a batch at a time; how many. One that breaks its batch is found and set aside."""
    done = 0
    while most is None or done < most:
        size = BATCH if most is None else min(BATCH, most - done)
        try:
            with _without_collecting():
                number = process(scope=scope, most=size)
        # A fault of ours in one message: the others go on.
        except Exception as trouble:
            log.error("hospital_batch_failed", error=type(trouble).__name__)  # noqa: TRY400 (may name somebody)
            number = _one_by_one(scope, size)
        done += number
        if not number:
            break
    return done


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A batch holds much and lets go of it by itself: Python's collector would walk it over and over for nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _one_by_one(scope: Scope, size: int) -> int:
    for _ in range(size):
        try:
            if not process(scope=scope, most=1):
                break
        except Exception as trouble:
            log.error("hospital_message_failed", error=type(trouble).__name__)  # noqa: TRY400
            set_first_aside(scope=scope)
    return size


@action(RECEIVE)
def set_first_aside(*, scope: Scope) -> None:
    """The oldest that waits cannot be worked out: it needs attention, and stops nothing behind it."""
    first = waiting(scope.organisation_id, 1)
    for each in first:
        _settle(scope.organisation_id, {each.id: UNEXPECTED}, [])
    audit.record(scope, "set aside", "hospital_inbound", first[0].id if first else None)


@action(RECEIVE)
def process(*, scope: Scope, most: int = BATCH) -> int:
    """Work out the oldest that wait, in one transaction; how many. None where nothing waits."""
    _alone(scope)
    items = waiting(scope.organisation_id, most)
    audit.record(scope, "processed", "hospital_inbound", None)
    if not items:
        return 0
    batch = _Batch(scope.organisation_id)
    _read(batch, items)
    clusters = Clusters(scope)
    again = clusters.forget([each.id for each in items if each.tried_before])
    new = _events(batch, items, clusters)
    named = again | {each.cluster for each in new}
    if named:
        # Asked before the new ones are kept: what was read a moment ago is not read again.
        known = _by_cluster((*stored_events(scope.organisation_id, named), *new))
        _keep_events(scope, new, clusters)
        _work_out(scope, batch, clusters, known)
    _settle(scope.organisation_id, batch.attention, [each.id for each in items if each.id not in batch.attention])
    return len(items)


def _alone(scope: Scope) -> None:
    """One at a time for each organisation: the order of a patient's events is never a race."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, str(scope.organisation_id)])


def _read(batch: _Batch, items: Sequence[Waiting]) -> None:
    for item in items:
        try:
            batch.read[item.id] = read(item.raw, is_message=item.is_message)
        except Invalid as wrong:
            batch.attention[item.id] = wrong.findings[0]
        # Whatever was sent, the line goes on: what breaks our reading needs attention, not an answer.
        except Exception as trouble:
            log.error("hospital_reading_failed", error=type(trouble).__name__)  # noqa: TRY400
            batch.attention[item.id] = UNEXPECTED
    by_number(batch.organisation_id, batch.read, batch.attention)


def _events(batch: _Batch, items: Sequence[Waiting], clusters: Clusters) -> list[StoredEvent]:
    """What was read, as it is kept."""
    clusters.find([event for events in batch.read.values() for event in events])
    confirmed = {item.id for item in items if item.confirmed}
    return [
        StoredEvent(Told(new_id(), event, inbound_id in confirmed), inbound_id, "", clusters.cluster(event.subject))
        for inbound_id, events in batch.read.items()
        for event in events
    ]


def _keep_events(scope: Scope, events: Sequence[StoredEvent], clusters: Clusters) -> None:
    rows = [
        {
            "id": each.told.id,
            "inbound_id": each.inbound_id,
            "patient_id": clusters.patient(each.told.event.subject),
            "body": each.told.event,
        }
        for each in events
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_EVENTS, (scope.organisation_id, clock.now(), many_to_json(rows)))


def _by_cluster(events: Iterable[StoredEvent]) -> _Known:
    known: _Known = defaultdict(list)
    for each in events:
        known[each.cluster].append(each)
    return known


def _work_out(scope: Scope, batch: _Batch, clusters: Clusters, known: _Known) -> None:
    """Everything that was ever said of these clusters, folded anew."""
    outcomes = {cluster: fold(each.told for each in events) for cluster, events in known.items()}
    kept = keep_patients(scope, clusters, outcomes)
    changed = keep_stays(scope, kept, outcomes)
    outbox.emit_many(scope, "hospital.stay_changed", sorted(changed | kept.told_otherwise))
    _note_aside(scope, batch, known, outcomes)


def _note_aside(scope: Scope, batch: _Batch, known: _Known, outcomes: dict[UUID, Outcome]) -> None:
    """An event that cannot count needs attention; one that counts again, because of what came later, no longer."""
    no_longer: list[UUID] = []
    for cluster, events in known.items():
        aside = outcomes[cluster].aside
        for event in events:
            why = aside.get(event.told.id, "")
            if why:
                batch.attention[event.inbound_id] = Finding("PID-3" if why == NOT_THIS_PATIENT else "MRG-1", why)
            elif event.aside:
                no_longer.append(event.inbound_id)
            if why != event.aside:
                Event.objects.filter(organisation_id=scope.organisation_id, pk=event.told.id).update(aside=why)
    _settle(scope.organisation_id, {}, no_longer)


def _settle(organisation_id: UUID, attention: dict[UUID, Finding], done: Sequence[UUID]) -> None:
    """Each in exactly one state."""
    if done:
        with connection.cursor() as cursor:
            cursor.execute(_DONE, (organisation_id, list(done)))
    rows = Inbound.objects.filter(organisation_id=organisation_id)
    for inbound_id, finding in attention.items():
        words = {"field": finding.where[:40], "why": finding.message[:300]}
        rows.filter(pk=inbound_id).update(state=InboundState.ATTENTION, **words)
