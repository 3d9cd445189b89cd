"""Two listings that may be one service, and what a keeper decided about them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import HELD, RowSecurity
from linkwell.directory.models.services import Service


class Sameness(models.TextChoices):
    WAITING = "waiting", "waiting for somebody to look"
    ONE = "one", "one service"
    TWO = "two", "two services"


class TwiceListed(HeldModel):
    """A pair of listings. Made one, `kept` speaks for both and `other` is on no list; neither loses a word of its own.

    `taken` are the columns (and `parts.PARTS`) in which `kept` says what `other` says, now and after each reading of
    its feed; `own` is what `kept` would say in them by itself, for the day on which the two are taken apart again.
    """

    kept = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    decision = models.CharField(max_length=10, choices=Sameness.choices, default=Sameness.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken = ArrayField(models.CharField(max_length=40), default=list)
    own = models.JSONField(default=dict)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            one_of("decision", Sameness, "twice_listed_decision"),
            models.CheckConstraint(condition=~Q(kept=models.F("other")), name="twice_listed_two"),
            models.UniqueConstraint(Least("kept", "other"), Greatest("kept", "other"), name="twice_listed_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "decision", "-score"], name="twice_listed_list"),
        ]
