"""How fresh each feed is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Feed, FeedKind, Inbound, InboundState, ListRow
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS, SEE_PATIENTS
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound

_READ_WITHIN = dt.timedelta(minutes=10)
# Who is where today. An activity file tells of months that are over: a late one changes nothing on a ward.
_OF_THE_WARDS = frozenset({FeedKind.ADT, FeedKind.WARD_LIST, FeedKind.READY_LIST})


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, when it was last heard, and whether that is too long ago to trust what it feeds.

    `unread` is how many messages wait although the oldest came a while ago: then it is stale too. One that has ended
    never is.
    """

    id: UUID
    kind: str
    kind_words: str
    name: str
    last_heard_at: dt.datetime | None
    stale_after: dt.timedelta
    stale: bool
    unread: int = 0
    ended_at: dt.datetime | None = None


@query(SEE_PATIENTS)
def freshness(scope: Scope) -> tuple[FeedRow, ...]:
    """Every feed that has not ended, the one heard longest ago first. Show `stale` ones loudly beside their news."""
    rows = Feed.objects.filter(organisation_id=scope.organisation_id, ended_at=None)
    unread = _unread(scope)
    found = [_row(row, clock.now(), unread.get(row.pk, 0)) for row in rows]
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda row: (row.last_heard_at or never, row.name)))


@query(SEE_PATIENTS)
def freshness_of_wards(scope: Scope) -> tuple[FeedRow, ...]:
    """The same of messages and lists alone, for pages about who is on a ward and who went home."""
    return tuple(row for row in freshness(scope) if row.kind in _OF_THE_WARDS)


@query(LOOK_AFTER_FEEDS)
def ended_feeds(scope: Scope) -> tuple[FeedRow, ...]:
    """What the hospital sends no more, by name."""
    rows = Feed.objects.filter(organisation_id=scope.organisation_id, ended_at__isnull=False)
    return tuple(_row(row, clock.now(), 0) for row in rows.order_by("name", "pk"))


@query(LOOK_AFTER_FEEDS)
def still_listed(scope: Scope, feed_id: UUID) -> int:
    """How many people the last list of this feed names: they stay where it had them when it ends."""
    return ListRow.objects.filter(organisation_id=scope.organisation_id, feed_id=feed_id).count()


@query(LOOK_AFTER_FEEDS)
def one_feed(scope: Scope, feed_id: UUID) -> FeedRow:
    """One feed of the hospital. Raises NotFound."""
    found = Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id).first()
    if found is None:
        raise NotFound
    return _row(found, clock.now(), _unread(scope).get(feed_id, 0))


def _unread(scope: Scope) -> dict[UUID, int]:
    """How many messages of each feed wait, where the oldest of them has waited too long."""
    waiting = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.RECEIVED)
    counted = waiting.values("feed_id").annotate(first=Min("received_at"), number=Count("pk"))
    late = counted.filter(first__lt=clock.now() - _READ_WITHIN)
    return {row["feed_id"]: row["number"] for row in late}


def _row(row: Feed, now: dt.datetime, unread: int) -> FeedRow:
    late = bool(unread) or row.last_heard_at is None or now - row.last_heard_at > row.stale_after
    stale = late and row.ended_at is None
    words = FeedKind(row.kind).label
    return FeedRow(row.pk, row.kind, words, row.name, row.last_heard_at, row.stale_after, stale, unread, row.ended_at)
