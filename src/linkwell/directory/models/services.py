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
    online = models.BooleanField(default=False)
    step_free = models.BooleanField(null=True)
    how_to_join = models.CharField(max_length=40, blank=True)
    contact = models.CharField(max_length=1000, blank=True)
    alert = models.TextField(blank=True)
    first_visit = models.TextField(blank=True)
    who_for = models.TextField(blank=True)
    assured_on = models.DateField(null=True)
    room = models.CharField(max_length=10, choices=ServiceRoom.choices, default=ServiceRoom.UNKNOWN)
    room_weeks = models.PositiveSmallIntegerField(null=True)
    room_said_at = models.DateTimeField(null=True)
    room_said_by = models.CharField(max_length=120, blank=True)
    details_confirmed_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            one_of("status", ServiceStatus, "service_status"),
            one_of("room", ServiceRoom, "service_room"),
            models.UniqueConstraint(
                fields=["source", "feed_id"], condition=~models.Q(feed_id=""), name="service_once_per_feed"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="service_search"),
            GinIndex(fields=["kinds"], name="service_kinds"),
            GinIndex(fields=["needs"], name="service_needs"),
        ]


class Venue(HeldModel):
    """A place where a service happens."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="venues")
    name = models.CharField(max_length=500, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    getting_there = models.TextField(blank=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="venue_on_earth",
            )
        ]


class Session(HeldModel):
    """A regular time at which a service runs. `weekday` is 0 for Monday; None for a time without a weekday."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sessions")
    venue = models.ForeignKey(Venue, null=True, on_delete=models.SET_NULL, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    words = models.TextField(blank=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(weekday=None) | models.Q(weekday__range=(0, 6)), name="session_weekday"
            )
        ]
