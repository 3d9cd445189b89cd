"""What got in the way of coming, as the person says it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.casework.models.cases import Case
from linkwell.core.held import HeldModel


class Barrier(models.TextChoices):
    FORGOT = "forgot", "Forgot, or mixed up the day"
    UNWELL = "unwell", "Not well enough"
    TRANSPORT = "transport", "Getting there"
    COST = "cost", "What it costs"
    CARING = "caring", "Looking after somebody"
    WORK = "work", "Work or another appointment"
    WORRIED = "worried", "Worried about coming"
    PLACE = "place", "The place does not suit them"
    LANGUAGE = "language", "Language, or no interpreter"
    UNWANTED = "unwanted", "Not what they want just now"
    OTHER = "other", "Something else"


class GotInTheWay(HeldModel):
    """Asked after appointments were missed, before the next is booked. `barriers` are `Barrier` values."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asked_what_got_in_the_way")
    barriers = models.JSONField(default=list)
    words = models.TextField(blank=True)
    what_could_help = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-created_at"], name="got_in_the_way_newest")]
