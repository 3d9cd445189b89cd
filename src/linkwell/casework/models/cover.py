"""Who looks after whose people while they are away."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel


class Cover(HeldModel):
    """A colleague looks after somebody's people while they are away."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_period"),
            models.CheckConstraint(condition=~Q(worker=F("covered_by")), name="cover_somebody_else"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "covered_by", "ends_on"], name="cover_by", condition=Q(ended_at=None))
        ]
