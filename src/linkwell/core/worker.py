"""The job worker: leases outbox rows, runs their handlers, and survives being killed at any moment.

A lease ends by itself, so a killed worker's row is taken again. Each lease raises the row's fence; a worker that
lost its lease finds another fence and its work is undone. Rows of an earlier life of the database wait to be released.
"""

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
    AND (leased_until IS NULL OR leased_until < %(now)s)
  ORDER BY available_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, event, handler, object_id, fence, attempts
"""


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
    now = clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"until": now + LEASE, "now": now, "epoch": epoch(), "most": most})
        return [Claim(*row) for row in cursor.fetchall()]


def work_off(most: int = 20) -> int:
    """Claim and run one batch; the number of rows taken."""
    claims = claim(most)
    for each in claims:
        run(each)
    return len(claims)


def run(claimed: Claim) -> None:
    """Run one leased row's handler. A failure is noted and tried again later, at growing distances."""
    try:
        handler = outbox.handler_named(claimed.event, claimed.handler)
        if handler.external:
            handler.function(claimed.scope, claimed.object_id)
            finish(claimed)
        else:
            with scoped(claimed.scope):
                handler.function(claimed.scope, claimed.object_id)
                finish(claimed)
    except LeaseLost:
        log.warning("lease lost", event_id=str(claimed.id), event_name=claimed.event)
    except Exception as error:  # a fault in one job must not stop the others
        log.exception("job failed", event_id=str(claimed.id), event_name=claimed.event)
        _put_back(claimed, type(error).__name__)


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
