"""Who looks after whose people on which days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.casework.models import Cover, CoverPart
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import CoverRow
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.tasks.standing_in import StandIn

MOST_COVERS = 100


@query(SEE_CASES)
def covers(scope: Scope, today: dt.date) -> tuple[CoverRow, ...]:
    """Cover going on or still to come, the soonest first. Colleagues who share one caseload have a row each."""
    rows = Cover.objects.filter(organisation_id=scope.organisation_id, ended_at=None, ends_on__gte=today)
    found = list(rows.select_related("worker", "covered_by").order_by("starts_on", "worker__name", "pk")[:MOST_COVERS])
    parts = people_in(scope, [row.pk for row in found])
    return tuple(_row(row, parts.get(row.pk, frozenset())) for row in found)


def _row(row: Cover, people: frozenset[UUID]) -> CoverRow:
    return CoverRow(
        id=row.pk,
        worker_id=row.worker_id,
        worker_name=row.worker.name,
        covered_by_id=row.covered_by_id,
        covered_by_name=row.covered_by.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        arrangement=row.arrangement,
        rest=row.rest,
        people=len(people),
    )


@query(SEE_CASES)
def cover_between(scope: Scope, worker_ids: Collection[UUID], first: dt.date, last: dt.date) -> tuple[StandIn, ...]:
    """Who stands in for these workers, on any of these days: one for each colleague, `owner_id` being who covers.

    Here `owner_id` and `owner_name` are the colleague's, so that whoever asks about a worker learns who it is.
    """
    rows = list(_touching(scope, first, last).filter(worker_id__in=worker_ids).select_related("covered_by"))
    return tuple(
        StandIn(each.covered_by_id, each.covered_by.name, each.starts_on, each.ends_on, only, without)
        for each, only, without in _shared_out(scope, rows)
    )


def covered_by(scope: Scope, user_id: UUID, first: dt.date, last: dt.date) -> tuple[StandIn, ...]:
    """Those for whom this user stands in on any of these days. Called inside a query or action."""
    rows = list(_touching(scope, first, last).filter(covered_by_id=user_id).select_related("worker"))
    return tuple(
        StandIn(each.worker_id, each.worker.name, each.starts_on, each.ends_on, only, without)
        for each, only, without in _shared_out(scope, rows)
    )


def people_in(scope: Scope, cover_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The people given by name to each cover. Called inside a query or action."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = CoverPart.objects.filter(organisation_id=scope.organisation_id, cover_id__in=cover_ids)
    for cover_id, person_id in rows.values_list("cover_id", "person_id"):
        found[cover_id].add(person_id)
    return {cover_id: frozenset(people) for cover_id, people in found.items()}


def who_looks_after(scope: Scope, worker_id: UUID, person_id: UUID, day: dt.date) -> tuple[UUID, str] | None:
    """Whoever covers this person for this worker on a day: id and name; None when the worker is there."""
    for each in cover_between(scope, [worker_id], day, day):
        if each.covers(person_id):
            return each.owner_id, each.owner_name
    return None


def _touching(scope: Scope, first: dt.date, last: dt.date) -> QuerySet[Cover]:
    rows = Cover.objects.filter(organisation_id=scope.organisation_id, ended_at=None)
    return rows.filter(Q(starts_on__lte=last) & Q(ends_on__gte=first)).order_by("starts_on", "pk")


def _shared_out(scope: Scope, covers: Collection[Cover]) -> list[tuple[Cover, frozenset[UUID] | None, frozenset[UUID]]]:
    """Each cover with whom it is for by name, and whom it leaves to others. Two statements at most."""
    if not covers:
        return []
    together = Cover.objects.filter(
        organisation_id=scope.organisation_id,
        arrangement__in={each.arrangement for each in covers},
        ended_at=None,
        rest=False,
    )
    arrangement_of = dict(together.values_list("pk", "arrangement"))
    named = people_in(scope, arrangement_of.keys()) if arrangement_of else {}
    shared: dict[UUID, set[UUID]] = defaultdict(set)
    for cover_id, arrangement in arrangement_of.items():
        shared[arrangement] |= named.get(cover_id, frozenset())
    return [
        (each, None, frozenset(shared[each.arrangement]))
        if each.rest
        else (each, named.get(each.pk, frozenset()), frozenset())
        for each in covers
    ]
