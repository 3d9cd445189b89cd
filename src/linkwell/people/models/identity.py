"""Two records decided to be one person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel
from linkwell.people.models.person import Person


class IdentityLink(HeldModel):
    """A person decided that two records are one person. Moves no rows; undoing sets `undone_at`."""

    record = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    same_as = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(record=F("same_as")), name="identity_not_itself"),
            models.UniqueConstraint(fields=["record", "same_as"], condition=Q(undone_at=None), name="identity_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="identity_undone_pair",
            ),
        ]
