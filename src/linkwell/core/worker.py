"""The job worker: leases outbox rows, runs their handlers, and survives being killed at any moment.

A lease ends by itself, so a killed worker's row is taken again. Each lease raises the row's fence; a worker that
lost its lease finds another fence and its work is undone. Rows of an earlier life of the database wait to be released.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction

from linkwell.core import outbox
from linkwell.core.database import scoped
from linkwell.core.installation import epoch
from linkwell.core.models import AuditPending, OutboxEvent
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
LONGEST_PURPOSE = 60
FIRST_WAIT = timedelta(seconds=5)

log = structlog.get_logger()

_CLAIM = """
UPDATE core_outboxevent SET leased_until = %(until)s, fence = fence + 1, attempts = attempts + 1
WHERE id IN (
  SELECT id FROM core_outboxevent
  WHERE done_at IS NULL AND failed_at IS NULL AND available_at <= %(now)s AND epoch >= %(epoch)s
    AND (leased_until IS NULL OR leased_until < %(now)s) {alike}
  ORDER BY available_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, event, handler, object_id, fence, attempts
"""
# What failed once is tried alone.
_ALIKE = "AND organisation_id = %(organisation)s AND event = %(event)s AND handler = %(handler)s AND attempts = 0"
MOST_ALIKE = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """One leased row."""

    id: UUID
    organisation_id: UUID
    event: str
    handler: str
    object_id: UUID
    fence: int
    attempts: int

    @property
    def scope(self) -> Scope:
        # The audit's column for the purpose is short; a round's name begins the same as every other's.
        return system_scope(self.organisation_id, self.event.removeprefix("periodic.linkwell.")[:LONGEST_PURPOSE])


class LeaseLost(Exception):
    """Another worker has this row now; what was done here is undone."""


def claim(most: int = 20) -> list[Claim]:
    """Lease up to `most` rows that are ready, oldest first."""
    return _claimed(_CLAIM.format(alike=""), most)


def claim_alike(first: Claim) -> list[Claim]:
    """Lease what else is ready for the same handler and organisation and has not been tried before."""
    same: dict[str, UUID | str] = {
        "organisation": first.organisation_id,
        "event": first.event,
        "handler": first.handler,
    }
    return _claimed(_CLAIM.format(alike=_ALIKE), MOST_ALIKE, **same)


def _claimed(asked: str, most: int, **same: UUID | str) -> list[Claim]:
    now = clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked, {"until": now + LEASE, "now": now, "epoch": epoch(), "most": most, **same})
        return [Claim(*row) for row in cursor.fetchall()]


def work_off(most: int = 20) -> int:
    """Claim and run one batch; the number of rows taken."""
    claims = claim(most)
    for alike in _alike(claims):
        run(*alike)
    return len(claims)


def _alike(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Claims that one call may handle, with whatever else is ready for it; every other alone."""
    groups: dict[object, list[Claim]] = {}
    for each in claims:
        key = (each.organisation_id, each.event, each.handler) if _may_join(each) else each.id
        groups.setdefault(key, []).append(each)
    for group in groups.values():
        yield [*group, *claim_alike(group[0])] if _may_join(group[0]) else group


def _may_join(claimed: Claim) -> bool:
    return claimed.attempts == 1 and outbox.all_at_once(claimed.event, claimed.handler) is not None


def run(*claims: Claim) -> None:
    """Run the handler of a leased row, or of several that one call handles.

    A failure is noted and tried again later, at growing distances.
    """
    first = claims[0]
    try:
        handler = outbox.handler_named(first.event, first.handler)
        if handler.external:
            handler.function(first.scope, first.object_id)
            finish(first)
        else:
            with scoped(first.scope):
                _call(handler, claims)
                for each in claims:
                    finish(each)
    except LeaseLost:
        log.warning("lease lost", event_id=str(first.id), event_name=first.event)
    except Exception as error:  # a fault in one job must not stop the others
        log.exception("job failed", event_id=str(first.id), event_name=first.event)
        for each in claims:
            _put_back(each, type(error).__name__)


def _call(handler: outbox.Handler, claims: Sequence[Claim]) -> None:
    if handler.all_at_once and len(claims) > 1:
        handler.all_at_once(claims[0].scope, frozenset(each.object_id for each in claims))
    else:
        handler.function(claims[0].scope, claims[0].object_id)


def finish(claimed: Claim) -> None:
    """Mark the row done, or raise LeaseLost when the fence has moved on."""
    mine = OutboxEvent.objects.filter(pk=claimed.id, fence=claimed.fence, done_at=None)
    if not mine.update(done_at=clock.now(), leased_until=None):
        raise LeaseLost


def _put_back(claimed: Claim, error: str) -> None:
    wait = FIRST_WAIT * 2 ** (claimed.attempts - 1)
    now = clock.now()
    failed = now if claimed.attempts >= MOST_ATTEMPTS else None
    OutboxEvent.objects.filter(pk=claimed.id, fence=claimed.fence).update(
        leased_until=None, available_at=now + wait, last_error=error, failed_at=failed
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for the worker and the sealer. `oldest` is the age in seconds of the oldest work that is due."""

    waiting: int
    held: int
    failed: int
    oldest: float
    unsealed: int


def backlog() -> Backlog:
    """Over all organisations: these tables hold ids only."""
    undone = OutboxEvent.objects.filter(done_at=None, failed_at=None)
    due = undone.filter(epoch__gte=epoch(), available_at__lte=clock.now()).order_by("available_at").first()
    return Backlog(
        waiting=undone.filter(epoch__gte=epoch()).count(),
        held=undone.filter(epoch__lt=epoch()).count(),
        failed=OutboxEvent.objects.exclude(failed_at=None).count(),
        oldest=(clock.now() - due.available_at).total_seconds() if due else 0.0,
        unsealed=AuditPending.objects.count(),
    )


def release_held() -> int:
    """Let rows from before a restore go after all. A person decides this, having looked; the number released."""
    return OutboxEvent.objects.filter(done_at=None, epoch__lt=epoch()).update(epoch=epoch())
