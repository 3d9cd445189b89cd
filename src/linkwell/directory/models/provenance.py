"""Who said what a service says: its feed, or somebody here; and what is held back until somebody has looked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import HELD, RowSecurity
from linkwell.directory.models.services import Service


class FeedWords(HeldModel):
    """What the feed itself says, field by field, and since when it has said so.

    A column of the service differs from it where somebody here said better, or where something personal is held back.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="feed_words")
    said = models.JSONField()
    since = models.JSONField()

    row_security: ClassVar[RowSecurity] = HELD


class Correction(HeldModel):
    """One field as somebody here said it. It outlives every harvest, until somebody takes the feed's words instead.

    `feed_value` is what the feed said when that was decided; `feed_now` is there when the feed has since said something
    else, and is what a keeper chooses about.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    feed_value = models.JSONField(null=True)
    feed_now = models.JSONField(null=True)
    differs_since = models.DateTimeField(null=True)
    said_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "field"], condition=Q(ended_at=None), name="correction_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "differs_since"],
                name="correction_differs",
                condition=Q(ended_at=None, differs_since__isnull=False),
            )
        ]


class PersonalDecision(models.TextChoices):
    WAITING = "waiting", "waiting for somebody to look"
    SHOW = "show", "may be shown"
    LEAVE_OUT = "leave_out", "left out"


class PersonalDetail(HeldModel):
    """Something in the words of a feed that may be one person's own: held back until a keeper has decided, for good."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="personal_details")
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=PersonalDecision.choices, default=PersonalDecision.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            one_of("decision", PersonalDecision, "personal_detail_decision"),
            models.UniqueConstraint(fields=["service", "field", "words"], name="personal_detail_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "created_at"], name="personal_detail_waiting", condition=Q(decision="waiting")
            )
        ]


class LinkCheck(HeldModel):
    """Whether a service's web address led somewhere when it was last tried."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="link_check")
    url = models.CharField(max_length=500)
    checked_at = models.DateTimeField()
    works = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)

    row_security: ClassVar[RowSecurity] = HELD


class Publishing(HeldModel):
    """Whether the organisation gives its directory to everybody in the layout of the standard."""

    published = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation"], name="publishing_once")]
