"""Lists: each is compared with the one before, and what changed goes through the same door as messages."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import note_heard, open_feed
from linkwell.hospital.actions.receiving import Item, keep
from linkwell.hospital.models import ListRow, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.hospital.pipeline.lists import changes, counted
from linkwell.hospital.queries.waiting import authority_of, known_authorities
from linkwell.interop.hospital_events import Identifier, to_json
from linkwell.interop.hospital_lists import ListLine, ListReading, read_list
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding
from linkwell.kernel.ids import new_id

FEW = 10
HALVED = "This list has less than half of the rows of the one before, so it was held. Say that it is right to load it."
OLDER = "A newer list was loaded before this one, so it was not loaded."
MOST_FINDINGS = 200
_BLOCK = 1024 * 1024
RECEIVED = "hospital.received"


@dataclass(frozen=True, slots=True)
class ListResult:
    """What became of a list: read = loaded + rejected. `events` counts what changed, by kind."""

    kind: str
    read: int
    loaded: int
    rejected: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    events: Mapping[str, int] = field(default_factory=dict)
    held: str = ""

    def as_json(self) -> dict[str, Any]:
        def listed(found: tuple[Finding, ...]) -> list[dict[str, str]]:
            return [{"where": each.where, "reason": each.message} for each in found]

        return {
            "kind": self.kind,
            "read": self.read,
            "loaded": self.loaded,
            "rejected": listed(self.rejected),
            "findings": listed(self.findings),
            "events": dict(self.events),
            "held": self.held,
        }


@action(LOOK_AFTER_FEEDS)
def load_list(
    *,
    scope: Scope,
    file: BinaryIO,
    file_name: str,
    as_at: dt.datetime | None = None,
    authority: str = "",
    accept_smaller: bool = False,
) -> ListResult:
    """Load a ward list or a ready-to-go-home list as it stood at `as_at` (now, if nobody says). Raises Invalid."""
    reading = read_list(file)
    as_at = as_at or clock.now()
    feed_id = open_feed(scope=scope, kind=reading.kind)
    note_heard(scope, feed_id)
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    run = ListRun(
        id=new_id(),
        organisation_id=scope.organisation_id,
        feed_id=feed_id,
        file_name=file_name[:200],
        content_hash=digest.digest(),
        as_at=as_at,
        read=reading.read,
        loaded=len(reading.lines),
        rejected=len(reading.rejected),
        findings=[asdict(each) for each in (*reading.rejected, *reading.findings)[:MOST_FINDINGS]],
    )
    before = _before(scope, feed_id)
    run.held_reason = _held(scope, run, len(before), accept_smaller=accept_smaller)
    events: dict[str, int] = {}
    if not run.held_reason:
        events = _take(scope, run, before, reading, authority)
        run.changes = sum(events.values())
    run.save(force_insert=True)
    audit.record(scope, "held" if run.held_reason else "loaded", "hospital_list", run.pk)
    outbox.emit(scope, RECEIVED, object_id=run.pk)
    return ListResult(
        reading.kind,
        reading.read,
        0 if run.held_reason else run.loaded,
        reading.rejected,
        reading.findings,
        events,
        run.held_reason,
    )


def _before(scope: Scope, feed_id: UUID) -> dict[str, ListLine]:
    rows = ListRow.objects.filter(organisation_id=scope.organisation_id, feed_id=feed_id)
    return {key: _line(facts) for key, facts in rows.values_list("key", "facts")}


def _line(facts: dict[str, Any]) -> ListLine:
    return ListLine(**(facts | {"reasons": tuple(facts["reasons"])}))


def _held(scope: Scope, run: ListRun, before: int, *, accept_smaller: bool) -> str:
    runs = ListRun.objects.filter(organisation_id=scope.organisation_id, feed_id=run.feed_id, held_reason="")
    last = runs.order_by("-as_at").first()
    if last is not None and last.as_at > run.as_at:
        return OLDER
    if before >= FEW and run.loaded * 2 < before and not accept_smaller:
        return HALVED
    return ""


def _take(
    scope: Scope, run: ListRun, before: dict[str, ListLine], reading: ListReading, authority: str
) -> dict[str, int]:
    now = {line.key: line for line in reading.lines}
    known = known_authorities(
        scope.organisation_id, {line.hospital_number for line in (*before.values(), *reading.lines)}
    )
    usual = authority or authority_of(scope.organisation_id)

    def name(line: ListLine) -> Identifier:
        if not line.hospital_number:
            return Identifier("NHS", line.nhs_number)
        return Identifier(authority or known.get(line.hospital_number, usual), line.hospital_number)

    found = changes(reading.kind, before, now, run.as_at, name, gone=not reading.rejected)
    items = [
        Item(f"list:{reading.kind}", f"{run.pk}:{number}", to_json(change.event)) for number, change in enumerate(found)
    ]
    keep(scope, run.feed_id, items)
    _keep_rows(scope, run.feed_id, before, now, gone=not reading.rejected)
    return counted(found)


def _keep_rows(
    scope: Scope, feed_id: UUID, before: dict[str, ListLine], now: dict[str, ListLine], *, gone: bool
) -> None:
    mine = {"organisation_id": scope.organisation_id, "feed_id": feed_id}
    if gone:
        ListRow.objects.filter(**mine, key__in=before.keys() - now.keys()).delete()
    ListRow.objects.bulk_create(
        (ListRow(**mine, key=key, facts=asdict(line)) for key, line in now.items() if before.get(key) != line),
        update_conflicts=True,
        unique_fields=["feed", "key"],
        update_fields=["facts"],
    )
