"""Every read of tasks. Lists are flat in queries and paged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.pages import Page
from linkwell.tasks.models import Task
from linkwell.tasks.permissions import SEE_TASKS
from linkwell.tasks.standing_in import own_or_covered, standing_in

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a list shows it."""

    id: UUID
    version: int
    state: str
    title: str
    kind: str
    about_kind: str
    about_id: UUID
    person_id: UUID | None
    owner_id: UUID | None
    owner_name: str
    due_on: date
    urgent: bool
    acknowledged: bool
    escalated: bool
    done_at: datetime | None


@query(SEE_TASKS)
def my_tasks(scope: Scope, number: int = 1, *, state: str = "open", size: int = PAGE_SIZE) -> Page[TaskRow]:
    """Tasks of the person asking, and of those they cover for: urgent first, then by the day they are due."""
    if scope.user_id is None or state != "open":
        return _page(_tasks(scope, state).filter(owner_id=scope.user_id), number, size)
    mine = own_or_covered(scope.user_id, standing_in(scope, scope.user_id))
    return _page(_tasks(scope, state).filter(mine), number, size)


@query(SEE_TASKS)
def team_tasks(scope: Scope, team_id: UUID | None, number: int = 1, *, state: str = "open") -> Page[TaskRow]:
    """Tasks of a team, whoever owns them; of every team of the organisation when `team_id` is None."""
    of_team = Q(team_id=team_id) if team_id else Q()
    return _page(_tasks(scope, state).filter(of_team), number)


@query(SEE_TASKS)
def unowned_tasks(scope: Scope, team_id: UUID, number: int = 1) -> Page[TaskRow]:
    """Tasks of a team that nobody has taken yet."""
    return _page(_tasks(scope, "open").filter(team_id=team_id, owner=None), number)


@query(SEE_TASKS)
def open_about(scope: Scope, about_id: UUID) -> tuple[TaskRow, ...]:
    """The open tasks about one thing."""
    rows = _tasks(scope, "open").filter(about_id=about_id).order_by("due_on", "pk")
    return tuple(_row(task) for task in rows)


@query(SEE_TASKS)
def to_escalate(scope: Scope) -> tuple[UUID, ...]:
    """Open tasks nobody has acknowledged by the time they were to pass to somebody else."""
    rows = Task.objects.filter(
        organisation_id=scope.organisation_id,
        state="open",
        acknowledged_at=None,
        escalate_at__lte=clock.now(),
        escalate_to__isnull=False,
    )
    return tuple(rows.order_by("escalate_at").values_list("pk", flat=True)[:500])


@query(SEE_TASKS)
def task(scope: Scope, task_id: UUID) -> TaskRow | None:
    found = Task.objects.select_related("owner").filter(organisation_id=scope.organisation_id, pk=task_id).first()
    return _row(found) if found else None


def open_tasks_of(scope: Scope, user_id: UUID) -> tuple[tuple[UUID, UUID | None], ...]:
    """Id and person of each open task of one user. Called inside an action."""
    rows = Task.objects.filter(organisation_id=scope.organisation_id, owner_id=user_id, state="open")
    return tuple(rows.order_by("pk").values_list("pk", "person_id"))


@query(SEE_TASKS)
def tasks_named(scope: Scope, ids: Collection[UUID]) -> tuple[TaskRow, ...]:
    """These tasks, in any state, by the day they are due."""
    rows = Task.objects.select_related("owner").filter(organisation_id=scope.organisation_id, pk__in=ids)
    return tuple(_row(task) for task in rows.order_by("due_on", "pk"))


def tasks_held(scope: Scope, user_id: UUID) -> int:
    """Open tasks that are one person's, or would pass to them unseen. Called inside whoever runs the staff list."""
    theirs = Q(owner_id=user_id) | Q(escalate_to_id=user_id, acknowledged_at=None)
    return Task.objects.filter(theirs, organisation_id=scope.organisation_id, state="open").count()


def _tasks(scope: Scope, state: str) -> QuerySet[Task]:
    return Task.objects.select_related("owner").filter(organisation_id=scope.organisation_id, state=state)


def _page(tasks: QuerySet[Task], number: int, size: int = PAGE_SIZE) -> Page[TaskRow]:
    start = (number - 1) * size
    fetched: list[Any] = list(tasks.order_by("-urgent", "due_on", "pk")[start : start + size + 1])
    return Page.of([_row(each) for each in fetched], number=number, size=size)


def _row(task: Task) -> TaskRow:
    return TaskRow(
        id=task.pk,
        version=task.version,
        state=task.state,
        title=task.title,
        kind=task.kind,
        about_kind=task.about_kind,
        about_id=task.about_id,
        person_id=task.person_id,
        owner_id=task.owner_id,
        owner_name=task.owner.name if task.owner else "",
        due_on=task.due_on,
        urgent=task.urgent,
        acknowledged=task.acknowledged_at is not None,
        escalated=task.escalated_at is not None,
        done_at=task.done_at,
    )
