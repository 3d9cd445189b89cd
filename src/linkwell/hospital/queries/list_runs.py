"""What was read from lists and activity files, and the lists that wait for somebody to decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel.errors import Finding, NotFound
from linkwell.kernel.pages import Page

SIZE = 20
LATEST = 3
_LATEST = """
SELECT r.id FROM hospital_feed f CROSS JOIN LATERAL (
  SELECT id FROM hospital_listrun WHERE feed_id = f.id AND organisation_id = %s ORDER BY as_at DESC LIMIT %s
) r WHERE f.organisation_id = %s
"""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One reading: read = loaded + rejected, of a held list what could be. `waits`: somebody has to decide.

    `decision` is the code of what became of a list that was held, "" for any other.
    """

    id: UUID
    feed_id: UUID
    feed_name: str
    file_name: str
    as_at: dt.datetime
    came_at: dt.datetime
    read: int
    loaded: int
    rejected: int
    changes: int
    findings: tuple[Finding, ...]
    held_reason: str
    decision: str
    decided_at: dt.datetime | None
    waits: bool


@query(LOOK_AFTER_FEEDS)
def latest_runs(scope: Scope) -> tuple[RunRow, ...]:
    """The last three readings of each feed, by feed, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [scope.organisation_id, LATEST, scope.organisation_id])
        latest = [found for (found,) in cursor.fetchall()]
    rows = _runs(scope).filter(pk__in=latest).order_by("feed__name", "-as_at", "-id")
    return tuple(_row(each) for each in rows)


@query(LOOK_AFTER_FEEDS)
def held_lists(scope: Scope) -> tuple[RunRow, ...]:
    """Lists that were held and wait for somebody to decide, the oldest first; at most twenty."""
    return tuple(_row(each) for each in _runs(scope).filter(held__isnull=False).order_by("id")[:SIZE])


@query(LOOK_AFTER_FEEDS)
def runs_of(scope: Scope, feed_id: UUID, page: int = 1) -> Page[RunRow]:
    """All readings of one feed, the newest first."""
    start = (page - 1) * SIZE
    rows = _runs(scope).filter(feed_id=feed_id).order_by("-as_at", "-id")
    return Page.of(list(rows[start : start + SIZE + 1]), number=page, size=SIZE).map(_row)


@query(LOOK_AFTER_FEEDS)
def one_run(scope: Scope, run_id: UUID) -> RunRow:
    """One reading. Raises NotFound."""
    found = _runs(scope).filter(pk=run_id).first()
    if found is None:
        raise NotFound
    return _row(found)


def _runs(scope: Scope) -> QuerySet[ListRun]:
    """Without the rows of a held list, which may be many and are read only when it is loaded."""
    rows = ListRun.objects.filter(organisation_id=scope.organisation_id).select_related("feed")
    return rows.defer("held", "content_hash")


def _row(row: ListRun) -> RunRow:
    return RunRow(
        row.pk,
        row.feed_id,
        row.feed.name,
        row.file_name,
        row.as_at,
        row.created_at,
        row.read,
        row.loaded,
        row.rejected,
        row.changes,
        tuple(Finding(each["where"], each["message"]) for each in row.findings),
        row.held_reason,
        row.decision,
        row.decided_at,
        waits=bool(row.held_reason) and not row.decision,
    )
