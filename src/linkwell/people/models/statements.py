"""What the person says of something in their record, and what of others' words goes into a copy for them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.models.person import Person


class Statement(HeldModel):
    """“I do not agree with this”, in the person's own words, beside what it is about. Neither changes the other."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    text = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="statement_says_something")]
        indexes: ClassVar = [models.Index(fields=["organisation", "about_id", "created_at"], name="statement_about")]


class ThirdPartyChoice(HeldModel):
    """Whether something somebody else told us goes into the copy for the person. Nobody decided: it does not."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    choice = models.CharField(max_length=10)
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("choice", ["include", "leave_out"], "third_party_choice"),
            models.CheckConstraint(condition=~Q(reason=""), name="third_party_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "person", "-created_at"], name="third_party_newest")]
