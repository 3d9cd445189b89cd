"""Which web addresses of services are to be tried, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import F, Q

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import LinkCheck, Service, ServiceStatus
from linkwell.directory.permissions import IMPORT_DIRECTORY, SEE_SERVICE
from linkwell.kernel import clock

AGAIN_AFTER = dt.timedelta(days=30)
BROKEN_AGAIN_AFTER = dt.timedelta(days=3)
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class DueLink:
    service_id: UUID
    url: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@query(IMPORT_DIRECTORY)
def due(scope: Scope) -> tuple[DueLink, ...]:
    """Addresses never tried, changed since, or tried long ago: broken ones sooner."""
    now = clock.now()
    turn = (
        Q(link_check=None)
        | ~Q(link_check__url=F("url"))
        | Q(link_check__works=True, link_check__checked_at__lt=now - AGAIN_AFTER)
        | Q(link_check__works=False, link_check__checked_at__lt=now - BROKEN_AGAIN_AFTER)
    )
    rows = Service.objects.filter(turn, organisation_id=scope.organisation_id, listed_as=None).exclude(url="")
    listed = rows.exclude(status=ServiceStatus.WITHDRAWN).order_by(F("link_check__checked_at").asc(nulls_first=True))
    return tuple(DueLink(each.pk, each.url) for each in listed.only("pk", "url")[:MOST_AT_ONCE])


@query(SEE_SERVICE)
def did_not_work_on(scope: Scope, service_id: UUID) -> dt.date | None:
    """The day on which a service's web address, as it is now, led nowhere; None where it works or was never tried."""
    found = LinkCheck.objects.filter(service_id=service_id, works=False, url=F("service__url")).first()
    return None if found is None else clock.london(found.checked_at).date()


@action(IMPORT_DIRECTORY)
def note(*, scope: Scope, service_id: UUID, url: str, works: bool, why: str = "") -> None:
    """What came of trying a service's web address."""
    said = {"url": url, "checked_at": clock.now(), "works": works, "words": why[:200]}
    LinkCheck.objects.update_or_create(service_id=service_id, organisation_id=scope.organisation_id, defaults=said)
    audit.record(scope, "tried_link", "service", service_id)
