"""Feeds: made when first heard, and noted each time."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Greatest

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import Feed, FeedKind
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

LONGEST_NAME = 120
# Lists and messages come all day; most trusts send activity once a month, some weeks after it.
USUALLY_STALE = {FeedKind.ACTIVITY: dt.timedelta(days=45)}
SOONEST_STALE, LATEST_STALE = dt.timedelta(hours=1), dt.timedelta(days=100)
OFTEN_ENOUGH = dt.timedelta(seconds=10)
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_heard: dict[UUID, dt.datetime] = {}


@action(LOOK_AFTER_FEEDS)
def open_feed(*, scope: Scope, kind: str, name: str = "") -> UUID:
    """The feed of this kind and name, made when it is not there. Raises Invalid."""
    if kind not in FeedKind.values:
        raise Invalid({"kind": f"There is no kind of feed called {kind}."})
    clean = (" ".join(name.split()) or FeedKind(kind).label)[:LONGEST_NAME]
    usual = {"stale_after": USUALLY_STALE[FeedKind(kind)]} if kind in USUALLY_STALE else {}
    feed, made = Feed.objects.get_or_create(
        organisation_id=scope.organisation_id, kind=kind, name=clean, defaults=usual
    )
    audit.record(scope, "added" if made else "opened", "hospital_feed", feed.pk)
    return feed.pk


@action(LOOK_AFTER_FEEDS)
def set_stale_after(*, scope: Scope, feed_id: UUID, after: dt.timedelta) -> None:
    """From now on this feed is out of date when nothing newer than `after` came. Raises Invalid, NotFound."""
    if not SOONEST_STALE <= after <= LATEST_STALE:
        raise Invalid({"hours": "Choose between 1 hour and 100 days (2,400 hours)."})
    rows = Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id)
    if not rows.update(stale_after=after):
        raise NotFound
    audit.record(scope, "changed", "hospital_feed", feed_id, fields=("stale_after",))


def note_as_at(scope: Scope, feed_id: UUID, as_at: dt.datetime) -> None:
    """Called inside an action: this feed told how things stood then. It is as fresh as the newest that was taken."""
    rows = Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id)
    rows.update(last_heard_at=Greatest("last_heard_at", Value(as_at)))
    open_again(scope, feed_id)


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
    open_again(scope, feed_id)


def forget_heard(feed_id: UUID) -> None:
    """The next that this feed sends is noted, however soon it comes."""
    _heard.pop(feed_id, None)


def open_again(scope: Scope, feed_id: UUID) -> bool:
    """Called inside an action: whether a feed that had ended is waited for from now on."""
    rows = Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id, ended_at__isnull=False)
    if not rows.update(ended_at=None):
        return False
    audit.record(scope, "opened again", "hospital_feed", feed_id, fields=("ended_at",))
    return True
