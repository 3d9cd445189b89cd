"""The person's plan: needs, goals, steps, and what was agreed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case
from linkwell.casework.states import GOAL
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.deciding import By
from linkwell.people.models import Person


class Plan(HeldModel):
    """The person's plan in one case.

    `version` grows with every change to anything in it, so nobody agrees to a plan they have not read;
    `words_version` grows only with the strengths and the review date. What was agreed is a `PlanVersion`.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    strengths = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    words_version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)


class Need(HeldModel):
    """ "What I would like to change", in the person's words."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)


class Goal(StatefulModel):
    """What the person hopes for, and how much it matters to them."""

    moves: ClassVar[Moves] = GOAL

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    importance = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(GOAL, "goal_state"),
            models.CheckConstraint(condition=Q(importance=None) | Q(importance__range=(1, 10)), name="goal_importance"),
        ]


class Action(HeldModel):
    """A step towards a goal: what, who, when, and how sure the person is, as things are now."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(confidence=None) | Q(confidence__range=(1, 10)), name="step_confidence"),
        ]


class PlanVersion(HeldModel):
    """The plan as it stood when it was agreed, or recorded as not agreed and why. Never changed."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    agreed = models.BooleanField()
    agreed_how = models.CharField(max_length=10, blank=True)
    # Who said yes, when it was not the person; `agreed_by_id` is the record of their authority.
    agreed_by = models.CharField(max_length=18, default=By.PERSON.value)
    agreed_by_id = models.UUIDField(null=True)
    why_not = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.CheckConstraint(
                condition=(Q(agreed=True) & ~Q(agreed_how="")) | (Q(agreed=False) & ~Q(why_not="")),
                name="plan_agreed_or_why_not",
            ),
            one_of("agreed_by", By, "plan_agreed_by"),
        ]
