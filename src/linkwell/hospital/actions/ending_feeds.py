"""A feed that the hospital sends no more: nobody waits for it, and its news stays as it is."""

from __future__ import annotations

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import forget_heard, open_again
from linkwell.hospital.models import Feed, Inbound, InboundState, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound

HELD = "A list of it is held. Load it or throw it away first, under “Needs attention”."
UNREAD = "Messages of it have not been read yet. Wait until they are, then say again that it has ended."


@action(LOOK_AFTER_FEEDS)
def end_feed(*, scope: Scope, feed_id: UUID) -> None:
    """We no longer get this. What it said last stays as it is. Raises NotFound, InvalidMove.

    Nothing may be left that it said and nobody took: a list that is held, or messages that wait to be read.
    """
    feed = _locked(scope, feed_id)
    mine = {"organisation_id": scope.organisation_id, "feed_id": feed_id}
    if feed.ended_at is not None:
        raise InvalidMove("It has ended already.")
    if ListRun.objects.filter(**mine, held__isnull=False).exists():
        raise InvalidMove(HELD)
    if Inbound.objects.filter(**mine, state=InboundState.RECEIVED).exists():
        raise InvalidMove(UNREAD)
    feed.ended_at = clock.now()
    feed.save(update_fields=["ended_at"])
    forget_heard(feed_id)
    audit.record(scope, "ended", "hospital_feed", feed_id, fields=("ended_at",))


@action(LOOK_AFTER_FEEDS)
def get_feed_again(*, scope: Scope, feed_id: UUID) -> None:
    """We get it again: from now on it is out of date when nothing comes. Raises NotFound, InvalidMove."""
    _locked(scope, feed_id)
    if not open_again(scope, feed_id):
        raise InvalidMove("It had not ended.")


def _locked(scope: Scope, feed_id: UUID) -> Feed:
    """As where a list is loaded, so that one that comes meanwhile waits, and opens it again."""
    rows = Feed.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=feed_id)
    feed = rows.first()
    if feed is None:
        raise NotFound
    return feed
