"""What has to be known before support ends because nobody was reached, and who decides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case, ClosingReason
from linkwell.core.held import HeldModel, one_of


class CheckedWith(models.TextChoices):
    REFERRER = "referrer", "Whoever referred them"
    PRACTICE = "practice", "Their GP practice"
    PERSON = "person", "The person, who referred themselves"


class NumberAnswer(models.TextChoices):
    RIGHT = "right", "The details we have are right"
    CHANGED = "changed", "The details were different, and are put right"
    UNKNOWN = "unknown", "They know of no other way"


class NumberCheck(HeldModel):
    """Somebody asked whether the details we try are the right ones."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="number_checks")
    checked_with = models.CharField(max_length=10, choices=CheckedWith.choices)
    name = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=10, choices=NumberAnswer.choices)
    checked_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("checked_with", CheckedWith, "number_checked_with"),
            one_of("answer", NumberAnswer, "number_answer"),
        ]


class ClosingRequest(HeldModel):
    """A link worker asks their lead to end support for somebody who may be at risk. Decided once, with a reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closing_requests")
    reason = models.CharField(max_length=14, choices=ClosingReason.choices)
    answer = models.TextField(blank=True)
    why = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("reason", ClosingReason, "closing_request_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(decided_at=None), name="closing_request_one_open"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, agreed=None)
                | (Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False)),
                name="closing_request_decided",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=False) | ~Q(decision_note=""), name="closing_request_says_why_not"
            ),
        ]
