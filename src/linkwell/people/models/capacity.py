"""Whether somebody can decide one thing, who acts for them, and what was decided in their best interests."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, one_of
from linkwell.people.deciding import ActsAs, Decision
from linkwell.people.models.person import Person

_FOUR = {"understands": True, "remembers": True, "weighs": True, "tells": True}


class CapacityAssessment(HeldModel):
    """Can they decide this, now? By the four questions of the Mental Capacity Act 2005, section 3.

    Always about one decision on one day; the newest for a decision counts. Never changed: asked again instead.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacity_assessments")
    decision = models.CharField(max_length=10)
    in_words = models.CharField(max_length=300)
    assessed_on = models.DateField()
    assessed_by_name = models.CharField(max_length=120)
    understands = models.BooleanField()
    remembers = models.BooleanField()
    weighs = models.BooleanField()
    tells = models.BooleanField()
    can_decide = models.BooleanField()
    # What was done to help them decide, and why the answers are what they are.
    help_given = EncryptedTextField()
    reasons = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("decision", Decision, "capacity_decision"),
            # Unable when any one of the four is missing, and only then.
            models.CheckConstraint(
                condition=Q(can_decide=True, **_FOUR) | (Q(can_decide=False) & ~Q(**_FOUR)),
                name="capacity_four_questions",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "decision", "-created_at"], name="capacity_newest")]


class ActsFor(HeldModel):
    """An attorney, a deputy or an advocate, and whether the document was seen and by whom."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acted_for_by")
    kind = models.CharField(max_length=18)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    document_seen_on = models.DateField(null=True)
    document_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("kind", ActsAs, "acts_for_kind"),
            models.CheckConstraint(
                condition=Q(document_seen_on=None, document_seen_by=None)
                | Q(document_seen_on__isnull=False, document_seen_by__isnull=False),
                name="acts_for_seen_pair",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="acts_for", condition=Q(ended_at=None))]


class BestInterests(HeldModel):
    """What was decided for somebody who could not decide it, by whom, and who was asked about it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="best_interests")
    assessment = models.ForeignKey(CapacityAssessment, on_delete=models.PROTECT, related_name="best_interests")
    decision = models.CharField(max_length=10)
    decided_on = models.DateField()
    decided_by_name = models.CharField(max_length=120)
    agreed = models.BooleanField()
    what_was_decided = EncryptedTextField()
    their_wishes = EncryptedTextField()
    consulted = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("decision", Decision, "best_interests_decision")]
        indexes: ClassVar = [models.Index(fields=["person", "-created_at"], name="best_interests_newest")]
