"""The directory as anybody may read it: only of organisations that gave it, nothing held back, nothing personal."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Avg, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Power, Sqrt

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import publishing
from linkwell.directory.models import (
    CommunityOrganisation,
    EligibilityRule,
    Publishing,
    Service,
    ServiceStatus,
    Session,
    Venue,
)
from linkwell.directory.permissions import READ_PUBLISHED
from linkwell.kernel import postcode
from linkwell.kernel.errors import NotFound

MOST_A_PAGE = 500
METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What the standard lets be asked for. `day` is 0 for Monday, `metres` from the middle of `postcode`."""

    search: str = ""
    term_ids: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    day: int | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None
    postcode: str = ""
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of objects of the standard, and how many there are in all."""

    contents: list[dict[str, Any]]
    total: int


@query(READ_PUBLISHED)
def published_services(scope: Scope, filters: Filters, page: int, size: int) -> Listed:
    rows = _filtered(_services(scope), filters)
    start = (page - 1) * size
    return Listed([publishing.summary(row) for row in rows.order_by("pk")[start : start + size]], rows.count())


@query(READ_PUBLISHED)
def published_whole(scope: Scope, after: UUID | None, size: int) -> list[dict[str, Any]]:
    """The next whole services in the order of their identifiers: for an export of all, a part at a time."""
    rows = _services(scope)
    return _whole(rows.filter(pk__gt=after) if after else rows, size)


@query(READ_PUBLISHED)
def published_service(scope: Scope, service_id: UUID) -> dict[str, Any]:
    found = _whole(_services(scope).filter(pk=service_id), 1)
    if not found:
        raise NotFound
    return found[0]


@query(READ_PUBLISHED)
def published_places(scope: Scope, filters: Filters, page: int, size: int) -> Listed:
    """Each service at each of its places."""
    rows = _near(Venue.objects.filter(service__in=_filtered(_services(scope), filters)), filters)
    start = (page - 1) * size
    listed = list(
        rows.select_related("service__community_organisation").order_by("service_id", "pk")[start : start + size]
    )
    return Listed([publishing.at_place(each) for each in listed], rows.count())


@query(READ_PUBLISHED)
def published_place(scope: Scope, place_id: UUID) -> dict[str, Any]:
    rows = Venue.objects.filter(service__in=_services(scope)).select_related("service__community_organisation")
    found = next((each for each in rows.filter(pk=place_id)), None)
    if found is None:
        raise NotFound
    return publishing.at_place(found)


@query(READ_PUBLISHED)
def published_organisations(scope: Scope, page: int, size: int) -> Listed:
    rows = CommunityOrganisation.objects.filter(Exists(_services(scope).filter(community_organisation=OuterRef("pk"))))
    start = (page - 1) * size
    return Listed([publishing.organisation(each) for each in rows.order_by("pk")[start : start + size]], rows.count())


@query(READ_PUBLISHED)
def published_organisation(scope: Scope, organisation_id: UUID) -> dict[str, Any]:
    services = _services(scope).filter(community_organisation_id=organisation_id)
    listed = list(services.order_by("pk")[:MOST_A_PAGE])
    if not listed:
        raise NotFound
    of_it = [{name: each for name, each in publishing.summary(row).items() if name != "organization"} for row in listed]
    return publishing.organisation(listed[0].community_organisation) | {"services": of_it}


@query(READ_PUBLISHED)
def service_now(scope: Scope, service_id: UUID) -> UUID:
    """The service that speaks for this one, which is listed no more. Raises NotFound where none does."""
    row = _not_listed(scope).filter(pk=service_id).first()
    if row is None or row.listed_as_id is None:
        raise NotFound
    return row.listed_as_id


@query(READ_PUBLISHED)
def place_now(scope: Scope, place_id: UUID) -> UUID:
    """Of the service that speaks for this place's: its place of the same postcode, or its first. Raises NotFound."""
    gone = Venue.objects.filter(pk=place_id, service__in=_not_listed(scope)).select_related("service").first()
    if gone is not None and gone.service.listed_as_id is not None:
        now = Venue.objects.filter(service_id=gone.service.listed_as_id).order_by("name", "pk")
        if found := now.filter(postcode=gone.postcode).first() or now.first():
            return found.pk
    raise NotFound


@query(READ_PUBLISHED)
def organisation_now(scope: Scope, organisation_id: UUID) -> UUID:
    """Who runs the service that speaks for one of this organisation's, which has none listed. Raises NotFound."""
    row = _not_listed(scope).filter(community_organisation_id=organisation_id).order_by("pk").first()
    if row is None or row.listed_as is None:
        raise NotFound
    return row.listed_as.community_organisation_id


@query(READ_PUBLISHED)
def gives_its_directory(scope: Scope) -> bool:
    return _is_published(scope)


def _is_published(scope: Scope) -> bool:
    return Publishing.objects.filter(organisation_id=scope.organisation_id, published=True).exists()


def _services(scope: Scope) -> QuerySet[Service]:
    if not _is_published(scope):
        raise NotFound
    rows = Service.objects.filter(organisation_id=scope.organisation_id, listed_as=None)
    return rows.exclude(status=ServiceStatus.WITHDRAWN).select_related("community_organisation")


def _not_listed(scope: Scope) -> QuerySet[Service]:
    """Services that another, which is listed, speaks for."""
    rows = Service.objects.filter(organisation_id=scope.organisation_id, listed_as__in=_services(scope))
    return rows.select_related("listed_as")


def _whole(rows: QuerySet[Service], size: int) -> list[dict[str, Any]]:
    listed = list(rows.order_by("pk")[:size])
    venues: dict[UUID, list[Venue]] = defaultdict(list)
    for venue in Venue.objects.filter(service__in=listed).order_by("name", "pk"):
        venues[venue.service_id].append(venue)
    times: dict[UUID, list[Session]] = defaultdict(list)
    for time in Session.objects.filter(service__in=listed).order_by("weekday", "starts_at", "pk"):
        times[time.service_id].append(time)
    rules: dict[UUID, list[EligibilityRule]] = defaultdict(list)
    for rule in EligibilityRule.objects.filter(service__in=listed).order_by("kind", "pk"):
        rules[rule.service_id].append(rule)
    return [publishing.whole(row, venues[row.pk], times[row.pk], rules[row.pk]) for row in listed]


def _filtered(rows: QuerySet[Service], filters: Filters) -> QuerySet[Service]:
    if filters.search:
        rows = rows.filter(search=SearchQuery(filters.search, config="english", search_type="websearch"))
    for each in filters.term_ids:
        coded = publishing.coded(each)
        rows = (
            rows.filter(**{f"{coded[0]}__contains": [coded[1]]})
            if coded and coded[0] in publishing.COLUMNS
            else rows.none()
        )
    if filters.minimum_age is not None:
        rows = rows.filter(Q(maximum_age=None) | Q(maximum_age__gte=filters.minimum_age))
    if filters.maximum_age is not None:
        rows = rows.filter(Q(minimum_age=None) | Q(minimum_age__lte=filters.maximum_age))
    if filters.day is not None or filters.starts or filters.ends:
        rows = rows.filter(Exists(_times(filters).filter(service=OuterRef("pk"))))
    return rows


def _times(filters: Filters) -> QuerySet[Session]:
    times = Session.objects.all()
    if filters.day is not None:
        times = times.filter(weekday=filters.day)
    if filters.starts:
        times = times.filter(starts_at__gte=filters.starts)
    return times.filter(ends_at__lte=filters.ends) if filters.ends else times


def _near(rows: QuerySet[Venue], filters: Filters) -> QuerySet[Venue]:
    """Places within so many metres of what the directory knows at a postcode; none where it knows nothing there."""
    if not filters.postcode:
        return rows
    here = rows.filter(postcode=postcode.normalise(filters.postcode), latitude__isnull=False)
    middle = here.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return rows.none()
    # A degree of longitude is some five eighths of one of latitude in the middle of Great Britain.
    away = Sqrt(Power(F("latitude") - middle["latitude"], 2) + Power((F("longitude") - middle["longitude"]) * 0.61, 2))
    return rows.annotate(away=away * METRES_A_DEGREE).filter(away__lte=filters.metres or 5000.0)
