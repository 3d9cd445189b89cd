"""Services that are listed twice: which listing speaks for which, and what waits for a keeper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import FeedWords, Sameness, Service, TwiceListed
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.directory.queries.rows import ServiceRow, rows_of
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two listings of a list: their names and who gives them, and what they have in common."""

    id: UUID
    kept_id: UUID
    names: tuple[str, str]
    givers: tuple[str, str]
    reasons: tuple[str, ...]
    decision: str
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two listings, whole. `since` says by column since which day its feed has said so (as ISO)."""

    service: ServiceRow
    giver: str
    since: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PairDetail:
    """A pair for deciding. `kept` would stay on the lists."""

    id: UUID
    decision: str
    reasons: tuple[str, ...]
    kept: Side
    other: Side


def shown(organisation_id: UUID, service_id: UUID) -> Service:
    """The listing that speaks for this one: itself, as a rule. Called inside a query. Raises NotFound."""
    rows = Service.objects.select_related("community_organisation")
    row = rows.filter(organisation_id=organisation_id, pk=service_id).first()
    if row is None:
        raise NotFound
    return row if row.listed_as_id is None else rows.get(pk=row.listed_as_id)


def listings_of(service_id: UUID) -> QuerySet[Service]:
    """The listing and those it speaks for: what was said or sent to any of them counts. Not yet asked."""
    return Service.objects.filter(Q(pk=service_id) | Q(listed_as_id=service_id)).values("pk")  # type: ignore[return-value]


@query(IMPORT_DIRECTORY)
def listed_twice(scope: Scope, page: int = 1) -> Page[PairRow]:
    """Pairs that look like one service, the likeliest first. Of a listing that is on no list any more, none."""
    waiting = _pairs(scope).filter(decision=Sameness.WAITING, kept__listed_as=None, other__listed_as=None)
    return _page(waiting.order_by("-score", "created_at", "pk"), page)


@query(IMPORT_DIRECTORY)
def decided_pairs(scope: Scope, page: int = 1) -> Page[PairRow]:
    """Pairs that somebody made one, or called two, newest first."""
    return _page(_pairs(scope).exclude(decision=Sameness.WAITING).order_by("-decided_at", "pk"), page)


@query(IMPORT_DIRECTORY)
def pair(scope: Scope, pair_id: UUID) -> PairDetail:
    row = _pairs(scope).filter(pk=pair_id).first()
    if row is None:
        raise NotFound
    rows = rows_of([row.kept, row.other])
    words = dict(FeedWords.objects.filter(service__in=rows).values_list("service_id", "since"))
    kept, other = (Side(rows[each.pk], giver(each), words.get(each.pk, {})) for each in (row.kept, row.other))
    return PairDetail(row.pk, row.decision, tuple(row.reasons), kept, other)


def _pairs(scope: Scope) -> QuerySet[TwiceListed]:
    return TwiceListed.objects.filter(organisation_id=scope.organisation_id).select_related(
        "kept__source", "kept__community_organisation", "other__source", "other__community_organisation"
    )


def _page(rows: QuerySet[TwiceListed], number: int) -> Page[PairRow]:
    start = (number - 1) * PAGE_SIZE
    return Page.of([_row(each) for each in rows[start : start + PAGE_SIZE + 1]], number=number, size=PAGE_SIZE)


def _row(each: TwiceListed) -> PairRow:
    return PairRow(
        each.pk,
        each.kept_id,
        (each.kept.name, each.other.name),
        (giver(each.kept), giver(each.other)),
        tuple(each.reasons),
        each.decision,
        each.decided_at,
    )


def giver(row: Service) -> str:
    """The feed that gives a listing, in words."""
    return row.source.name if row.source is not None else "added by hand"
