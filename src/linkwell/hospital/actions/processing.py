"""What was kept, worked out into patients and stays: a batch in one transaction, a patient's events in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from linkwell.interop.hospital_events import HospitalEvent, from_json, to_json
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding, Invalid
from linkwell.kernel.ids import new_id

BATCH = 500
UNEXPECTED = Finding(
    "", "We could not work this out. Try it again; if it comes back, tell whoever looks after Linkwell."
)
# Any number that no other lock of ours uses; the second is the organisation's.
_LOCK = 0x484F5350

# One statement, and bytes: rows and texts by the hundred cost more to write than to work out.
_KEEP_EVENTS = """
INSERT INTO hospital_event (id, organisation_id, created_at, inbound_id, patient_id, body, aside)
SELECT id, %s, %s, inbound_id, patient_id, body, ''
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::bytea[]) AS new (id, inbound_id, patient_id, body)
"""

log = structlog.get_logger()


@dataclass(slots=True)
class _Batch:
    """What is being worked out: the events read, by what they came in, and what came of each."""

    organisation_id: UUID
    read: dict[UUID, tuple[HospitalEvent, ...]] = field(default_factory=dict)
    attention: dict[UUID, Finding] = field(default_factory=dict)
    new: dict[UUID, tuple[UUID, HospitalEvent]] = field(default_factory=dict)


def process_all(scope: Scope, *, most: int | None = None) -> int:
    """Work off whatever waits, a batch at a time; how many. One that breaks its batch is found and set aside."""
    done = 0
    while most is None or done < most:
        size = BATCH if most is None else min(BATCH, most - done)
        try:
            number = process(scope=scope, most=size)
        # A fault of ours in one message: the others go on.
        except Exception as trouble:
            log.error("hospital_batch_failed", error=type(trouble).__name__)  # noqa: TRY400 (may name somebody)
            number = _one_by_one(scope, size)
        done += number
        if not number:
            break
    return done


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
    again = clusters.forget(each.id for each in items)
    _keep_events(batch, clusters)
    _work_out(scope, batch, clusters, again)
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


def _keep_events(batch: _Batch, clusters: Clusters) -> None:
    clusters.find([event for events in batch.read.values() for event in events])
    batch.new = {new_id(): (inbound_id, event) for inbound_id, events in batch.read.items() for event in events}
    if not batch.new:
        return
    patients = [clusters.patient(event.subject) for _, event in batch.new.values()]
    bodies = [to_json(event) for _, event in batch.new.values()]
    inbound_ids = [inbound_id for inbound_id, _ in batch.new.values()]
    with connection.cursor() as cursor:
        rows = (list(batch.new), inbound_ids, patients, bodies)
        cursor.execute(_KEEP_EVENTS, (batch.organisation_id, clock.now(), *rows))


def _work_out(scope: Scope, batch: _Batch, clusters: Clusters, again: Iterable[UUID]) -> None:
    named = {clusters.cluster(event.subject) for _, event in batch.new.values()} | set(again)
    if not named:
        return
    stored: dict[UUID, list[StoredEvent]] = defaultdict(list)
    for each in stored_events(scope.organisation_id, named):
        stored[each.cluster].append(each)
    outcomes = {cluster: fold(_told(each, batch) for each in events) for cluster, events in stored.items()}
    kept = keep_patients(scope, clusters, outcomes)
    changed = keep_stays(scope, kept, outcomes)
    outbox.emit_many(scope, "hospital.stay_changed", sorted(changed))
    _note_aside(scope, batch, stored, outcomes)


def _told(stored: StoredEvent, batch: _Batch) -> Told:
    known = batch.new.get(stored.id)
    return Told(stored.id, known[1] if known else from_json(stored.body), stored.confirmed)


def _note_aside(
    scope: Scope, batch: _Batch, stored: dict[UUID, list[StoredEvent]], outcomes: dict[UUID, Outcome]
) -> None:
    """An event that cannot count needs attention; one that counts again, because of what came later, no longer."""
    no_longer: list[UUID] = []
    for cluster, events in stored.items():
        aside = outcomes[cluster].aside
        for event in events:
            why = aside.get(event.id, "")
            if why:
                batch.attention[event.inbound_id] = Finding("PID-3" if why == NOT_THIS_PATIENT else "MRG-1", why)
            elif event.aside:
                no_longer.append(event.inbound_id)
            if why != event.aside:
                Event.objects.filter(organisation_id=scope.organisation_id, pk=event.id).update(aside=why)
    _settle(scope.organisation_id, {}, no_longer)


def _settle(organisation_id: UUID, attention: dict[UUID, Finding], done: Sequence[UUID]) -> None:
    """Each in exactly one state."""
    rows = Inbound.objects.filter(organisation_id=organisation_id)
    if done:
        rows.filter(pk__in=done).update(state=InboundState.DONE, field="", why="")
    for inbound_id, finding in attention.items():
        words = {"field": finding.where[:40], "why": finding.message[:300]}
        rows.filter(pk=inbound_id).update(state=InboundState.ATTENTION, **words)
