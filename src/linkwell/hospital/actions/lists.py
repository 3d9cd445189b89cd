"""Lists: each is compared with the one before, and what changed goes through the same door as messages."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import Q

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import note_as_at, open_again, open_feed
from linkwell.hospital.actions.receiving import Item, keep
from linkwell.hospital.list_reasons import coded
from linkwell.hospital.models import Decision, Feed, ListRow, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.hospital.pipeline.lists import changes, counted, ready_since
from linkwell.hospital.queries.waiting import authority_of, known_authorities
from linkwell.interop.hospital_events import Identifier, to_json
from linkwell.interop.hospital_lists import READY_LIST, ListLine, ListReading, read_list
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding, Invalid
from linkwell.kernel.ids import new_id

FEW = 10
# Two clocks that are both right may differ by so much.
CLOCKS_DIFFER = dt.timedelta(minutes=5)
HALVED = "This list has less than half of the rows of the one before, so it was held. Say that it is right to load it."
EMPTY = "This list has nobody on it, and the one before had, so it was held. Say that it is right to load it."
OLDER = "A newer list was loaded before this one, so it was not loaded."
TO_COME = "This list says that it was written later than now. Give the time at which the hospital wrote it."
MOST_FINDINGS = 200
_BLOCK = 1024 * 1024
RECEIVED = "hospital.received"


@dataclass(frozen=True, slots=True)
class ListResult:
    """What became of a list: read = loaded + rejected, unless it was held. `events` counts what changed, by kind.

    `merged` of the loaded rows said more of somebody who was on the list already.
    """

    kind: str
    read: int
    loaded: int
    rejected: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    events: Mapping[str, int] = field(default_factory=dict)
    held: str = ""
    merged: int = 0

    @property
    def words(self) -> str:
        """One line for a person: what was in the file and what became of it."""
        more = f" {self.merged:,} of them told more of somebody on the list already." if self.merged else ""
        return f"{self.read:,} rows = {self.loaded:,} loaded + {len(self.rejected):,} not loaded.{more}"

    def as_json(self) -> dict[str, Any]:
        def listed(found: tuple[Finding, ...]) -> list[dict[str, str]]:
            return [{"where": each.where, "reason": each.message} for each in found]

        return {
            "kind": self.kind,
            "read": self.read,
            "loaded": self.loaded,
            "merged": self.merged,
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
    """Load a ward list or a ready-to-go-home list as it stood at `as_at` (now, if nobody says).

    One that has lost more than half of its rows, or all, is held until somebody says that it is right, which
    `accept_smaller` does at once. Raises Invalid for a file that cannot be understood or is not written yet.
    """
    as_at = as_at or clock.now()
    if as_at > clock.now() + CLOCKS_DIFFER:
        raise Invalid({"as_at": TO_COME})
    reading = coded(read_list(file, as_at), as_at)
    feed_id = open_feed(scope=scope, kind=reading.kind)
    # One list of a feed at a time: each is compared with the one before.
    Feed.objects.select_for_update().get(organisation_id=scope.organisation_id, pk=feed_id)
    run = ListRun(
        id=new_id(),
        organisation_id=scope.organisation_id,
        feed_id=feed_id,
        file_name=file_name[:200],
        content_hash=_hash(file),
        as_at=as_at,
        read=reading.read,
        loaded=reading.loaded,
        rejected=len(reading.rejected),
        findings=[asdict(each) for each in (*reading.rejected, *reading.findings)[:MOST_FINDINGS]],
    )
    before = _before(scope, feed_id)
    run.held_reason = _held(scope, run, before, reading, accept_smaller=accept_smaller)
    events: dict[str, int] = {}
    if run.held_reason == OLDER:
        run.decision, run.decided_at = Decision.OVERTAKEN, clock.now()
    elif run.held_reason:
        run.held = {"reading": _to_json(reading), "authority": authority}
        open_again(scope, feed_id)
    else:
        events = _take(scope, run, before, reading, authority)
    run.save(force_insert=True)
    audit.record(scope, "held" if run.held_reason else "loaded", "hospital_list", run.pk)
    outbox.emit(scope, RECEIVED, object_id=run.pk)
    return ListResult(
        reading.kind,
        reading.read,
        0 if run.held_reason else reading.loaded,
        reading.rejected,
        reading.findings,
        events,
        run.held_reason,
        reading.merged,
    )


def take_held(scope: Scope, run: ListRun, held: dict[str, Any]) -> dict[str, int]:
    """Take a list as it was read when it was held. The caller has locked the feed, and saves the run."""
    given = held["reading"]
    lines = tuple(_line(each) for each in given["lines"])
    reading = ListReading(given["kind"], lines, (), (), unread=frozenset(given["unread"]), whole=given["whole"])
    return _take(scope, run, _before(scope, run.feed_id), reading, held["authority"])


def _to_json(reading: ListReading) -> dict[str, Any]:
    """What is needed to take it later. Findings and totals are in the run already."""
    return {
        "kind": reading.kind,
        "lines": [asdict(each) for each in reading.lines],
        "unread": sorted(reading.unread),
        "whole": reading.whole,
    }


def _hash(file: BinaryIO) -> bytes:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.digest()


def _before(scope: Scope, feed_id: UUID) -> dict[str, ListLine]:
    rows = ListRow.objects.filter(organisation_id=scope.organisation_id, feed_id=feed_id)
    return {key: _line(facts) for key, facts in rows.values_list("key", "facts")}


def _line(facts: dict[str, Any]) -> ListLine:
    return ListLine(**(facts | {"reasons": tuple(facts["reasons"])}))


def _held(
    scope: Scope, run: ListRun, before: Mapping[str, ListLine], reading: ListReading, *, accept_smaller: bool
) -> str:
    runs = ListRun.objects.filter(organisation_id=scope.organisation_id, feed_id=run.feed_id)
    last = runs.filter(Q(held_reason="") | Q(decision=Decision.LOADED)).order_by("-as_at").first()
    if last is not None and last.as_at > run.as_at:
        return OLDER
    there = {line.key for line in reading.lines} | (reading.unread & before.keys())
    if accept_smaller or not before:
        return ""
    if not there:
        return EMPTY
    return HALVED if len(before) >= FEW and len(there) * 2 < len(before) else ""


def _take(
    scope: Scope, run: ListRun, before: dict[str, ListLine], reading: ListReading, authority: str
) -> dict[str, int]:
    """Keep what changed since `before`, and the list as what the next is compared with; how many changes, by kind."""
    now = {line.key: line for line in reading.lines}
    if reading.kind == READY_LIST:
        now = ready_since(before, now, run.as_at)
    known = known_authorities(
        scope.organisation_id, {line.hospital_number for line in (*before.values(), *reading.lines)}
    )
    usual = authority or authority_of(scope.organisation_id)

    def name(line: ListLine) -> Identifier:
        if not line.hospital_number:
            return Identifier("NHS", line.nhs_number)
        return Identifier(authority or known.get(line.hospital_number, usual), line.hospital_number)

    found = changes(reading.kind, before, now, run.as_at, name, gone=reading.whole, unread=reading.unread)
    items = [
        Item(f"list:{reading.kind}", f"{run.pk}:{number}", to_json(change.event)) for number, change in enumerate(found)
    ]
    keep(scope, run.feed_id, items)
    gone = before.keys() - now.keys() - reading.unread if reading.whole else set()
    _keep_rows(scope, run.feed_id, before, now, gone)
    _overtake(scope, run)
    note_as_at(scope, run.feed_id, run.as_at)
    run.changes = len(found)
    return counted(found)


def _keep_rows(
    scope: Scope, feed_id: UUID, before: dict[str, ListLine], now: dict[str, ListLine], gone: set[str]
) -> None:
    mine = {"organisation_id": scope.organisation_id, "feed_id": feed_id}
    ListRow.objects.filter(**mine, key__in=gone).delete()
    ListRow.objects.bulk_create(
        (ListRow(**mine, key=key, facts=asdict(line)) for key, line in now.items() if before.get(key) != line),
        update_conflicts=True,
        unique_fields=["feed", "key"],
        update_fields=["facts"],
    )


def _overtake(scope: Scope, run: ListRun) -> None:
    """A list is the whole of what was known then: an earlier one that is still held says nothing any more."""
    rows = ListRun.objects.filter(organisation_id=scope.organisation_id, feed_id=run.feed_id, held__isnull=False)
    rows.filter(as_at__lte=run.as_at).exclude(pk=run.pk).update(
        held=None, decision=Decision.OVERTAKEN, decided_at=clock.now()
    )
