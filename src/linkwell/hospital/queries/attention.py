"""What needs attention, and how much of everything there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Inbound, InboundState, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

SIZE = 20


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """Something received that could not be worked out: where the trouble is, and why.

    `clash`: it came under a number that was used before, and nobody has said yet what it is.
    """

    id: UUID
    feed_name: str
    sender: str
    control_id: str
    received_at: dt.datetime
    field: str
    why: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Conservation:
    """Everything ever received, in exactly one of three places."""

    received: int
    waiting: int
    done: int
    attention: int
    oldest_attention_at: dt.datetime | None
    oldest_waiting_at: dt.datetime | None


@query(LOOK_AFTER_FEEDS)
def needs_attention(scope: Scope, page: int = 1) -> Page[AttentionRow]:
    """What needs attention, the oldest first."""
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.ATTENTION)
    start = (page - 1) * SIZE
    fetched = list(rows.select_related("feed").order_by("id")[start : start + SIZE + 1])
    return Page.of(fetched, number=page, size=SIZE).map(_row)


@query(LOOK_AFTER_FEEDS)
def one_needing_attention(scope: Scope, inbound_id: UUID) -> AttentionRow:
    """One thing that needs attention. Raises NotFound, also when it needs none any more."""
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.ATTENTION)
    found = rows.select_related("feed").filter(pk=inbound_id).first()
    if found is None:
        raise NotFound
    return _row(found)


@query(LOOK_AFTER_FEEDS)
def parked_among(
    scope: Scope, control_ids: Collection[tuple[str, str]], ids: Collection[UUID]
) -> tuple[AttentionRow, ...]:
    """Of what was just received (sender and control ID) or is named by id, what needs attention."""
    numbers = {number for _, number in control_ids}
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.ATTENTION).exclude(
        clash=True, taken=False
    )
    found = rows.filter(Q(control_id__in=numbers) | Q(pk__in=list(ids))).select_related("feed").order_by("id")
    wanted, named = set(control_ids), set(ids)
    return tuple(_row(each) for each in found if each.pk in named or (each.sender, each.control_id) in wanted)


@query(LOOK_AFTER_FEEDS, opening=True)
def raw_of(scope: Scope, inbound_id: UUID) -> bytes:
    """What came, as it came. The opening is in the audit trail. Raises NotFound."""
    found = Inbound.objects.filter(organisation_id=scope.organisation_id, pk=inbound_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "hospital_inbound", inbound_id)
    return bytes(found.raw)


@query(LOOK_AFTER_FEEDS)
def conservation(scope: Scope) -> Conservation:
    """The count of everything received, and where it all is."""
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id)
    waiting, attention = Q(state=InboundState.RECEIVED), Q(state=InboundState.ATTENTION)
    found = rows.aggregate(
        received=Count("pk"),
        waiting=Count("pk", filter=waiting),
        done=Count("pk", filter=Q(state=InboundState.DONE)),
        attention=Count("pk", filter=attention),
        oldest_attention_at=Min("received_at", filter=attention),
        oldest_waiting_at=Min("received_at", filter=waiting),
    )
    return Conservation(**found)


def _row(row: Inbound) -> AttentionRow:
    return AttentionRow(
        row.pk,
        row.feed.name,
        row.sender,
        row.control_id,
        row.received_at,
        row.field,
        row.why,
        row.clash and not row.taken,
    )


def kept_apart(scope: Scope, feed_id: UUID) -> QuerySet[Inbound]:
    """Messages of one feed under numbers that were used before, about which nobody has decided. Called inside."""
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.ATTENTION, feed_id=feed_id)
    return rows.filter(clash=True, taken=False)


@query(LOOK_AFTER_FEEDS)
def number_kept_apart(scope: Scope, feed_id: UUID) -> int:
    """How many these are."""
    return kept_apart(scope, feed_id).count()


@query(LOOK_AFTER_FEEDS)
def something_waits(scope: Scope) -> bool:
    """Whether anything that was received is still to be worked out."""
    return Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.RECEIVED).exists()


def attention_count(scope: Scope, *, before: dt.datetime | None = None) -> int:
    """How much needs attention, held lists too; with `before`, of what came before then. Called inside a query."""
    rows = Inbound.objects.filter(organisation_id=scope.organisation_id, state=InboundState.ATTENTION)
    lists = ListRun.objects.filter(organisation_id=scope.organisation_id, held__isnull=False)
    if before:
        rows, lists = rows.filter(received_at__lt=before), lists.filter(created_at__lt=before)
    return rows.count() + lists.count()
