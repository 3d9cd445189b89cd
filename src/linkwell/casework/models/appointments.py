"""Times agreed with the person."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case
from linkwell.casework.models.conversations import InteractionKind
from linkwell.casework.states import APPOINTMENT
from linkwell.core.held import StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person


class CancelledBy(models.TextChoices):
    PERSON = "person", "The person"
    US = "us", "Us"
    INTERPRETER = "interpreter", "The interpreter"
    VENUE = "venue", "The place"
    NO_ANSWER = "no_answer", "Nobody: we tried, and there was no answer"


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
    cancelled_by = models.CharField(max_length=12, choices=CancelledBy.choices, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    # The appointment this one replaces, when a time was moved.
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")

    class Meta:
        constraints: ClassVar = [
            state_check(APPOINTMENT, "appointment_state"),
            one_of("kind", InteractionKind, "appointment_kind"),
            models.CheckConstraint(
                condition=Q(cancelled_by="") | Q(state="cancelled", cancelled_by__in=CancelledBy.values),
                name="appointment_cancelled_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "worker", "starts_at"], name="appointment_day"),
        ]

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)
