"""One group or service, and how fresh the directory is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import ImportRun, Service, ServiceStatus
from linkwell.directory.permissions import FIND_SERVICES, SEE_SERVICE
from linkwell.directory.queries.rows import ServiceRow, rows_of
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class DirectoryFacts:
    """How many services the organisation's directory holds, and when it was last loaded."""

    services: int
    loaded_at: dt.datetime | None


@query(SEE_SERVICE)
def service(scope: Scope, service_id: UUID) -> ServiceRow:
    """One service of the organisation's directory, withdrawn ones too: somebody may still be going there."""
    found = (
        Service.objects.filter(organisation_id=scope.organisation_id, pk=service_id)
        .select_related("community_organisation")
        .first()
    )
    if found is None:
        raise NotFound()
    return rows_of([found])[found.pk]


@query(FIND_SERVICES)
def directory_facts(scope: Scope) -> DirectoryFacts:
    services = Service.objects.filter(organisation_id=scope.organisation_id).exclude(status=ServiceStatus.WITHDRAWN)
    newest = ImportRun.objects.filter(held_reason="").order_by("-created_at").values_list("created_at", flat=True)
    return DirectoryFacts(services.count(), newest.first())
