"""What a group can take: limits it set itself, kept when somebody is referred to it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import HELD, RowSecurity
from linkwell.directory.models.services import Service


class Limits(HeldModel):
    """A group's own limits on referrals. Empty lists and None mean no limit.

    `needs` are the kinds of need it can help with, codes of `kernel.codes.NEEDS`; `areas` are postcode areas, districts
    or sectors. They are about referrals: a person who simply turns up meets the service's eligibility alone.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="limits")
    a_week = models.PositiveSmallIntegerField(null=True)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    areas = ArrayField(models.CharField(max_length=8), default=list)
    words = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=120)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minimum_age=None)
                | models.Q(maximum_age=None)
                | models.Q(maximum_age__gte=models.F("minimum_age")),
                name="limits_ages",
            )
        ]
