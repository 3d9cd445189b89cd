"""What the person wants known, what they need, and what worries us."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, one_of
from linkwell.people.models.person import Person


class AboutMe(HeldModel):
    """What the person wants others to know, in their own words (PRSB "About me"). The newest counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="about_me")
    matters_most = models.TextField(blank=True)
    people_important = models.TextField(blank=True)
    how_i_communicate = models.TextField(blank=True)
    my_wellness = models.TextField(blank=True)
    please_do = models.TextField(blank=True)
    please_do_not = models.TextField(blank=True)
    how_and_when = models.TextField(blank=True)
    also_know = models.TextField(blank=True)
    supported_by = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "version"], name="about_me_version")]


class RequirementKind(models.TextChoices):
    INTERPRETER = "interpreter", "Interpreter"
    ACCESS = "access", "Getting in and moving around"
    INFORMATION = "information", "Information and communication"
    ADJUSTMENT = "adjustment", "Reasonable adjustment"
    VISIT = "visit", "Safety on visits"


class Requirement(HeldModel):
    """Something the person needs so that support works: an interpreter, step-free access, large print."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requirements")
    kind = models.CharField(max_length=12, choices=RequirementKind.choices)
    detail = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("kind", RequirementKind, "requirement_kind")]


class HomeAccess(HeldModel):
    """Key safe and getting in. Encrypted, opened with a reason, never exported."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="home_access")
    note = EncryptedTextField()
    ended_at = models.DateTimeField(null=True)


class Risk(HeldModel):
    """A risk somebody recorded, or the explicit statement that none is known (PRSB asks for one or the other)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="risks")
    none_known = models.BooleanField(default=False)
    detail = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(none_known=True) & Q(detail="")) | (Q(none_known=False) & ~Q(detail="")),
                name="risk_said_or_none",
            )
        ]
