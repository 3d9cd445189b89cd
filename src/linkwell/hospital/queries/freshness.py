"""How fresh each feed is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Feed, FeedKind
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS, SEE_PATIENTS
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, when it was last heard, and whether that is too long ago to trust what it feeds."""

    id: UUID
    kind: str
    kind_words: str
    name: str
    last_heard_at: dt.datetime | None
    stale_after: dt.timedelta
    stale: bool


@query(SEE_PATIENTS)
def freshness(scope: Scope) -> tuple[FeedRow, ...]:
    """Every feed of the hospital, the one heard longest ago first. Show `stale` ones loudly beside their news."""
    rows = Feed.objects.filter(organisation_id=scope.organisation_id)
    found = [_row(row, clock.now()) for row in rows]
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda row: (row.last_heard_at or never, row.name)))


@query(LOOK_AFTER_FEEDS)
def one_feed(scope: Scope, feed_id: UUID) -> FeedRow:
    """One feed of the hospital. Raises NotFound."""
    found = Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id).first()
    if found is None:
        raise NotFound
    return _row(found, clock.now())


def _row(row: Feed, now: dt.datetime) -> FeedRow:
    stale = row.last_heard_at is None or now - row.last_heard_at > row.stale_after
    return FeedRow(row.pk, row.kind, FeedKind(row.kind).label, row.name, row.last_heard_at, row.stale_after, stale)
