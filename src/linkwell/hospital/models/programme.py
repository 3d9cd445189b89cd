"""A time-limited team, such as one for the winter, and whom it took on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel
from linkwell.hospital.models.stays import Stay


class Programme(HeldModel):
    """Who does it, for whom, from when until when, and how many people a week."""

    name = models.CharField(max_length=120)
    team = models.CharField(max_length=200)
    eligibility = models.CharField(max_length=1000)
    starts_on = models.DateField()
    ends_on = models.DateField()
    weekly_places = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="hospital_programme_order"),
            models.CheckConstraint(condition=Q(weekly_places__gt=0), name="hospital_programme_places"),
            models.UniqueConstraint(fields=["organisation", "name"], name="hospital_programme_name"),
        ]


class ProgrammePlace(HeldModel):
    """Somebody was taken on, because somebody said that they are one of those it is for."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="places")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="programmes")
    taken_on = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "stay"], name="hospital_programme_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "taken_on"], name="hospital_programme_week")]
