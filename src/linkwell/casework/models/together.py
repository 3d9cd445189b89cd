"""Two people seen together: one event, with a part of its own in each record."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linkwell.casework.models.appointments import Appointment
from linkwell.casework.models.conversations import Interaction
from linkwell.core.held import HeldModel


class JointAppointment(HeldModel):
    """One time for two people: an appointment in each case."""

    one = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="joint_as_one")
    other = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="joint_as_other")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(one=F("other")), name="joint_appointment_of_two")]


class JointVisit(HeldModel):
    """One visit written up for two people.

    The words said with both there stand in both conversations; what each said alone stands in their own only.
    """

    one = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="joint_as_one")
    other = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="joint_as_other")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(one=F("other")), name="joint_visit_of_two")]
