"""Supervision: dates for leads, what was said only for the two."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case
from linkwell.casework.rows import name_of
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.workforce.models import Supervision, SupervisionNotes
from linkwell.workforce.permissions import SEE_LOAD, SUPERVISE
from linkwell.workforce.rows import DueRow, SupervisionPage, SupervisionRow

PAGE_SIZE = 25


@query(SUPERVISE)
def my_sessions(scope: Scope, number: int = 1) -> Page[SupervisionRow]:
    """The sessions of the person asking, as worker or as the one who listened, the newest first."""
    mine = Q(worker_id=scope.user_id) | Q(with_whom_id=scope.user_id)
    rows = (
        Supervision.objects.select_related("worker", "with_whom")
        .filter(mine, organisation_id=scope.organisation_id)
        .order_by("-held_on", "-pk")
    )
    start = (number - 1) * PAGE_SIZE
    fetched = [_row(each) for each in rows[start : start + PAGE_SIZE + 1]]
    return Page.of(fetched, number=number, size=PAGE_SIZE)


@query(SUPERVISE, opening=True)
def session(scope: Scope, session_id: UUID) -> SupervisionPage:
    """One session and its notes. Raises NotFound for anybody but the two: the database gives them no row either."""
    notes = (
        SupervisionNotes.objects.select_related("supervision__worker", "supervision__with_whom")
        .filter(organisation_id=scope.organisation_id, supervision_id=session_id)
        .first()
    )
    if notes is None or scope.user_id not in (notes.worker_id, notes.with_whom_id):
        raise NotFound
    audit.record_opening(scope, "supervision", session_id)
    cases = Case.objects.filter(organisation_id=scope.organisation_id, pk__in=notes.cases).select_related("person")
    named = tuple((case.pk, name_of(case.person)) for case in cases.order_by("pk"))
    return SupervisionPage(_row(notes.supervision), notes.topics, notes.steps, named)


@query(SEE_LOAD)
def supervision_due(scope: Scope, team_id: UUID) -> tuple[DueRow, ...]:
    """Workers whose next session should have been by now, or who never had one, the longest due first."""
    today = clock.today()
    workers = accounts.team_workers(scope, team_id)
    sessions = last_sessions(scope, [each.user_id for each in workers])
    due = []
    for worker in workers:
        last = sessions.get(worker.user_id)
        on = next_due(last, today)
        if on <= today and worker.user_id != scope.user_id:
            due.append(DueRow(worker.user_id, worker.name, last.held_on if last else None, on))
    return tuple(sorted(due, key=lambda row: (row.last_on or dt.date.min, row.name.casefold())))


def last_sessions(scope: Scope, worker_ids: Iterable[UUID]) -> dict[UUID, Supervision]:
    """The newest session of each worker, in one statement. Called inside a query."""
    rows = (
        Supervision.objects.filter(organisation_id=scope.organisation_id, worker_id__in=list(worker_ids))
        .order_by("worker_id", "-held_on")
        .distinct("worker_id")
    )
    return {row.worker_id: row for row in rows}


def next_due(last: Supervision | None, today: dt.date) -> dt.date:
    """When the next session is due; today for somebody who had none."""
    return last.next_on if last is not None else today


def _row(row: Supervision) -> SupervisionRow:
    return SupervisionRow(row.pk, row.worker_id, row.worker.name, row.with_whom.name, row.held_on, row.next_on)
