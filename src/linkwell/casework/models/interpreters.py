"""An interpreter for an appointment: from needed to confirmed, or not coming."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linkwell.casework.models.appointments import Appointment
from linkwell.casework.states import INTERPRETER
from linkwell.core.held import StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person


class InterpreterBooking(StatefulModel):
    """One interpreter for one appointment. `wanted` is whom to ask for; `cost` is in pounds, if the team keeps it."""

    moves: ClassVar[Moves] = INTERPRETER

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="interpreter")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=300)
    agency = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    cost = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(INTERPRETER, "interpreter_state"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="interpreter_cost"),
        ]
