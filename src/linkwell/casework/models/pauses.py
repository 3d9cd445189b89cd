"""When support rested, and why: clocks and the length of an offer leave these days out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case, PauseReason
from linkwell.core.held import HeldModel, one_of


class Pause(HeldModel):
    """One pause of a case. `until` is the day support was to start again; `ended_at` when it did."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=8, choices=PauseReason.choices)
    note = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("reason", PauseReason, "pause_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="pause_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")), name="pause_period"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "until"], name="pause_ending", condition=Q(ended_at=None))
        ]
