"""How long a record is kept: holds that stop it from going, and what was let go, by whom."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.people.models.person import Person
from linkwell.people.states import DISPOSAL


class DisposalKind(models.TextChoices):
    """Which timer ran out."""

    ADULT = "adult", "record of an adult"
    CHILD = "child", "record of a child"
    REFERRAL = "referral", "referral that led to no support"
    ASKED = "asked", "erased because somebody asked"


class RetentionHold(HeldModel):
    """A reason to keep a record however old it is: an inquiry, a claim, somebody's wish. It stands until ended."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="retention_holds")
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hold_ended_pair",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "person"], name="hold_open", condition=Q(ended_at=None))
        ]


class Disposal(StatefulModel):
    """One record proposed to go, agreed by a second person, and gone. Holds ids and counts, never what was in it."""

    moves: ClassVar[Moves] = DISPOSAL

    kind = models.CharField(max_length=10, choices=DisposalKind.choices)
    records = ArrayField(models.UUIDField())
    due_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    gone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            state_check(DISPOSAL, "disposal_state"),
            one_of("kind", DisposalKind, "disposal_kind"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")), name="disposal_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "gone"]) | Q(agreed_by__isnull=False), name="disposal_agreed_by"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state", "-created_at"], name="disposal_state")]
