"""Who looks after whose people while they are away."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from linkwell.core.held import HeldModel
from linkwell.kernel.ids import new_id
from linkwell.people.models import Person


class Cover(HeldModel):
    """A colleague looks after somebody's people from one day to another, both included.

    A big caseload may be split over several colleagues: each has a row of the same `arrangement`, with the people they
    look after as its parts. `rest`: this colleague has everybody and everything that is nobody else's part, so
    that nothing that arrives meanwhile is without an owner.
    """

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    arrangement = models.UUIDField(default=new_id)
    rest = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_period"),
            models.CheckConstraint(condition=~Q(worker=F("covered_by")), name="cover_somebody_else"),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("worker", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None, rest=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "covered_by", "ends_on"], name="cover_by", condition=Q(ended_at=None))
        ]


class CoverPart(HeldModel):
    """One person whom this colleague looks after, and not the one who has the rest."""

    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cover", "person"], name="cover_part_once")]
