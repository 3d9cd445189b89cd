"""Months of the report that were signed off, as they stood then, and how many people each GP practice has."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel
from linkwell.core.row_security import APPEND_ONLY, RowSecurity


class SignedMonth(HeldModel):
    """A month as somebody signed it off. Never changed: what is corrected later is shown beside it."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    month = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "month"], name="signed_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="signed_month_is_a_month"),
        ]


class SignedRow(HeldModel):
    """One row behind one number of a signed month, with what it is filtered by."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    signed = models.ForeignKey(SignedMonth, on_delete=models.PROTECT, related_name="rows")
    number = models.CharField(max_length=40)
    # Which line of a number that is broken down: a reason, a kind, a need.
    key = models.CharField(max_length=60, blank=True)
    row_id = models.UUIDField()
    # Ids only, so that the row can be found again: what it says is read where it stands now.
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    referral_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    practice = models.CharField(max_length=200, blank=True)
    referrer = models.CharField(max_length=200, blank=True)
    # What is added up or compared where a number is not a count: days waited, parts of a full-time post.
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["signed", "number", "key"], name="signed_row_of")]


class PracticeSize(HeldModel):
    """How many people a GP practice has on its list, counted on a day. The newest before a month's end counts."""

    # The name of the practice, folded as records are compared (`impact.names.folded`), and as it was typed.
    practice = models.CharField(max_length=200)
    shown = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "practice", "counted_on"], name="practice_size_once_a_day"),
            models.CheckConstraint(condition=Q(people__gt=0), name="practice_size_somebody"),
        ]
