"""That somebody has died, and what that stopped."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of
from linkwell.people.models.person import Person


class DeathSource(models.TextChoices):
    """Who told us."""

    FAMILY = "family", "the family or a friend"
    GP = "gp", "the GP practice"
    HOSPITAL = "hospital", "a hospital"
    REGISTER = "register", "the register of deaths"
    FEED = "feed", "another system"
    OTHER = "other", "somebody else"


class Death(HeldModel):
    """That somebody has died. The day may be known in part or not at all. One stands for a record; undone ones stay.

    Nothing but `undo_death` takes it away: no change of details, no later referral, no other system. Only a report that
    another system brought, and that nobody has confirmed, goes when that system takes it back.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deaths")
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=10, choices=DeathSource.choices)
    told_by_name = models.CharField(max_length=120, blank=True)
    confirmed = models.BooleanField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            one_of("source", DeathSource, "death_source"),
            models.UniqueConstraint(fields=["person"], condition=Q(undone_at=None), name="death_once"),
            models.CheckConstraint(
                condition=Q(month=None, day=None)
                | Q(year__isnull=False, month__range=(1, 12), day=None)
                | Q(year__isnull=False, month__range=(1, 12), day__range=(1, 31)),
                name="death_day_needs_month",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False)
                | Q(undone_at__isnull=False, undone_by=None, recorded_by=None, confirmed=False),
                name="death_undone_pair",
            ),
        ]


class StoppedByDeath(HeldModel):
    """One thing that stopped because somebody died: what it was, and whether it was brought back after a mistake."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="stopped")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    # The state it was in, for bringing it back.
    before = models.CharField(max_length=30)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["death", "kind", "object_id"], name="stopped_once"),
        ]
