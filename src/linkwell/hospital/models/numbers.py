"""What a hospital counts of itself, month by month."""

from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel


class ProblemMonth(HeldModel):
    """One of the four problems in one month (its first day): `count` of `out_of`, from the activity files."""

    problem = models.CharField(max_length=30)
    month = models.DateField()
    count = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "problem", "month"], name="hospital_problem_month_once"),
            models.CheckConstraint(
                condition=models.Q(count__lte=models.F("out_of")), name="hospital_problem_month_part"
            ),
        ]
