"""Safety on visits: who is where, until when, and who finds out if they do not say that they are out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.accounts.models import Team
from linkwell.casework.models import Appointment
from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person
from linkwell.workforce.states import VISIT


class Visit(StatefulModel):
    """A worker on their own with somebody. `told` counts how far the alarm has gone: buddy, duty person, leads."""

    moves: ClassVar[Moves] = VISIT

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    # Who rings first if they are not back; without one the duty person does.
    buddy = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Where they are, when it is not the person's own address.
    place = EncryptedTextField(blank=True)
    started_at = models.DateTimeField()
    out_by = models.DateTimeField()
    out_at = models.DateTimeField(null=True)
    told = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    looked_for_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    looked_for_at = models.DateTimeField(null=True)
    # Said by somebody else than the worker when they were found.
    found_note = EncryptedTextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(VISIT, "visit_state"),
            models.CheckConstraint(condition=Q(out_by__gt=F("started_at")), name="visit_period"),
            models.CheckConstraint(condition=~Q(worker=F("buddy")) | Q(buddy=None), name="visit_buddy_is_another"),
            models.CheckConstraint(
                condition=Q(state="out", out_at__isnull=False) | (~Q(state="out") & Q(out_at=None)),
                name="visit_out_pair",
            ),
            models.CheckConstraint(
                condition=Q(looked_for_by=None, looked_for_at=None)
                | Q(looked_for_by__isnull=False, looked_for_at__isnull=False),
                name="visit_looked_for_pair",
            ),
            models.UniqueConstraint(
                fields=["organisation", "worker"], condition=~Q(state="out"), name="visit_one_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "out_by"], name="visit_going_on", condition=~Q(state="out")),
            models.Index(fields=["organisation", "worker", "-started_at"], name="visit_newest"),
        ]
