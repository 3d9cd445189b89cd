"""Two people who live or come together. Nothing is shared but the fact, and that only where both agreed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, one_of
from linkwell.people.models.person import Person


class Relationship(models.TextChoices):
    PARTNER = "partner", "Partner"
    FAMILY = "family", "Family"
    HOUSEHOLD = "household", "Lives in the same home"
    CARER = "carer", "One cares for the other"


class HouseholdLink(HeldModel):
    """Two people of one holder who belong together. Each is asked alone; until both agree no page names the other.

    The pair is kept in the order of their ids, so that it is there once. For a carer, `carer` says which of the two.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    relationship = models.CharField(max_length=10, choices=Relationship.choices)
    # None while nobody has asked them alone.
    one_agreed = models.BooleanField(null=True)
    one_asked_at = models.DateTimeField(null=True)
    other_agreed = models.BooleanField(null=True)
    other_asked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("relationship", Relationship, "household_relationship"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="household_in_order"),
            models.CheckConstraint(
                condition=Q(carer=None) | Q(carer=F("one")) | Q(carer=F("other")), name="household_carer_is_one"
            ),
            models.CheckConstraint(
                condition=Q(one_agreed=None, one_asked_at=None)
                | Q(one_agreed__isnull=False, one_asked_at__isnull=False),
                name="household_one_asked",
            ),
            models.CheckConstraint(
                condition=Q(other_agreed=None, other_asked_at=None)
                | Q(other_agreed__isnull=False, other_asked_at__isnull=False),
                name="household_other_asked",
            ),
            models.UniqueConstraint(fields=["one", "other"], condition=Q(ended_at=None), name="household_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["other"], name="household_other", condition=Q(ended_at=None))]
