"""What a team that supports children keeps besides: who is responsible, who decides, and who may be contacted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, one_of
from linkwell.people.deciding import Decision
from linkwell.people.models.person import Person


class LookedAfter(models.TextChoices):
    NOT_ASKED = "not_asked", "not asked"
    NO = "no", "not looked after"
    IN_CARE = "in_care", "looked after by a council"
    CARE_LEAVER = "care_leaver", "has left care"
    KINSHIP = "kinship", "with family or friends instead of care"


class YoungPerson(HeldModel):
    """School and care, as they stand. The newest row counts; older ones are the history."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="young_person")
    school = models.CharField(max_length=160, blank=True)
    looked_after = models.CharField(max_length=12, choices=LookedAfter.choices, default=LookedAfter.NOT_ASKED)
    local_authority = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("looked_after", LookedAfter, "young_looked_after"),
            models.UniqueConstraint(fields=["person", "version"], name="young_person_version"),
        ]


class Responsibility(models.TextChoices):
    """Parental responsibility in law."""

    YES = "yes", "has parental responsibility"
    NO = "no", "does not have parental responsibility"
    NOT_KNOWN = "not_known", "parental responsibility not known"


class HowKnown(models.TextChoices):
    BIRTH_CERTIFICATE = "certificate", "birth certificate seen"
    COURT_ORDER = "order", "court order seen"
    COUNCIL = "council", "told by the council"
    SCHOOL = "school", "told by the school"
    SAID_SO = "said_so", "they said so"
    CHILD = "child", "the young person said so"


class MayContact(models.TextChoices):
    YES = "yes", "may be contacted"
    NO = "no", "do not contact"
    NOT_ASKED = "not_asked", "not asked yet"


class ResponsibleAdult(HeldModel):
    """A parent or another adult around a child. Parents are apart: each has their own answers about contact."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsible_adults")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    responsibility = models.CharField(max_length=10, choices=Responsibility.choices)
    how_known = models.CharField(max_length=12, choices=HowKnown.choices, blank=True)
    may_contact = models.CharField(max_length=10, choices=MayContact.choices)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    # What they said themselves about being written to; None while nobody has asked them.
    safe_text = models.BooleanField(null=True)
    safe_email = models.BooleanField(null=True)
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("responsibility", Responsibility, "adult_responsibility"),
            one_of("may_contact", MayContact, "adult_may_contact"),
            models.CheckConstraint(
                condition=~Q(responsibility="yes") | ~Q(how_known=""), name="adult_responsibility_how"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="adult_of", condition=Q(ended_at=None))]


class OwnDecision(HeldModel):
    """Whether a young person decides one thing for themselves (Gillick): judged by whom, when and why.

    The newest for a decision counts.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="own_decisions")
    decision = models.CharField(max_length=10)
    decides = models.BooleanField()
    judged_by_name = models.CharField(max_length=120)
    judged_on = models.DateField()
    reasons = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("decision", Decision, "own_decision_about")]
        indexes: ClassVar = [models.Index(fields=["person", "decision", "-created_at"], name="own_decision_newest")]
