"""Where and when: places, regular times as calendar rules, and the dates that differ."""

from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS
from linkwell.directory.models.services import Service, Way


class Venue(HeldModel):
    """A place where a service happens."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="venues")
    name = models.CharField(max_length=500, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    getting_there = models.TextField(blank=True)
    step_free = models.BooleanField(null=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="venue_on_earth",
            )
        ]


class Session(HeldModel):
    """A regular time at which a service runs, told as a calendar rule in London's time.

    `rule` is an RFC 5545 recurrence rule ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1TH,3TH"), "" for
    every week on `weekday`. It counts from `begins_on`, and holds from `valid_from` until `valid_until`, both days
    included. `weekday` is 0 for Monday; None for a time without a weekday, which only `words` tell. A rule of
    several weekdays is one row for each. With `term_time` it rests in the school holidays of the directory.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sessions")
    venue = models.ForeignKey(Venue, null=True, on_delete=models.SET_NULL, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    rule = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    term_time = models.BooleanField(default=False)
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    words = models.TextField(blank=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(weekday=None) | models.Q(weekday__range=(0, 6)), name="session_weekday"
            ),
            one_of("way", ["", *Way], "session_way"),
        ]


class ChangedDates(HeldModel):
    """Days that differ from the regular times: a break (`runs` False), or an extra or moved session (`runs` True).

    Both days are included. With `session` it is about that time only, otherwise about the whole service.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changed_dates")
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="changed_dates")
    first_day = models.DateField()
    last_day = models.DateField()
    runs = models.BooleanField(default=False)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    words = models.CharField(max_length=200, blank=True)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="changed_dates_order")
        ]


class SchoolBreak(HeldModel):
    """School holidays of the directory's area: sessions of `term_time` rest on these days."""

    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="school_break_order"),
            models.UniqueConstraint(fields=["organisation", "first_day"], name="school_break_once"),
        ]
