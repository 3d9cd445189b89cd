"""A user's own shortlist, and where services are on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import Service, Shortlisted, Venue
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.directory.queries.rows import ServiceRow, rows_of


@query(FIND_SERVICES)
def shortlist(scope: Scope) -> tuple[ServiceRow, ...]:
    """The user's shortlist, in the order in which it was made: four statements."""
    ids = list(_mine(scope))
    listed = Service.objects.filter(organisation_id=scope.organisation_id, pk__in=ids)
    rows = rows_of(listed.select_related("community_organisation"))
    return tuple(rows[each] for each in ids if each in rows)


@query(FIND_SERVICES)
def shortlisted_ids(scope: Scope) -> frozenset[UUID]:
    return frozenset(_mine(scope))


@query(FIND_SERVICES)
def spots(scope: Scope, service_ids: Iterable[UUID]) -> dict[UUID, tuple[tuple[float, float], ...]]:
    """Where each of these services happens, as latitude and longitude. Public facts: never anybody's home."""
    found: dict[UUID, list[tuple[float, float]]] = defaultdict(list)
    venues = Venue.objects.filter(
        organisation_id=scope.organisation_id, service_id__in=list(service_ids), latitude__isnull=False
    )
    for service_id, latitude, longitude in venues.values_list("service_id", "latitude", "longitude"):
        found[service_id].append((latitude or 0.0, longitude or 0.0))
    return {service_id: tuple(places) for service_id, places in found.items()}


def _mine(scope: Scope) -> Iterable[UUID]:
    if scope.user_id is None:
        return ()
    mine = Shortlisted.objects.filter(organisation_id=scope.organisation_id, user_id=scope.user_id)
    listed = mine.order_by("created_at", "pk").values_list("service_id", "service__listed_as_id")
    return dict.fromkeys(shown or chosen for chosen, shown in listed)
