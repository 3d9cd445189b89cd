"""Safeguarding concerns as a process."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.people.models.person import Person
from linkwell.people.states import CONCERN


class Concern(StatefulModel):
    """A safeguarding concern as a process. Its words are encrypted and leave in no note, export or message."""

    moves: ClassVar[Moves] = CONCERN

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerns")
    about = models.CharField(max_length=120)
    their_words = EncryptedTextField(blank=True)
    what_happened = EncryptedTextField()
    danger_now = models.BooleanField()
    wants = EncryptedTextField(blank=True)
    capacity = EncryptedTextField(blank=True)
    agreed_to_share = models.BooleanField(null=True)
    reason_without_agreement = EncryptedTextField(blank=True)
    raised_by_kind = models.CharField(max_length=10)
    raised_by_id = models.UUIDField(null=True)
    raised_by_name = models.CharField(max_length=120)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lead_told_at = models.DateTimeField(null=True)
    decision = EncryptedTextField(blank=True)
    referred_to = models.CharField(max_length=120, blank=True)
    referral_reference = models.CharField(max_length=60, blank=True)
    outcome = EncryptedTextField(blank=True)
    next_date = models.DateField()

    class Meta:
        constraints: ClassVar = [state_check(CONCERN, "concern_state")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "next_date"], name="concern_queue", condition=~Q(state="closed"))
        ]


class ConcernEntry(HeldModel):
    """One thing done about a concern (a call, a chase, a decision), in order."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    text = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
