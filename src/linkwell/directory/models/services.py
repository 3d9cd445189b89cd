"""What a service says of itself: who runs it, what, for whom, where, when, and whether there is room."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS
from linkwell.directory.models.feeds import Source


class CommunityOrganisation(HeldModel):
    """Whoever runs services: a charity, a club, a church hall committee, a council team."""

    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    feed_id = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # Where it is registered, as org-id.guide writes it: "GB-CHC-1234567".
    registered_as = models.CharField(max_length=80, blank=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "feed_id"], condition=~models.Q(feed_id=""), name="community_organisation_once"
            )
        ]


class ServiceStatus(models.TextChoices):
    ACTIVE = "active", "running"
    PAUSED = "paused", "stopped for now"
    WITHDRAWN = "withdrawn", "no longer in its feed"


class ServiceRoom(models.TextChoices):
    """Whether there is room, as the group last said."""

    UNKNOWN = "unknown", "ask if there is room"
    ROOM = "room", "has room"
    FEW = "few", "a few places"
    WAITING = "waiting", "waiting list"
    FULL = "full", "full now"
    ASK_FIRST = "ask_first", "talk to them first"


class RoomSource(models.TextChoices):
    """How the group's word on room reached us."""

    PAGE = "page", "on their own page"
    LINK = "link", "from a link in an e-mail"
    REPLY = "reply", "in answer to an e-mail"
    TOLD = "told", "told to a colleague"
    LISTING = "listing", "in their listing"


class Way(models.TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", "in person"
    ONLINE = "online", "online"
    PHONE = "phone", "by telephone"
    HOME_VISIT = "home_visit", "a visit at home"


class Service(HeldModel):
    """Something a person could go to or use."""

    community_organisation = models.ForeignKey(CommunityOrganisation, on_delete=models.PROTECT, related_name="services")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="services")
    feed_id = models.CharField(max_length=200, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=500)
    description_html = models.TextField(blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE)
    url = models.URLField(max_length=500, blank=True)
    # A picture elsewhere, as the feed names it: led to by a link, never fetched or shown by us.
    picture_url = models.URLField(max_length=500, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    # Where referrals are answered from. Empty means this group is signposted to, not referred to.
    referral_email = models.EmailField(blank=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    # Who it is meant for, or kept by: codes of `vocabulary.TAGS` ("women_only", "faith").
    tags = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=500), default=list)
    access = ArrayField(models.CharField(max_length=500), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    cost = models.TextField(blank=True)
    free = models.BooleanField(null=True)
    # What coming once costs the person, in pence; 0 where it is free; None where it was not told or depends.
    cost_pence = models.PositiveIntegerField(null=True)
    ways = ArrayField(models.CharField(max_length=12), default=list)
    online = models.BooleanField(default=False)
    step_free = models.BooleanField(null=True)
    how_to_join = models.CharField(max_length=40, blank=True)
    join_words = models.TextField(blank=True)
    contact = models.CharField(max_length=1000, blank=True)
    alert = models.TextField(blank=True)
    first_visit = models.TextField(blank=True)
    greeted_by = models.CharField(max_length=200, blank=True)
    who_for = models.TextField(blank=True)
    # Codes of `taxonomy.TERMS`: what it is in more detail than its kinds.
    terms = ArrayField(models.CharField(max_length=60), default=list)
    assured_on = models.DateField(null=True)
    assured_by = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=10, choices=ServiceRoom.choices, default=ServiceRoom.UNKNOWN)
    room_weeks = models.PositiveSmallIntegerField(null=True)
    room_places = models.PositiveSmallIntegerField(null=True)
    room_source = models.CharField(max_length=10, choices=RoomSource.choices, blank=True)
    room_said_at = models.DateTimeField(null=True)
    room_said_by = models.CharField(max_length=120, blank=True)
    # When somebody who can know last said that these details are right: the group itself, or a keeper who asked it.
    details_confirmed_at = models.DateTimeField(null=True)
    details_confirmed_by = models.CharField(max_length=120, blank=True)
    # While it has stopped for now: from when it is expected to run again.
    back_on = models.DateField(null=True)
    # Where a keeper found that two listings are one service: the listing that speaks for both. This one is then kept
    # as its feed has it, and is on no list.
    listed_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    search = SearchVectorField(null=True)
    # Kept by a trigger of the database, so that no way of writing can forget it: the transaction that last changed the
    # service or a part of it. Searching processes read from here what they do not know yet.
    changed_in = models.BigIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            one_of("status", ServiceStatus, "service_status"),
            one_of("room", ServiceRoom, "service_room"),
            one_of("room_source", ["", *RoomSource], "service_room_source"),
            models.CheckConstraint(condition=models.Q(ways__contained_by=Way.values), name="service_ways"),
            models.UniqueConstraint(
                fields=["source", "feed_id"], condition=~models.Q(feed_id=""), name="service_once_per_feed"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="service_search"),
            GinIndex(fields=["kinds"], name="service_kinds"),
            GinIndex(fields=["needs"], name="service_needs"),
            models.Index(fields=["organisation", "changed_in"], name="service_changed"),
        ]
