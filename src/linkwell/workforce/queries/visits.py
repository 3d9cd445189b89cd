"""Who is on a visit now, and who is not back."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts import queries as accounts
from linkwell.casework.rows import name_of
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.people.queries import kept_apart_ids
from linkwell.workforce.models import Visit
from linkwell.workforce.permissions import VISIT
from linkwell.workforce.rows import VisitRow

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class LateVisit:
    """A visit past its end, with how far the alarm has gone and since when."""

    id: UUID
    told: int
    told_at: dt.datetime | None
    out_by: dt.datetime
    grace: dt.timedelta


@query(VISIT)
def my_visit(scope: Scope) -> VisitRow | None:
    """The visit the person asking is on, if any."""
    found = _visits(scope).filter(worker_id=scope.user_id).exclude(state="out").first()
    return _row(found, kept_apart_ids(scope)) if found else None


@query(VISIT)
def visits_now(scope: Scope) -> tuple[VisitRow, ...]:
    """Everybody of the organisation who is on a visit, those to be back first."""
    rows = _visits(scope).exclude(state="out").order_by("out_by", "pk")
    apart = kept_apart_ids(scope)
    return tuple(_row(each, apart) for each in rows[:MOST_SHOWN])


@query(VISIT, opening=True)
def visit(scope: Scope, visit_id: UUID) -> VisitRow:
    """One visit: where somebody is. Raises NotFound."""
    found = _visits(scope).filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "visit", found.pk, person_id=found.person_id)
    return _row(found, kept_apart_ids(scope))


@query(VISIT)
def late_visits(scope: Scope, now: dt.datetime) -> tuple[LateVisit, ...]:
    """Visits past their end that nobody looks after yet; whether somebody is to be told now is the caller's to say."""
    rows = Visit.objects.filter(
        organisation_id=scope.organisation_id, state__in=["visiting", "late"], out_by__lt=now
    ).order_by("out_by")
    return tuple(
        LateVisit(
            row.pk,
            row.told,
            row.told_at,
            row.out_by,
            dt.timedelta(minutes=accounts.rules(row.team_id).visit_grace_minutes),
        )
        for row in rows[:MOST_SHOWN]
    )


def _visits(scope: Scope) -> QuerySet[Visit]:
    return Visit.objects.filter(organisation_id=scope.organisation_id).select_related(
        "worker", "buddy", "person", "looked_for_by"
    )


def _row(row: Visit, apart: frozenset[UUID]) -> VisitRow:
    return VisitRow(
        id=row.pk,
        worker_id=row.worker_id,
        worker_name=row.worker.name,
        buddy_id=row.buddy_id,
        buddy_name=row.buddy.name if row.buddy else "",
        person_id=row.person_id,
        person_name=name_of(row.person) if row.person else "",
        # Where somebody restricted lives is on no page but their record, which notes who opened it.
        place="" if row.person_id in apart else row.place,
        started_at=row.started_at,
        out_by=row.out_by,
        out_at=row.out_at,
        state=row.state,
        state_words=row.moves.words[row.state],
        looked_for_by=row.looked_for_by.name if row.looked_for_by else "",
        version=row.version,
    )
