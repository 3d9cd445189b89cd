"""Every write of a task. A task is never deleted: it is done, or no longer needed, and either can be undone."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from linkwell.kernel.working_days import Nation, OpeningHours, add_working_hours
from linkwell.people import dying
from linkwell.people import queries as people
from linkwell.people.actions import note_stopped
from linkwell.tasks.models import Task
from linkwell.tasks.permissions import DO_TASKS, LEAVE_TASK

LONGEST_TITLE = 200
# Kinds that begin like this: about the death itself, a worker's own safety, or a concern that others may share.
STAYS_AFTER_DEATH = ("death_", "visit", "concern", "safeguarding", "talk", "supervision", "correction", "complaint")


@action(LEAVE_TASK)
def open_task(
    *,
    scope: Scope,
    team_id: UUID,
    owner_id: UUID | None,
    kind: str,
    title: str,
    about_kind: str,
    about_id: UUID,
    due_on: date,
    urgent: bool = False,
    person_id: UUID | None = None,
    escalate_at: datetime | None = None,
    escalate_to_id: UUID | None = None,
) -> UUID:
    """Open a task, or bring up to date the one of this kind that is already open about the same thing.

    `title` is shown on lists: no need, no reason. Unacknowledged at `escalate_at`, the task passes to `escalate_to_id`.
    """
    task = Task(
        organisation_id=scope.organisation_id,
        state="open",
        team_id=team_id,
        owner_id=owner_id,
        kind=kind,
        # Names of groups come from feeds and can be long: a title cut short beats an answer lost.
        title=title[:LONGEST_TITLE],
        about_kind=about_kind,
        about_id=about_id,
        due_on=due_on,
        urgent=urgent,
        person_id=person_id,
        escalate_at=escalate_at,
        escalate_to_id=escalate_to_id,
    )
    try:
        with transaction.atomic():
            states.begin(scope=scope, row=task, person_id=person_id)
    except IntegrityError:
        return _already_open(scope, task)
    return task.pk


def _already_open(scope: Scope, asked: Task) -> UUID:
    """The one that is open, saying what happened last: an older title would send its owner to do the wrong thing."""
    found = Task.objects.select_for_update(of=("self",)).get(
        organisation_id=scope.organisation_id, kind=asked.kind, about_id=asked.about_id, state="open"
    )
    if found.title != asked.title or (asked.urgent and not found.urgent) or asked.escalate_at:
        found.title, found.urgent = asked.title, found.urgent or asked.urgent
        if asked.escalate_at:
            # A new alarm: that somebody saw the last one says nothing of this one.
            found.acknowledged_at = found.escalated_at = None
            found.escalate_at, found.escalate_to_id = asked.escalate_at, asked.escalate_to_id
        found.version += 1
        found.save(
            update_fields=[
                "title",
                "urgent",
                "acknowledged_at",
                "escalated_at",
                "escalate_at",
                "escalate_to",
                "version",
            ]
        )
    audit.record(scope, "found open", "task", found.pk)
    return found.pk


def ever_opened(scope: Scope, kind: str, about_id: UUID) -> bool:
    """Whether a task of this kind about something was ever opened, done or not. Called inside an action or job."""
    return Task.objects.filter(organisation_id=scope.organisation_id, kind=kind, about_id=about_id).exists()


@action(DO_TASKS)
def take(*, scope: Scope, task_id: UUID, expected_version: int) -> None:
    """Make a task one's own. Taking it also says that it has been seen."""
    task = states.lock(Task, task_id, expected_version=expected_version)
    if task.state != "open":
        raise InvalidMove("This is not waiting to be done any more.")
    task.owner_id = scope.user_id
    task.acknowledged_at = task.acknowledged_at or clock.now()
    task.version += 1
    task.save(update_fields=["owner", "acknowledged_at", "version"])
    audit.record(scope, "took", "task", task.pk, person_id=task.person_id, fields=("owner",))


@action(DO_TASKS)
def acknowledge(*, scope: Scope, task_id: UUID) -> None:
    """Say "I have seen this": it no longer passes to somebody else by itself. Saying it twice changes nothing."""
    task = states.lock(Task, task_id)
    if task.acknowledged_at is None:
        task.acknowledged_at = clock.now()
        task.version += 1
        task.save(update_fields=["acknowledged_at", "version"])
    audit.record(scope, "acknowledged", "task", task.pk, person_id=task.person_id, fields=("acknowledged_at",))


@action(DO_TASKS)
def finish_task(*, scope: Scope, task_id: UUID, expected_version: int) -> None:
    """Mark a task done."""
    _finish(scope, states.lock(Task, task_id, expected_version=expected_version))


@action(LEAVE_TASK)
def finish_tasks_about(*, scope: Scope, about_id: UUID, kind: str) -> None:
    """Finish the open task of this kind about something, because that something has been dealt with."""
    task = (
        Task.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, about_id=about_id, kind=kind, state="open")
        .first()
    )
    if task is None:
        audit.record(scope, "nothing to finish", "task", None)
        return
    _finish(scope, task)


def _finish(scope: Scope, task: Task) -> None:
    now = clock.now()
    task.acknowledged_at = task.acknowledged_at or now
    task.done_at, task.done_by_id = now, scope.user_id
    states.move(
        scope=scope,
        row=task,
        to="done",
        fields=("acknowledged_at", "done_at", "done_by"),
        person_id=task.person_id,
    )


@action(DO_TASKS)
def drop_task(*, scope: Scope, task_id: UUID, expected_version: int, reason: str) -> None:
    """Say that a task is no longer needed, and why."""
    task = states.lock(Task, task_id, expected_version=expected_version)
    states.move(scope=scope, row=task, to="dropped", reason=reason, person_id=task.person_id)


@action(DO_TASKS)
def reopen_task(*, scope: Scope, task_id: UUID, expected_version: int) -> None:
    """Undo "done" or "no longer needed". InvalidMove when another of its kind has been opened since."""
    task = states.lock(Task, task_id, expected_version=expected_version)
    task.done_at = task.done_by = None
    try:
        with transaction.atomic():
            states.move(scope=scope, row=task, to="open", fields=("done_at", "done_by"), person_id=task.person_id)
    except IntegrityError:
        raise InvalidMove("There is already a newer task for this.") from None


@action(DO_TASKS)
def escalate(*, scope: Scope, task_id: UUID) -> bool:
    """Pass an unacknowledged task on. False when it has been seen, done or passed on meanwhile.

    It goes on until somebody has seen it: to the next in line of the team, and to the last of them again and again.
    """
    task = states.lock(Task, task_id)
    now = clock.now()
    waits = task.escalate_at is not None and task.escalate_at > now
    if task.state != "open" or task.acknowledged_at or waits or task.escalate_to_id is None:
        audit.record(scope, "needed no escalation", "task", task.pk)
        return False
    team = accounts.team(task.team_id)
    task.owner_id, task.escalated_at = task.escalate_to_id, now
    task.escalate_to_id, task.escalate_at = _next_in_line(team, task.escalate_to_id), _again_at(team, now)
    task.version += 1
    task.save(update_fields=["owner", "escalated_at", "escalate_to", "escalate_at", "version"])
    states.finish_change(
        scope=scope, row=task, event="escalated", fields=("owner", "escalated_at"), line=None, person_id=task.person_id
    )
    return True


def _next_in_line(team: accounts.TeamRow, told: UUID) -> UUID:
    """Whom to tell after this person: duty, second, then the safeguarding lead, who is told again each time."""
    named = (team.duty_user_id, team.second_duty_user_id, team.safeguarding_user_id)
    line = list(dict.fromkeys(each for each in named if each is not None))
    if told not in line:
        return line[-1] if line else told
    return line[min(line.index(told) + 1, len(line) - 1)]


def _again_at(team: accounts.TeamRow, now: datetime) -> datetime:
    opening = OpeningHours(team.opens_at, team.closes_at)
    return add_working_hours(now, team.danger_working_hours, Nation(team.nation), opening)


def give_to(scope: Scope, task_ids: Collection[UUID], to_user_id: UUID) -> None:
    """These open tasks to another owner; an alarm that was to pass to somebody still does. Called inside an action."""
    rows = Task.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, pk__in=task_ids, state="open"
    )
    for task in rows.order_by("pk"):
        task.owner_id = to_user_id
        task.version += 1
        task.save(update_fields=["owner", "version"])
        audit.record(scope, "given", "task", task.pk, person_id=task.person_id, fields=("owner",))


@action(LEAVE_TASK)
def give_about(*, scope: Scope, about_id: UUID, kind: str, to_user_id: UUID) -> None:
    """The open task of this kind about something, if there is one, to whoever it is for now."""
    open_now = Task.objects.filter(organisation_id=scope.organisation_id, about_id=about_id, kind=kind, state="open")
    audit.record(scope, "looked_for_task", "task", None)
    give_to(scope, list(open_now.exclude(owner_id=to_user_id).values_list("pk", flat=True)), to_user_id)


def pass_alarms_to(scope: Scope, from_user_id: UUID, to_user_id: UUID) -> None:
    """Tasks nobody has seen yet that would pass to somebody who leaves pass to this user. Called inside an action."""
    rows = Task.objects.filter(
        organisation_id=scope.organisation_id, escalate_to_id=from_user_id, state="open", acknowledged_at=None
    )
    rows.update(escalate_to_id=to_user_id)
    audit.record(scope, "given", "task", None, fields=("escalate_to",))


@action(LEAVE_TASK)
def drop_for_death(*, scope: Scope, death_id: UUID) -> None:
    """Nobody rings somebody who has died. Safe to run again."""
    audit.record(scope, "looked_at_death", "death", death_id)
    told = people.death_told(scope, death_id)
    if told is None:
        return
    _, _, records = told
    rows = Task.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, person_id__in=records, state="open"
    )
    for task in rows.order_by("pk"):
        if task.kind.startswith(STAYS_AFTER_DEATH) or task.person_id is None:
            continue
        states.move(scope=scope, row=task, to="dropped", reason="They have died", person_id=task.person_id)
        note_stopped(scope, death_id, task.person_id, "task", task.pk, "open")


def bring_back(scope: Scope, task_id: UUID, before: str) -> bool:
    """After a mistake it is to be done again, unless a newer one of its kind is."""
    task = states.lock(Task, task_id)
    if task.state != "dropped":
        return False
    try:
        with transaction.atomic():
            states.move(scope=scope, row=task, to=before, reason="They had not died", person_id=task.person_id)
    except IntegrityError:
        return False
    return True


dying.stops("task", dying.Kind("Something to do was taken off a list", "Look whether it is still to be done.",
                               bring_back=bring_back))  # fmt: skip
