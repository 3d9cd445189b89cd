"""A referral added to support that goes on, and support handed over to another organisation."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.casework.models.cases import Case
from linkwell.casework.states import HAND_OVER
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person
from linkwell.referrals.models import Referral

# The parts of a record that may go along, each as a copy in words.
KINDS = {
    "about_me": "About me, in their own words",
    "plan": "Their plan",
    "conversations": "Notes of our conversations",
    "access": "What they need to be understood and to take part",
}


class JoinedReferral(HeldModel):
    """A referral about somebody the team supports already, added to that support by a person's decision."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joined")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="joined_to")
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class HandOverReason(models.TextChoices):
    MOVED = "moved", "They have moved, or will move"
    WISH = "wish", "They would rather be supported there"
    BETTER = "better", "That team can support them better"


class HandOver(StatefulModel):
    """An offer to another organisation to support this person from now on. Ours until they have accepted.

    Only `referral_id` points across: what they were given is a copy that they hold.
    """

    moves: ClassVar[Moves] = HAND_OVER

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_overs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    referral_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=12)
    reason = models.CharField(max_length=10, choices=HandOverReason.choices)
    why = models.TextField()
    parts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # What becomes of things still open here once they have accepted.
    still_open_note = models.TextField(blank=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    # By when they should have answered; None once they have, or it was taken back.
    next_date = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(HAND_OVER, "hand_over_state"),
            one_of("reason", HandOverReason, "hand_over_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="hand_over_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="offered", next_date__isnull=False, decided_at=None)
                | (~Q(state="offered") & Q(next_date=None, decided_at__isnull=False)),
                name="hand_over_has_a_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "next_date"], name="hand_over_due", condition=Q(state="offered"))
        ]
