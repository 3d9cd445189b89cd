"""A note that was written on the wrong person's record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.conversations import Interaction
from linkwell.core.held import HeldModel
from linkwell.core.row_security import APPEND_ONLY, RowSecurity


class MovedInteraction(HeldModel):
    """One conversation moved to the record it belongs to. The wrong one says only that something was moved."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    wrong = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="moved_away")
    # Not a foreign key: the two records are two people's, and each may go without the other.
    right_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="moved_says_why")]
