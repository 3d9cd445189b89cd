"""Drop-in clinics at a practice, and the times in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Organisation, Team
from linkwell.casework.models import Appointment
from linkwell.core.held import StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import RowSecurity, held
from linkwell.groupwork.states import CLINIC, SLOT
from linkwell.referrals.models import Referral

# The practice reads the clinics held in its rooms; only the team that holds a clinic changes it.
_OURS = held()
_SEEN_BY_PRACTICE = RowSecurity(f"{_OURS.read} OR {held('practice_id').read}", _OURS.write)


class WhoBooks(models.TextChoices):
    TEAM = "team", "Only our team"
    PRACTICE = "practice", "Only the practice"
    BOTH = "both", "The practice and our team"


class Clinic(StatefulModel):
    """Some hours in a room of a practice, in which one worker sees people one after another."""

    row_security: ClassVar[RowSecurity] = _SEEN_BY_PRACTICE
    moves: ClassVar[Moves] = CLINIC

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    slot_minutes = models.PositiveSmallIntegerField()
    who_books = models.CharField(max_length=10, choices=WhoBooks.choices)
    # People who came without a time: counted, never named.
    walk_ins = models.PositiveSmallIntegerField(default=0)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(CLINIC, "clinic_state"),
            one_of("who_books", WhoBooks, "clinic_who_books"),
            models.UniqueConstraint(
                fields=["worker", "starts_at"], condition=~Q(state="cancelled"), name="clinic_worker_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "starts_at"], name="clinic_day"),
            models.Index(fields=["practice", "starts_at"], name="clinic_practice"),
        ]


class ClinicSlot(StatefulModel):
    """One time in a clinic. Booked by the team it is an appointment; booked by the practice it is a referral."""

    row_security: ClassVar[RowSecurity] = _SEEN_BY_PRACTICE
    moves: ClassVar[Moves] = SLOT

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="slots")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            state_check(SLOT, "clinic_slot_state"),
            models.UniqueConstraint(fields=["clinic", "starts_at"], name="clinic_slot_once"),
            models.CheckConstraint(
                condition=~Q(state="free") | Q(appointment=None, referral=None), name="clinic_slot_free"
            ),
        ]
