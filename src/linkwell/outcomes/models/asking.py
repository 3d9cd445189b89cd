"""What an organisation decided about asking: which, when, who is there for whoever answers, and wording it loaded."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel


class Asking(HeldModel):
    """One row for each organisation, written when it first decides."""

    # Told the same working day when an answer speaks of harming oneself. Nobody: such questionnaires are off.
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Such questionnaires may also be answered alone, from a link.
    clinical_by_link = models.BooleanField(default=False)
    # Asked of everybody, and when.
    packs = ArrayField(models.CharField(max_length=40), default=list)
    occasions = ArrayField(models.CharField(max_length=9), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="asking_once"),
            models.CheckConstraint(
                condition=Q(clinical_by_link=False) | Q(clinician__isnull=False), name="asking_link_needs_clinician"
            ),
        ]


class LoadedPack(HeldModel):
    """A questionnaire whose wording this organisation may use by its own licence. Nobody else sees it."""

    name = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(ended_at=None), name="loaded_pack_one_in_use"
            ),
        ]
