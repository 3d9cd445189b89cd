"""Files attached to a referral, a case or an onward referral: what is known of each, and apart from it its bytes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.attachments.states import ATTACHMENT
from linkwell.core.fields import EncryptedBytesField, EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import RowSecurity, held, held_or_shared
from linkwell.people.models import Person


class FileKind(models.TextChoices):
    """What the bytes are, whatever the name said."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "photo"
    PNG = "png", "picture"
    TEXT = "text", "text"


class Attachment(StatefulModel):
    """One file about one thing, held with it. Whoever a referral's answers are shared with may see the referral's."""

    row_security: ClassVar[RowSecurity] = held_or_shared("referral", "about_id")
    moves: ClassVar[Moves] = ATTACHMENT

    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    # The message of a thread it came with.
    came_with = models.UUIDField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # Encrypted: people name files after what is in them.
    name = EncryptedTextField()
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=120)
    # Sent on to a group with an onward referral: a copy, of which the first stays where it was.
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_again_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(ATTACHMENT, "attachment_state"),
            one_of("kind", FileKind, "attachment_kind"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(state__in=["removed", "gone"]), name="attachment_removed_pair"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "about_id", "id"], name="attachment_about"),
            models.Index(fields=["organisation"], name="attachment_unchecked", condition=Q(state="unchecked")),
            models.Index(
                fields=["organisation", "removed_at"], name="attachment_removed", condition=Q(state="removed")
            ),
        ]


class AttachmentBytes(HeldModel):
    """The bytes themselves, encrypted, so that a list of files never reads them. Who sees the file may read them."""

    row_security: ClassVar[RowSecurity] = RowSecurity(
        f"{held().read} OR EXISTS (SELECT FROM attachments_attachment a WHERE a.id = attachment_id)",
        held().write,
    )

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="bytes")
    content = EncryptedBytesField()
