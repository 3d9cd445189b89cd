"""How groups keep their listing true: who may, by which links, what they changed, and when they were asked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import HELD, RowSecurity
from linkwell.directory.models.services import RoomSource, Service, ServiceRoom
from linkwell.directory.states import LISTING_CHANGE, LISTING_CLAIM
from linkwell.kernel.ids import new_id


class Steward(HeldModel):
    """Somebody who keeps a listing for their group. Known by an e-mail address alone: no account is needed."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="stewards")
    email = models.EmailField()
    name = models.CharField(max_length=80, blank=True)
    # The keeper who let them in; None for one who came by a link sent to the listing's own address.
    let_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "email"], condition=Q(ended_at=None), name="steward_once_for_each_service"
            )
        ]


class ListingClaim(StatefulModel):
    """Somebody whose address the listing does not know asks to keep it: a keeper looks before anything is opened."""

    moves: ClassVar[Moves] = LISTING_CLAIM

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="claims")
    email = models.EmailField()
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=500)
    next_date = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            state_check(LISTING_CLAIM, "listing_claim_state"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_date__isnull=False), name="listing_claim_next_date"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "next_date"], name="listing_claim_waiting", condition=Q(state="waiting")
            )
        ]


class ListingChange(StatefulModel):
    """What a group asked to change in its listing: [{"field", "before", "after"}], in the words of the page.

    A change nobody could be harmed by is taken at once; a risky one waits for a keeper.
    """

    moves: ClassVar[Moves] = LISTING_CHANGE

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="asked_changes")
    changes = models.JSONField()
    risky = models.BooleanField()
    asked_by = models.CharField(max_length=120)
    next_date = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(LISTING_CHANGE, "listing_change_state"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_date__isnull=False), name="listing_change_next_date"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "next_date"], name="listing_change_wait", condition=Q(state="waiting")
            ),
            models.Index(fields=["service", "-created_at"], name="listing_change_service"),
        ]


class LinkPurpose(models.TextChoices):
    """What a link in an e-mail to a group opens, and nothing else."""

    CLAIM = "claim", "take over the listing"
    RIGHT = "right", "say that the details are still right"
    ROOM = "room", "say whether there is room"
    KEEP = "keep", "the group's own page"


class ListingLink(models.Model):
    """A link in an e-mail to a group about its listing. Read before any scope exists: a hash, one purpose, an end.

    `code_hash` is the one-time code that opens what is more than one tap; `opened_until` is how long it then stays
    open for the browser that holds the token whose hash is `browser_hash`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    organisation_id = models.UUIDField()
    service_id = models.UUIDField()
    steward_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=10, choices=LinkPurpose.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    browser_hash = models.CharField(max_length=64, blank=True)
    opened_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("purpose", LinkPurpose, "listing_link_purpose")]
        indexes: ClassVar = [models.Index(fields=["service_id"], name="listing_link_service")]


class RoomStatement(HeldModel):
    """One word of a group on room, as it was said: the newest is on the service, the rest show how it went."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="room_statements")
    room = models.CharField(max_length=10, choices=ServiceRoom.choices)
    weeks = models.PositiveSmallIntegerField(null=True)
    places = models.PositiveSmallIntegerField(null=True)
    said_by = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, choices=RoomSource.choices)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            one_of("room", ServiceRoom, "room_statement_room"),
            one_of("source", RoomSource, "room_statement_source"),
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-created_at"], name="room_statement_service")]


class Upkeep(HeldModel):
    """When a group was last asked whether its listing is still right, and how often it has stayed silent since."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="upkeep")
    asked_on = models.DateField(null=True)
    times_silent = models.PositiveSmallIntegerField(default=0)
    # The group asked not to be written to, or its address came back.
    do_not_write = models.BooleanField(default=False)

    row_security: ClassVar[RowSecurity] = HELD
