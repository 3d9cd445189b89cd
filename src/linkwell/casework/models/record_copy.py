"""What was entered in the GP record by hand, and the codes an organisation uses there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of


class EntryKind(models.TextChoices):
    """What is entered. The first two have published codes; for the others each organisation may say its own."""

    FIRST = "first", "First conversation of accepted support"
    DECLINED = "declined", "Referral the person did not want"
    CONVERSATION = "conversation", "Later conversation"
    ENDED = "ended", "Support ended"


class RecordCopy(HeldModel):
    """Somebody pasted an entry into the GP record, and says so with their initials. `object_id`: what it is about."""

    kind = models.CharField(max_length=14, choices=EntryKind.choices)
    object_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    code = models.CharField(max_length=18, blank=True)
    initials = models.CharField(max_length=6)
    entered_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("kind", EntryKind, "record_copy_kind"),
            models.UniqueConstraint(fields=["kind", "object_id"], name="record_copy_once"),
            models.CheckConstraint(condition=~Q(initials=""), name="record_copy_by_somebody"),
        ]


class RecordCode(HeldModel):
    """The SNOMED CT code an organisation uses for a kind of entry that has no published one."""

    kind = models.CharField(max_length=14, choices=EntryKind.choices)
    code = models.CharField(max_length=18)
    words = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["conversation", "ended"]), name="record_code_kind"),
            models.UniqueConstraint(fields=["organisation", "kind"], name="record_code_once"),
        ]
