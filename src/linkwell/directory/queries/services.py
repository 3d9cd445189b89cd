"""One group or service, and how fresh the directory is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import ImportRun, Service, ServiceGap, ServiceStatus
from linkwell.directory.permissions import FIND_SERVICES, SEE_GAPS, SEE_SERVICE
from linkwell.directory.queries.details import details_of
from linkwell.directory.queries.rows import ServiceRow, rows_of
from linkwell.directory.queries.same import shown
from linkwell.kernel.pages import Page

GAPS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DirectoryFacts:
    """How many services the organisation's directory holds, and when it was last loaded."""

    services: int
    loaded_at: dt.datetime | None


@query(SEE_SERVICE)
def service(scope: Scope, service_id: UUID) -> ServiceRow:
    """One service of the organisation's directory, withdrawn ones too: somebody may still be going there.

    For a listing that another speaks for, it is that one.
    """
    found = shown(scope.organisation_id, service_id)
    return replace(rows_of([found])[found.pk], details=details_of(found))


@query(FIND_SERVICES)
def directory_facts(scope: Scope) -> DirectoryFacts:
    listed = Service.objects.filter(organisation_id=scope.organisation_id, listed_as=None)
    services = listed.exclude(status=ServiceStatus.WITHDRAWN)
    newest = ImportRun.objects.filter(held_reason="").order_by("-created_at").values_list("created_at", flat=True)
    return DirectoryFacts(services.count(), newest.first())


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something looked for and not found: never with a person."""

    id: UUID
    words: str
    place: str
    need: str
    told_at: dt.datetime


@query(SEE_GAPS)
def gaps(scope: Scope, page: int = 1) -> Page[GapRow]:
    """What people looked for and did not find, newest first."""
    start = (page - 1) * GAPS_A_PAGE
    rows = ServiceGap.objects.filter(organisation_id=scope.organisation_id).order_by("-created_at", "pk")
    listed = rows[start : start + GAPS_A_PAGE + 1]
    found = [GapRow(each.pk, each.words, each.place, each.need, each.created_at) for each in listed]
    return Page.of(found, number=page, size=GAPS_A_PAGE)
