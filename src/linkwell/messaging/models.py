"""Every message out of Linkwell, and the threads in which a team talks with referrers and groups."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.messaging.states import MESSAGE
from linkwell.people.models import Person


class Channel(models.TextChoices):
    EMAIL = "email", "e-mail"
    TEXT = "text", "text message"
    LETTER = "letter", "letter"


class Audience(models.TextChoices):
    """Who a message is to. Only `person` passes the safe-contact answers; all pass the content rules."""

    PERSON = "person", "the person"
    REFERRER = "referrer", "the referrer"
    GROUP = "group", "a community group"
    GP = "gp", "the GP practice"
    STAFF = "staff", "a colleague"
    PARENT = "parent", "a parent or carer of a child"


class Message(StatefulModel):
    """One message to one address. Its words hold no need, no service name and no surname."""

    moves: ClassVar[Moves] = MESSAGE

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    template = models.CharField(max_length=60)
    address = EncryptedTextField()
    subject = models.CharField(max_length=200, blank=True)
    body = EncryptedTextField()
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    # The same event never makes two messages.
    once_key = models.CharField(max_length=120)
    held_reason = models.CharField(max_length=200, blank=True)
    provider_reference = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    # Set while Linkwell will try again by itself: only when the provider surely did not take the message.
    attempts = models.PositiveSmallIntegerField(default=0)
    try_again_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(MESSAGE, "message_state"),
            one_of("audience", Audience, "message_audience"),
            one_of("channel", Channel, "message_channel"),
            models.UniqueConstraint(fields=["organisation", "once_key"], name="message_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at"], name="message_newest"),
            models.Index(fields=["organisation", "person", "-created_at"], name="message_person"),
            # A lead's start page counts what needs attention: few rows among all that was ever sent.
            models.Index(
                fields=["organisation", "-created_at"],
                name="message_needs_attention",
                condition=Q(state__in=["held", "unknown", "bounced"], try_again_at=None),
            ),
        ]


class ThreadPost(HeldModel):
    """One post in the conversation about a referral or an onward referral."""

    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    author_kind = models.CharField(max_length=10)
    author_name = models.CharField(max_length=120)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "about_id", "id"], name="thread_about")]


class ThreadRead(HeldModel):
    """How far somebody has read in the thread about one thing: what came later is marked as new for them."""

    about_id = models.UUIDField()
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "reader", "about_id"], name="thread_read_once")
        ]
