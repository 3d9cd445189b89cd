"""A questionnaire sent to somebody's phone, and the link it is answered by."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.casework.models import Case
from linkwell.core.held import HeldModel, one_of
from linkwell.kernel.ids import new_id
from linkwell.outcomes.models.answers import Occasion, Response
from linkwell.people.models import Person


class SentQuestionnaire(HeldModel):
    """Which questionnaire went to whom for which occasion, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=40)
    pack_version = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=9, choices=Occasion.choices)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    response = models.OneToOneField(Response, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("occasion", Occasion, "sent_questionnaire_occasion")]
        indexes: ClassVar = [models.Index(fields=["organisation", "case"], name="sent_questionnaire_case")]


class OwnLink(models.Model):
    """Read before any scope exists: a hash, an end, and the id of what was sent. It says neither who nor what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    organisation_id = models.UUIDField()
    object_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["object_id"], name="own_link_object")]
