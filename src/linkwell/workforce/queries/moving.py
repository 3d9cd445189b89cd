"""A caseload as it is shared out, and the moves that were made."""

import datetime as dt
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from linkwell.accounts import queries as accounts
from linkwell.accounts.permissions import MOVE_WORK
from linkwell.accounts.queries.leave import away_between
from linkwell.casework import queries as casework
from linkwell.casework.models import Appointment, Case
from linkwell.casework.permissions import ALLOCATE
from linkwell.casework.rows import name_of
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.workforce.models import CaseloadMove
from linkwell.workforce.proposal import Colleague
from linkwell.workforce.rows import CaseToGive, MoveRow

MOST_CASES = 300
MOST_MOVES = 20


@query(ALLOCATE)
def caseload_to_give(scope: Scope, worker_id: UUID) -> tuple[CaseToGive, ...]:
    """Everybody a colleague supports, the next contact first. At most 300; more than anybody supports."""
    now = clock.now()
    booked = Appointment.objects.filter(
        case=OuterRef("pk"), worker_id=worker_id, state="booked", starts_at__gte=now
    ).order_by("starts_at")
    rows = (
        Case.objects.filter(organisation_id=scope.organisation_id, worker_id=worker_id)
        .exclude(state="closed")
        .select_related("person")
        .annotate(first_booked=Subquery(booked.values("starts_at")[:1]))
        .order_by(F("next_date").asc(nulls_last=True), "pk")
    )
    return tuple(_case(each) for each in rows[:MOST_CASES])


def _case(row: Case) -> CaseToGive:
    booked: dt.datetime | None = getattr(row, "first_booked", None)
    return CaseToGive(
        case_id=row.pk,
        person_id=row.person_id,
        name=name_of(row.person),
        weight=row.weight,
        state=row.state,
        language=row.person.language,
        next_contact=clock.london(booked).date() if booked else row.next_date,
        next_words="appointment" if booked else row.next_step or "next conversation",
    )


@query(ALLOCATE)
def colleagues_of(scope: Scope, worker_id: UUID, first: dt.date, last: dt.date) -> tuple[Colleague, ...]:
    """Who could take on somebody's people, with the room they have and whether they are there from first to last.

    Raises NotFound for somebody who is not in the lead's own team.
    """
    team = accounts.my_team(scope)
    loads = casework.load_by_worker(scope, team.id) if team else {}
    if worker_id not in loads:
        raise NotFound
    others = [load for load in loads.values() if load.worker_id != worker_id]
    away = away_between(scope, [load.worker_id for load in others], first, last)
    found = [
        Colleague(
            id=load.worker_id,
            name=load.name,
            room=load.full - load.weight,
            full=load.full,
            languages=load.languages,
            working_days=load.working_days,
            there=load.worker_id not in away,
        )
        for load in others
    ]
    return tuple(sorted(found, key=lambda each: (-each.room, each.name.casefold())))


@query(MOVE_WORK)
def moves(scope: Scope, team_id: UUID) -> tuple[MoveRow, ...]:
    """The latest bulk moves of a team, the newest first."""
    rows = (
        CaseloadMove.objects.filter(organisation_id=scope.organisation_id, team_id=team_id)
        .select_related("worker", "moved_by")
        .prefetch_related("lines__given_to", "lines__case")
        .order_by("-created_at")
    )
    return tuple(_move(each) for each in rows[:MOST_MOVES])


def _move(row: CaseloadMove) -> MoveRow:
    lines = list(row.lines.all())
    untouched = all(line.case.version == line.case_version for line in lines)
    return MoveRow(
        id=row.pk,
        worker_name=row.worker.name,
        moved_by=row.moved_by.name,
        moved_at=row.created_at,
        people=len(lines),
        given_to=tuple(sorted({line.given_to.name for line in lines})),
        undone_at=row.undone_at,
        may_undo=row.undone_at is None and untouched,
    )
