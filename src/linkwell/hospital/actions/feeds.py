"""Feeds: made when first heard, and noted each time."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import Feed, FeedKind
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

LONGEST_NAME = 120
OFTEN_ENOUGH = dt.timedelta(seconds=10)
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_heard: dict[UUID, dt.datetime] = {}


@action(LOOK_AFTER_FEEDS)
def open_feed(*, scope: Scope, kind: str, name: str = "") -> UUID:
    """The feed of this kind and name, made when it is not there. Raises Invalid."""
    if kind not in FeedKind.values:
        raise Invalid({"kind": f"There is no kind of feed called {kind}."})
    clean = (" ".join(name.split()) or FeedKind(kind).label)[:LONGEST_NAME]
    feed, made = Feed.objects.get_or_create(organisation_id=scope.organisation_id, kind=kind, name=clean)
    audit.record(scope, "added" if made else "opened", "hospital_feed", feed.pk)
    return feed.pk


def heard_lately(feed_id: UUID) -> bool:
    """Whether it was noted a short while ago that this feed is alive: on a busy line that is often enough."""
    return abs(clock.now() - _heard.get(feed_id, _NEVER)) < OFTEN_ENOUGH


def note_heard(scope: Scope, feed_id: UUID) -> None:
    """Called inside an action: this feed is alive."""
    if heard_lately(feed_id):
        return
    now = clock.now()
    Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id).update(last_heard_at=now)
    _heard[feed_id] = now
