"""How to reach the person safely, and who is around them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, one_of
from linkwell.people.models.person import Person, ToldBy


class ContactKind(models.TextChoices):
    MOBILE = "mobile", "Mobile phone"
    LANDLINE = "landline", "Home phone"
    EMAIL = "email", "E-mail"


class ContactPoint(HeldModel):
    """A telephone number or e-mail address, who told us, and whether the person has confirmed it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=254)
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    told_by_name = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("kind", ContactKind, "contact_kind"),
            models.UniqueConstraint(
                fields=["person", "kind", "value"], condition=Q(ended_at=None), name="contact_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "value"], name="contact_value")]


class SafeContact(HeldModel):
    """One answer to "how is it safe to reach you?". The newest counts; older ones are the history.

    A channel is None while nobody has asked. `instruction` keeps people safe and shows to everyone who may
    contact or visit; `reason` is for the safeguarding lead and the worker only.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    asked_alone = models.BooleanField()
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    phone = models.BooleanField(null=True)
    voicemail = models.BooleanField(null=True)
    text = models.BooleanField(null=True)
    email = models.BooleanField(null=True)
    letter = models.BooleanField(null=True)
    best_times = models.CharField(max_length=200, blank=True)
    instruction = models.CharField(max_length=300, blank=True)
    reason = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-created_at"], name="safe_contact_newest")]


class RelatedContact(HeldModel):
    """Somebody around the person: a carer, a relative, a neighbour. Never contacted unless `may_contact`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_contacts")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_carer = models.BooleanField(default=False)
    may_contact = models.BooleanField(default=False)
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    # A carer supported in their own right has a record of their own: opening one never opens the other.
    own_record = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
