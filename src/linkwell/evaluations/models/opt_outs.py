"""Who opted out, nationally, of uses beyond their care: a dated list, never as numbers."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import APPEND_ONLY, RowSecurity


class OptOutList(HeldModel):
    """A whole list as it was on a day; the newest day counts.

    `marks` are keyed hashes of NHS numbers, one after the other, in order. `key_mark` tells whether this installation's
    key is still the one they were made with: under another key nobody would be found on the list.
    """

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    as_at = models.DateField()
    people = models.PositiveIntegerField()
    marks = models.BinaryField()
    key_mark = models.BinaryField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-as_at", "-created_at"], name="opt_out_list_newest")]
