"""What whoever keeps the directory sees of its feeds: where they come from, how each reading went, what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import Correction, ImportRun, PersonalDecision, PersonalDetail, Publishing, Source
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.interop.openreferral import Plan, columns_from
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE_SIZE = 25
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A feed, with its newest reading. `listed` counts the services it gives that are still listed."""

    id: UUID
    name: str
    location: str
    format: str
    every_hours: int | None
    due_at: dt.datetime | None
    unchanged_at: dt.datetime | None
    last_run: RunRow | None
    listed: int
    headings: dict[str, list[str]]
    columns: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One reading of a feed. `held` says why nothing was changed; "" when it was."""

    id: UUID
    at: dt.datetime
    read: int
    added: int
    updated: int
    unchanged: int
    withdrawn: int
    rejected: int
    notes: int
    complete: bool
    held: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A record not loaded, or something left out of one that was."""

    id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A field where the feed now says something else than somebody here."""

    id: UUID
    service_id: UUID
    service_name: str
    field: str
    ours: Any
    said_by: str
    said_at: dt.datetime
    feed: Any
    source_name: str
    differs_since: dt.datetime


@dataclass(frozen=True, slots=True)
class PersonalRow:
    """Words held back, waiting for somebody to look."""

    id: UUID
    service_id: UUID
    service_name: str
    field: str
    kind: str
    words: str
    found_at: dt.datetime


@query(IMPORT_DIRECTORY)
def plan_of(scope: Scope, source_name: str, layout: str = "") -> Plan:
    """How a feed is to be read: the columns agreed for it, where it is known."""
    row = Source.objects.filter(organisation_id=scope.organisation_id, name=source_name[:200]).first()
    if row is None:
        return Plan(layout)
    return Plan(layout or row.format, columns_from(row.columns) if row.columns else None)


@query(IMPORT_DIRECTORY)
def sources(scope: Scope, page: int = 1) -> Page[SourceRow]:
    start = (page - 1) * PAGE_SIZE
    rows = list(_sources(scope).order_by("name", "pk")[start : start + PAGE_SIZE + 1])
    newest = ImportRun.objects.filter(source=OuterRef("source")).order_by("-created_at", "-pk").values("pk")[:1]
    runs = {
        each.source_id: _run(each)
        for each in ImportRun.objects.filter(source__in=rows, pk=Subquery(newest)).defer("rejected", "findings")
    }
    return Page.of([_source(each, runs.get(each.pk)) for each in rows], number=page, size=PAGE_SIZE)


@query(IMPORT_DIRECTORY)
def source(scope: Scope, source_id: UUID) -> SourceRow:
    row = _sources(scope).filter(pk=source_id).first()
    if row is None:
        raise NotFound
    newest = ImportRun.objects.filter(source=row).order_by("-created_at", "-pk").first()
    return _source(row, _run(newest) if newest else None)


@query(IMPORT_DIRECTORY)
def runs(scope: Scope, source_id: UUID, page: int = 1) -> Page[RunRow]:
    start = (page - 1) * PAGE_SIZE
    rows = ImportRun.objects.filter(organisation_id=scope.organisation_id, source_id=source_id)
    listed = rows.order_by("-created_at", "-pk").defer("findings")[start : start + PAGE_SIZE + 1]
    return Page.of([_run(each) for each in listed], number=page, size=PAGE_SIZE)


@query(IMPORT_DIRECTORY)
def problems(scope: Scope, run_id: UUID) -> tuple[tuple[Problem, ...], tuple[Problem, ...], RunRow]:
    """The records one reading did not load, and what it left out of those it did."""
    row = ImportRun.objects.filter(organisation_id=scope.organisation_id, pk=run_id).first()
    if row is None:
        raise NotFound
    rejected = tuple(Problem(**each) for each in row.rejected[:MOST_SHOWN])
    return rejected, tuple(Problem(**each) for each in row.findings[:MOST_SHOWN]), _run(row)


@query(IMPORT_DIRECTORY)
def differences(scope: Scope, page: int = 1) -> Page[DifferenceRow]:
    """Where feeds now say something else than somebody here, longest waiting first."""
    start = (page - 1) * PAGE_SIZE
    rows = Correction.objects.filter(
        organisation_id=scope.organisation_id, ended_at=None, differs_since__isnull=False
    ).select_related("service__source")
    listed = rows.order_by("differs_since", "pk")[start : start + PAGE_SIZE + 1]
    return Page.of([_difference(each) for each in listed], number=page, size=PAGE_SIZE)


@query(IMPORT_DIRECTORY)
def held_back(scope: Scope, page: int = 1) -> Page[PersonalRow]:
    """What may be one person's own and is held back until somebody has looked, longest waiting first."""
    start = (page - 1) * PAGE_SIZE
    rows = PersonalDetail.objects.filter(organisation_id=scope.organisation_id, decision=PersonalDecision.WAITING)
    listed = rows.select_related("service").order_by("created_at", "pk")[start : start + PAGE_SIZE + 1]
    found = [
        PersonalRow(each.pk, each.service_id, each.service.name, each.field, each.kind, each.words, each.created_at)
        for each in listed
    ]
    return Page.of(found, number=page, size=PAGE_SIZE)


@query(IMPORT_DIRECTORY)
def feed_is_due(scope: Scope) -> bool:
    """Whether the time of any feed has come."""
    rows = Source.objects.filter(organisation_id=scope.organisation_id, every_hours__isnull=False)
    return rows.filter(due_at__lte=clock.now()).exists()


@query(IMPORT_DIRECTORY)
def is_published(scope: Scope) -> bool:
    return Publishing.objects.filter(organisation_id=scope.organisation_id, published=True).exists()


def _sources(scope: Scope) -> Any:
    listed = Count("services", filter=~Q(services__status="withdrawn"))
    return Source.objects.filter(organisation_id=scope.organisation_id).annotate(listed=listed)


def _source(row: Any, last_run: RunRow | None) -> SourceRow:
    return SourceRow(
        id=row.pk,
        name=row.name,
        location=row.location,
        format=row.format,
        every_hours=row.every_hours,
        due_at=row.due_at,
        unchanged_at=row.unchanged_at,
        last_run=last_run,
        listed=row.listed,
        headings=row.headings,
        columns=row.columns,
    )


def _run(row: ImportRun) -> RunRow:
    loaded = row.added + row.updated + row.unchanged
    return RunRow(
        id=row.pk,
        at=row.created_at,
        read=row.read,
        added=row.added,
        updated=row.updated,
        unchanged=row.unchanged,
        withdrawn=row.withdrawn,
        rejected=0 if row.held_reason else row.read - loaded,
        notes=row.notes,
        complete=row.complete,
        held=row.held_reason,
    )


def _difference(row: Correction) -> DifferenceRow:
    return DifferenceRow(
        id=row.pk,
        service_id=row.service_id,
        service_name=row.service.name,
        field=row.field,
        ours=row.value,
        said_by=row.said_by,
        said_at=row.created_at,
        feed=row.feed_now,
        source_name=row.service.source.name if row.service.source else "",
        differs_since=row.differs_since or row.created_at,
    )
