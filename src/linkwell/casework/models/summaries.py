"""What goes to the GP practice and the person's own clinicians."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.casework.models.cases import Case
from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity, held_or_shared
from linkwell.people.models import Person


class MessageBack(HeldModel):
    """The summary made at closing for the GP practice and the person's own clinicians, as it was previewed and sent.

    `content` is the message itself (schemas/message_back.json): nothing is added to it after the preview.
    """

    row_security: ClassVar[RowSecurity] = held_or_shared("message_back", "id")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages_back")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    recipient = models.CharField(max_length=200)
    recipient_organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    previewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(sent_at__gte=F("created_at")), name="sent_after_made")
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient_organisation", "-sent_at"], name="message_back_received"),
            models.Index(fields=["case", "-created_at"], name="message_back_case"),
        ]


class SeparateNote(HeldModel):
    """What the person's clinicians need to know and the person must not come upon in their record.

    The only document in which safeguarding or third-party information leaves. Never part of a message back.
    """

    row_security: ClassVar[RowSecurity] = held_or_shared("separate_note", "id")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="separate_notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recipient_organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    about = EncryptedTextField()
    text = EncryptedTextField()
    reason = models.CharField(max_length=300)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="separate_note_says_why")]
        indexes: ClassVar = [
            models.Index(fields=["recipient_organisation", "-created_at"], name="separate_note_received")
        ]
