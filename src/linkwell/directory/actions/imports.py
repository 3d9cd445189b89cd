"""Loading a feed into the directory: streamed, in batches, accounted for, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import islice
from uuid import UUID

from django.db import transaction

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions import loading, merging
from linkwell.directory.actions.meanings import ask_for_meanings
from linkwell.directory.actions.twice import ask_to_look
from linkwell.directory.models import ImportRun, Service, ServiceStatus, Source
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.interop.openreferral import WHOLE_FEED, Plan, Reading, Rejected, ServiceRecord

BATCH = 500
MOST_REJECTED_KEPT = 10_000
MOST_FINDINGS_KEPT = 1_000
# A feed this small may lose half of its services by one club's closing.
SMALL_FEED = 10


@dataclass
class ImportResult:
    """What became of a feed. `read` = added + updated + unchanged + `rejected_count`.

    `held` says why nothing was changed, "" when it was. `complete` is False when the feed broke off:
    the last entry of `rejected` then speaks of the whole feed and is not among the records read.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected_count: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    notes: int = 0
    findings: list[Rejected] = field(default_factory=list)
    complete: bool = True
    held: str = ""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class _Held(Exception):
    pass


@action(IMPORT_DIRECTORY)
def import_feed(
    *,
    scope: Scope,
    reading: Reading,
    source_name: str,
    location: str,
    accept_smaller: bool = False,
    progress: Callable[[int], None] = lambda read: None,
) -> ImportResult:
    """Bring the organisation's directory to what the feed says.

    A service that a complete feed no longer names is withdrawn, never deleted. A feed that has lost
    more than half of its services is held: nothing changes until somebody says `accept_smaller`.
    """
    source = _source(scope, source_name, location)
    result = ImportResult()
    try:
        with transaction.atomic():
            present = _load(scope, source, reading, result, progress)
            if result.complete:
                _withdraw_missing(source, present, result, accept_smaller)
    except _Held as held:
        result = ImportResult(read=reading.seen, held=str(held), notes=result.notes)
    if result.added or result.updated or result.withdrawn:
        loading.rebuild_search_words(scope.organisation_id)
        ask_for_meanings(scope)
        ask_to_look(scope, source.pk)
    run = ImportRun.objects.create(
        organisation_id=scope.organisation_id,
        source=source,
        read=result.read,
        added=result.added,
        updated=result.updated,
        unchanged=result.unchanged,
        withdrawn=result.withdrawn,
        rejected=[asdict(each) for each in result.rejected],
        findings=[asdict(each) for each in result.findings],
        notes=result.notes,
        complete=result.complete,
        held_reason=result.held,
    )
    _remember_plan(source, reading.plan)
    audit.record(scope, "imported", "directory_source", source.pk, fields=("services",))
    audit.record(scope, "added", "import_run", run.pk)
    return result


def _source(scope: Scope, name: str, location: str) -> Source:
    """The feed's own row, locked, so that two readings of it take turns."""
    source, _ = Source.objects.get_or_create(
        organisation_id=scope.organisation_id, name=name[:200], defaults={"location": location[:500]}
    )
    locked = Source.objects.select_for_update().get(pk=source.pk)
    if locked.location != location[:500]:
        locked.location = location[:500]
        locked.save(update_fields=["location"])
    return locked


def _remember_plan(source: Source, plan: Plan) -> None:
    """How a table was understood, for the next time and for whoever looks it over."""
    source.format = plan.format or source.format
    source.headings = {table: list(named) for table, named in plan.headings.items()} or source.headings
    if plan.columns is not None:
        source.columns = plan.columns.as_json()
    source.save(update_fields=["format", "headings", "columns"])


def _load(
    scope: Scope, source: Source, reading: Reading, result: ImportResult, progress: Callable[[int], None]
) -> set[UUID]:
    """Load every record; the services that the feed still names, even if only in a record we had to reject."""
    items = iter(reading)
    present: set[UUID] = set()
    while batch := list(islice(items, BATCH)):
        records = [each for each in batch if isinstance(each, ServiceRecord)]
        _keep_findings(result, records)
        counts = loading.load_batch(scope.organisation_id, source, records)
        result.added += counts.added
        result.updated += counts.updated
        result.unchanged += counts.unchanged
        present |= counts.present
        refused = [each for each in batch if isinstance(each, Rejected)]
        present |= loading.known_ids(source, [each.id for each in refused])
        _keep_rejected(result, refused)
        progress(reading.seen)
    result.read = reading.seen
    result.complete = reading.complete
    return present


def _withdraw_missing(source: Source, present: set[UUID], result: ImportResult, accept_smaller: bool) -> None:
    listed = set(source.services.exclude(status=ServiceStatus.WITHDRAWN).values_list("pk", flat=True))
    missing = sorted(listed - present)
    before = len(listed) - result.added
    if not accept_smaller and before >= SMALL_FEED and len(missing) * 2 > before:
        raise _Held(
            f"The feed has lost {len(missing):,} of {before:,} services since last time, so nothing was changed. "
            "If that is right, load it again and accept the smaller feed."
        )
    for start in range(0, len(missing), BATCH):
        chunk = missing[start : start + BATCH]
        result.withdrawn += Service.objects.filter(pk__in=chunk).update(status=ServiceStatus.WITHDRAWN)
        merging.together(chunk, written=())


def _keep_findings(result: ImportResult, records: list[ServiceRecord]) -> None:
    for record in records:
        result.notes += len(record.notes)
        room = MOST_FINDINGS_KEPT - len(result.findings)
        result.findings += [Rejected(record.id, each.where, each.message) for each in record.notes[: max(room, 0)]]


def _keep_rejected(result: ImportResult, refused: list[Rejected]) -> None:
    result.rejected_count += sum(each.id != WHOLE_FEED for each in refused)
    result.rejected += refused[: MOST_REJECTED_KEPT - len(result.rejected)]
