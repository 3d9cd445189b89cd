"""A user's own shortlist, that of one person's support, and where services are on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.directory.models import Service, Shortlisted, Venue
from linkwell.directory.permissions import FIND_SERVICES, SEE_SERVICE
from linkwell.directory.queries.rows import ServiceRow, rows_of


@query(FIND_SERVICES)
def shortlist(scope: Scope, case_id: UUID | None = None) -> tuple[ServiceRow, ...]:
    """The user's shortlist, or that of one person's support, in the order in which it was made: four statements."""
    return _rows(scope, list(_listed(scope, case_id)))


@query(SEE_SERVICE)
def listed_services(scope: Scope, service_ids: Iterable[UUID]) -> tuple[ServiceRow, ...]:
    """These services in this order, as they are today: one that another speaks for is that one, and shown once."""
    ids = list(service_ids)
    others = Service.objects.filter(organisation_id=scope.organisation_id, pk__in=ids, listed_as__isnull=False)
    now = dict(others.values_list("pk", "listed_as_id"))
    return _rows(scope, list(dict.fromkeys(now.get(each) or each for each in ids)))


def _rows(scope: Scope, ids: list[UUID]) -> tuple[ServiceRow, ...]:
    listed = Service.objects.filter(organisation_id=scope.organisation_id, pk__in=ids)
    rows = rows_of(listed.select_related("community_organisation"))
    return tuple(rows[each] for each in ids if each in rows)


@query(FIND_SERVICES)
def shortlisted_ids(scope: Scope, case_id: UUID | None = None) -> frozenset[UUID]:
    return frozenset(_listed(scope, case_id))


@query(FIND_SERVICES)
def spots(scope: Scope, service_ids: Iterable[UUID]) -> dict[UUID, tuple[tuple[float, float], ...]]:
    """Where each of these services happens, as latitude and longitude. Public facts: never anybody's home."""
    found: dict[UUID, list[tuple[float, float]]] = defaultdict(list)
    for service_id, latitude, longitude in _places(scope.organisation_id, list(service_ids)):
        found[service_id].append((latitude or 0.0, longitude or 0.0))
    return {service_id: tuple(places) for service_id, places in found.items()}


@written_once
def _places(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[Venue, tuple[UUID, float | None, float | None]]:
    rows = Venue.objects.filter(organisation_id=organisation_id, service_id__in=ids, latitude__isnull=False)
    return rows.values_list("service_id", "latitude", "longitude")


def _listed(scope: Scope, case_id: UUID | None) -> Iterable[UUID]:
    if scope.user_id is None:
        return ()
    rows = Shortlisted.objects.filter(organisation_id=scope.organisation_id, case_id=case_id)
    mine = rows if case_id is not None else rows.filter(user_id=scope.user_id)
    listed = mine.order_by("created_at", "pk").values_list("service_id", "service__listed_as_id")
    return dict.fromkeys(shown or chosen for chosen, shown in listed)
