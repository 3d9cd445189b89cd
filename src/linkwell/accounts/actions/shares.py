"""Opening one part of a record to another organisation, and closing it again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from linkwell.accounts.models import Share
from linkwell.accounts.permissions import SHARE
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound


@action(SHARE)
def share(
    *,
    scope: Scope,
    recipient_id: UUID,
    kind: str,
    object_id: UUID,
    part: str,
    reason: str,
    ends_at: datetime | None = None,
) -> UUID:
    """Let another organisation see `part` of one thing of ours, from now until `ends_at` or until it is ended.

    Asking again for the same part finds the share there is. Raises Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid({"reason": "Say why this is shared."})
    if recipient_id == scope.organisation_id:
        raise Invalid({"recipient": "An organisation always sees its own records."})
    now = clock.now()
    same = {"recipient_id": recipient_id, "kind": kind, "object_id": object_id, "part": part}
    held = Share.objects.select_for_update().filter(organisation_id=scope.organisation_id, ends_at=None, **same).first()
    if held is None or ends_at is not None:
        held = Share.objects.create(
            organisation_id=scope.organisation_id, reason=reason.strip(), starts_at=now, ends_at=ends_at, **same
        )
    audit.record(scope, "shared", "share", held.pk, fields=(kind, part))
    return held.pk


@action(SHARE)
def end_share(*, scope: Scope, share_id: UUID) -> None:
    """Close a share now. Raises NotFound for one that is not ours or has ended."""
    held = Share.objects.select_for_update().filter(pk=share_id, organisation_id=scope.organisation_id).first()
    now = clock.now()
    if held is None or (held.ends_at is not None and held.ends_at <= now):
        raise NotFound("That is not shared.")
    # The database wants the end after the beginning, also when both fall in one tick of the clock.
    held.ends_at = max(now, held.starts_at + timedelta(microseconds=1))
    held.save(update_fields=["ends_at"])
    audit.record(scope, "ended", "share", share_id)


@action(SHARE)
def end_shares_about(*, scope: Scope, kind: str, object_ids: Collection[UUID]) -> tuple[UUID, ...]:
    """Close every open share of these things now; the ids of the things that were open. Safe to run again."""
    now = clock.now()
    rows = Share.objects.select_for_update().filter(
        organisation_id=scope.organisation_id, kind=kind, object_id__in=object_ids, ends_at=None
    )
    closed = []
    for held in rows.order_by("pk"):
        held.ends_at = max(now, held.starts_at + timedelta(microseconds=1))
        held.save(update_fields=["ends_at"])
        audit.record(scope, "ended", "share", held.pk)
        closed.append(held.object_id)
    audit.record(scope, "looked_at_shares", "share", None)
    return tuple(closed)
