"""What somebody decides about a thing that needs attention, and the alarm where nobody does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import structlog

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.lists import RECEIVED
from linkwell.hospital.models import Feed, Inbound, InboundState, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS, RECEIVE
from linkwell.hospital.queries.attention import kept_apart
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound

TOO_LONG = dt.timedelta(hours=4)
LONGEST_REASON = 200

log = structlog.get_logger()


@action(LOOK_AFTER_FEEDS)
def try_again(*, scope: Scope, inbound_id: UUID, is_them: bool = False) -> None:
    """Work it out once more. `is_them`: somebody looked, and it is about the patient who has that number."""
    row = _locked(scope, inbound_id)
    if row.clash and not row.taken:
        raise InvalidMove(
            "The sender used its number for another message before. Say first that it is another message."
        )
    row.state, row.confirmed = InboundState.RECEIVED, row.confirmed or is_them
    row.save(update_fields=["state", "confirmed"])
    audit.record(scope, "confirmed" if is_them else "tried again", "hospital_inbound", row.pk)
    outbox.emit(scope, RECEIVED, object_id=row.pk)


@action(LOOK_AFTER_FEEDS)
def take_in(*, scope: Scope, inbound_id: UUID) -> None:
    """It came under a number that was used before, and is another message: work it out as one of its own."""
    row = _locked(scope, inbound_id)
    if not row.clash or row.taken:
        raise InvalidMove("It was not kept apart.")
    _take_in(scope, [row])
    outbox.emit(scope, RECEIVED, object_id=row.pk)


@action(LOOK_AFTER_FEEDS)
def take_all_in(*, scope: Scope, feed_id: UUID) -> int:
    """The same of all of one feed that are kept apart and nobody has decided about; how many. Raises NotFound."""
    if not Feed.objects.filter(organisation_id=scope.organisation_id, pk=feed_id).exists():
        raise NotFound
    rows = list(kept_apart(scope, feed_id).select_for_update().only("pk").order_by("pk"))
    _take_in(scope, rows)
    audit.record(scope, "taken in", "hospital_feed", feed_id)
    outbox.emit(scope, RECEIVED, object_id=feed_id)
    return len(rows)


def _take_in(scope: Scope, rows: Sequence[Inbound]) -> None:
    found = Inbound.objects.filter(organisation_id=scope.organisation_id, pk__in=[row.pk for row in rows])
    found.update(state=InboundState.RECEIVED, taken=True, field="", why="")
    for row in rows:
        audit.record(scope, "taken in", "hospital_inbound", row.pk, fields=("state", "taken"))


@action(LOOK_AFTER_FEEDS)
def set_done(*, scope: Scope, inbound_id: UUID, reason: str) -> None:
    """It needs nothing more, for this reason. What it said stays kept, and counts for nothing."""
    clean = " ".join(reason.split())
    if not clean or len(clean) > LONGEST_REASON:
        raise Invalid({"reason": f"Say why it needs nothing more, in up to {LONGEST_REASON} characters."})
    row = _locked(scope, inbound_id)
    row.state, row.why = InboundState.DONE, f"Needs nothing more: {clean}"
    row.save(update_fields=["state", "why"])
    audit.record(scope, "set done", "hospital_inbound", row.pk, fields=("why",))


@action(RECEIVE)
def raise_alarm(*, scope: Scope) -> bool:
    """Whether something has needed attention, or waited, for too long: the log says so, as the start page does.

    A list that is held waits for somebody, like a message that nobody could work out.
    """
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id).exclude(state=InboundState.DONE)
    lists = ListRun.objects.filter(organisation_id=scope.organisation_id, held__isnull=False)
    since = clock.now() - TOO_LONG
    old = rows.filter(received_at__lt=since).count() + lists.filter(created_at__lt=since).count()
    audit.record(scope, "looked", "hospital_inbound", None)
    if old:
        log.error("hospital_attention_old", organisation=str(scope.organisation_id), number=old)
    return bool(old)


def _locked(scope: Scope, inbound_id: UUID) -> Inbound:
    rows = Inbound.objects.select_for_update().filter(organisation_id=scope.organisation_id)
    row = rows.filter(pk=inbound_id, state=InboundState.ATTENTION).first()
    if row is None:
        raise NotFound
    return row
