"""When somebody has died: what was to be done for them is not needed any more. What keeps others safe stays."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.people import dying
from linkwell.people import queries as people
from linkwell.people.actions import note_stopped
from linkwell.tasks.models import Task
from linkwell.tasks.permissions import LEAVE_TASK

# Kinds that begin like this: about the death itself, a worker's own safety, or a concern that others may share.
_STAYS = ("death_", "visit", "concern", "safeguarding", "talk", "supervision", "correction", "complaint")


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
        if task.kind.startswith(_STAYS) or task.person_id is None:
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
