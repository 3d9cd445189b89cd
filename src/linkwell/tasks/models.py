"""Something somebody has to do by a date, about something."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.core.held import StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person
from linkwell.tasks.states import TASK


class Task(StatefulModel):
    """Owned by a user or, until somebody takes it, by a team. Not seen by `escalate_at`, it goes to `escalate_to`."""

    moves: ClassVar[Moves] = TASK

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    due_on = models.DateField()
    urgent = models.BooleanField(default=False)
    acknowledged_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    escalate_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            state_check(TASK, "task_state"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False), name="task_done_pair"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "about_id"], condition=Q(state="open"), name="task_once_while_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "owner", "due_on"], name="task_owner", condition=Q(state="open")),
            models.Index(fields=["organisation", "team", "due_on"], name="task_team", condition=Q(state="open")),
            models.Index(fields=["escalate_at"], name="task_escalate", condition=Q(state="open", escalated_at=None)),
        ]
