"""Supervision, apart from any record: that it happened is known to the lead, what was said only to the two."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkwell.accounts.models import Team
from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity

_THE_TWO = (
    "organisation_id = (SELECT linkwell_organisation())"
    " AND current_setting('linkwell.actor') IN (worker_id::text, with_whom_id::text)"
)


class Supervision(HeldModel):
    """One session: whose, with whom, when, and when the next one is. Nothing of what was said."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    with_whom = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    next_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(worker=F("with_whom")), name="supervision_of_two"),
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="supervision_next_later"),
            models.UniqueConstraint(
                fields=["organisation", "worker", "with_whom", "held_on"], name="supervision_once_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "worker", "-held_on"], name="supervision_newest")]


class SupervisionNotes(HeldModel):
    """What the two talked about and agreed. The database itself shows it to nobody else, whatever their role."""

    row_security: ClassVar[RowSecurity] = RowSecurity(_THE_TWO, _THE_TWO)

    supervision = models.OneToOneField(Supervision, on_delete=models.PROTECT, related_name="notes")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    with_whom = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    topics = EncryptedTextField()
    steps = EncryptedTextField(blank=True)
    # Cases that were spoken about, by id: a link, never a name.
    cases = ArrayField(models.UUIDField(), default=list)
