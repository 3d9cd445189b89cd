"""How much of a caseload one support takes, and why: chosen at allocation and at each review."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from linkwell.casework.models.cases import Case
from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.models import Person


class Complexity(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Factor(models.TextChoices):
    """What makes support take more time. Never that somebody is difficult."""

    NEEDS = "needs", "Three or more things to change at once"
    RISK = "risk", "A risk to plan around, or a safeguarding concern"
    INTERPRETER = "interpreter", "An interpreter or other communication support"
    HOUSING_OR_LEGAL = "housing_legal", "A housing, benefits or legal case going on"
    TRAVEL = "travel", "Long travel to meet them"


class ComplexityReview(HeldModel):
    """The level chosen, the factors it was chosen for, by whom and when. Never changed; the newest holds."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complexity_reviews")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=6, choices=Complexity.choices)
    factors = ArrayField(models.CharField(max_length=14), default=list)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("level", Complexity, "complexity_level")]
        indexes: ClassVar = [models.Index(fields=["case", "-created_at"], name="complexity_newest")]
