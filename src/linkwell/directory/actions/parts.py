"""What belongs to a listing in rows of its own, told as plain values, and written again from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import Field, Model

from linkwell.directory.models import EligibilityRule, Service, Session, Venue

PLACES_AND_TIMES, RULES = "places_and_times", "rules"
_VENUE = ("name", "address", "postcode", "latitude", "longitude", "getting_there", "step_free")
_SESSION = (
    "weekday", "starts_at", "ends_at", "rule", "begins_on", "valid_from", "valid_until", "term_time", "way", "words",
)  # fmt: skip
_RULE = ("kind", "values", "outline", "must", "words", "from_feed")
PARTS = (PLACES_AND_TIMES, RULES)


def told(row: Service, name: str) -> Any:
    """A column of the service, or one of PARTS, as JSON can hold it."""
    if name == PLACES_AND_TIMES:
        return _places_and_times(row)
    if name == RULES:
        rules = EligibilityRule.objects.filter(service=row).order_by("kind", "pk")
        return [{each: getattr(rule, each) for each in _RULE} for rule in rules]
    return _plain(getattr(row, name))


def tell(row: Service, name: str, value: Any) -> None:
    """Say what `told` gave. A column is set and not yet saved; the rows of a part are written where they differ."""
    if name not in PARTS:
        setattr(row, name, _from_json(Service, name.removesuffix("_id"), value))
    elif told(row, name) != value:
        _WRITERS[name](row, value)


def _from_json(model: type[Model], name: str, value: Any) -> Any:
    return cast("Field[Any, Any]", model._meta.get_field(name)).to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def _places_and_times(row: Service) -> dict[str, Any]:
    venues = list(Venue.objects.filter(service=row).order_by("name", "postcode", "address", "pk"))
    number = {venue.pk: place for place, venue in enumerate(venues)}
    times = Session.objects.filter(service=row).order_by("weekday", "starts_at", "words", "pk")
    return {
        "venues": [{each: getattr(venue, each) for each in _VENUE} for venue in venues],
        "sessions": [
            {each: _plain(getattr(time, each)) for each in _SESSION}
            | {"venue": number[time.venue_id] if time.venue_id else None}
            for time in times
        ],
    }


def _write_places_and_times(row: Service, value: Any) -> None:
    Session.objects.filter(service=row).delete()
    Venue.objects.filter(service=row).delete()
    held = {"organisation_id": row.organisation_id, "service": row}
    venues = Venue.objects.bulk_create([Venue(**held, **each) for each in value["venues"]])
    Session.objects.bulk_create(
        [
            Session(
                **held,
                venue=None if time["venue"] is None else venues[time["venue"]],
                **{each: _from_json(Session, each, time[each]) for each in _SESSION},
            )
            for time in value["sessions"]
        ]
    )


def _write_rules(row: Service, value: Any) -> None:
    EligibilityRule.objects.filter(service=row).delete()
    EligibilityRule.objects.bulk_create(
        [EligibilityRule(organisation_id=row.organisation_id, service=row, **each) for each in value]
    )


_WRITERS: dict[str, Callable[[Service, Any], None]] = {
    PLACES_AND_TIMES: _write_places_and_times,
    RULES: _write_rules,
}
