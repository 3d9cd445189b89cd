"""Times agreed with the person."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.casework.models.cases import Case
from linkwell.casework.models.conversations import InteractionKind
from linkwell.casework.states import APPOINTMENT
from linkwell.core.held import StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person


class Appointment(StatefulModel):
    """A time agreed with the person."""

    moves: ClassVar[Moves] = APPOINTMENT

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=InteractionKind.choices)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    place = models.CharField(max_length=300, blank=True)
    agreed_with_person = models.BooleanField(default=True)
    # The appointment this one replaces, when a time was moved.
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")

    class Meta:
        constraints: ClassVar = [
            state_check(APPOINTMENT, "appointment_state"),
            one_of("kind", InteractionKind, "appointment_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "worker", "starts_at"], name="appointment_day"),
        ]
