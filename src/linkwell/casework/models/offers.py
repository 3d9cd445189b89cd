"""How long support is offered for, and when it was made longer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case
from linkwell.core.held import HeldModel


class OfferExtension(HeldModel):
    """More weeks or conversations, asked for by the link worker and decided by the lead."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    weeks = models.PositiveSmallIntegerField(default=0)
    conversations = models.PositiveSmallIntegerField(default=0)
    why = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weeks__gt=0) | Q(conversations__gt=0), name="extension_of_something"),
            models.UniqueConstraint(fields=["case"], condition=Q(decided_at=None), name="extension_one_open"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, agreed=None)
                | (Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False)),
                name="extension_decided",
            ),
            models.CheckConstraint(condition=~Q(agreed=False) | ~Q(decision_note=""), name="extension_says_why_not"),
        ]
