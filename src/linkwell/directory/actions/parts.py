"""What belongs to a listing in rows of its own, told as plain values, and written again from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import Field, Model

from linkwell.directory.eligibility import RuleDraft
from linkwell.directory.mapping import Draft, SessionDraft
from linkwell.directory.models import EligibilityRule, Service, Session, Venue

PLACES_AND_TIMES, RULES = "places_and_times", "rules"
_VENUE = ("name", "address", "postcode", "latitude", "longitude", "getting_there", "step_free")
_SESSION = (
    "weekday", "starts_at", "ends_at", "rule", "begins_on", "valid_from", "valid_until", "term_time", "way", "words",
)  # fmt: skip
_RULE = ("kind", "values", "outline", "must", "words", "from_feed")
PARTS = (PLACES_AND_TIMES, RULES)
# By what a row is known again when a feed changes it: as it was, else by the first of these that fits.
_KNOWN_BY: dict[type[Model], tuple[tuple[str, ...], ...]] = {
    Venue: (_VENUE, ("postcode", "name"), ("postcode",)),
    Session: ((*_SESSION, "venue_id"), _SESSION, ("weekday", "starts_at"), ("weekday",)),
}


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


def in_draft(draft: Draft) -> dict[str, Any]:
    """What a feed says of PARTS, as `told` tells it."""
    rules = [_rule(each) for each in draft.rules]
    said = drafted_places_and_times(draft)
    return {
        PLACES_AND_TIMES: {
            "venues": said["venues"],
            "sessions": [{each: _plain(value) for each, value in time.items()} for time in said["sessions"]],
        },
        RULES: sorted(rules, key=lambda rule: rule["kind"]),
    }


def drafted_places_and_times(draft: Draft) -> dict[str, Any]:
    """The same of places and times, with days and hours as they are kept."""
    number = {venue.feed_id: place for place, venue in enumerate(draft.venues)}
    return {
        "venues": [{each: getattr(venue, each, None) for each in _VENUE} for venue in draft.venues],
        "sessions": [_time(each) | {"venue": _at(each, number)} for each in draft.sessions],
    }


def _time(draft: SessionDraft) -> dict[str, Any]:
    """The columns of a regular time that a feed gives."""
    said = {name: getattr(draft, name, "") for name in _SESSION}
    return said | {"begins_on": draft.begins_on or draft.valid_from}


def _at(time: SessionDraft, number: Mapping[str, int]) -> int | None:
    """A time that names no place is at the only one there is."""
    if time.venue_feed_id:
        return number.get(time.venue_feed_id)
    return 0 if len(number) == 1 else None


def _rule(each: RuleDraft) -> dict[str, Any]:
    said = {"kind": each.kind.value, "values": list(each.values), "must": each.must}
    return {"outline": None, "words": "", "from_feed": True} | said


def write_places_and_times(organisation_id: UUID, said: Mapping[UUID, Any]) -> None:
    """Write these, by service, with days and hours as they are kept. A row that only changed stays, as far as it can be
    known again: what a group said of one of its times hangs on it.
    """
    venues = _write(Venue, _VENUE, organisation_id, {each: value["venues"] for each, value in said.items()})
    times = {
        service_id: [
            {each: time[each] for each in _SESSION}
            | {"venue_id": None if time["venue"] is None else venues[service_id][time["venue"]].pk}
            for time in value["sessions"]
        ]
        for service_id, value in said.items()
    }
    _write(Session, (*_SESSION, "venue_id"), organisation_id, times)


def _write(
    model: type[Any], columns: tuple[str, ...], organisation_id: UUID, said: Mapping[UUID, list[dict[str, Any]]]
) -> dict[UUID, list[Any]]:
    """Rows that say this, for each service in the order in which it was said."""
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for row in model.objects.filter(service_id__in=list(said)).order_by("pk"):
        rows[row.service_id].append(row)
    new: list[Any] = []
    changed: list[Any] = []
    found: dict[UUID, list[Any]] = {}
    for service_id, values in said.items():
        known = _known_again(model, rows[service_id], values)
        for place, value in enumerate(values):
            row = known.get(place)
            if row is None:
                row = known[place] = model(organisation_id=organisation_id, service_id=service_id, **value)
                new.append(row)
            elif any(getattr(row, name) != value[name] for name in columns):
                for name in columns:
                    setattr(row, name, value[name])
                changed.append(row)
        found[service_id] = [known[place] for place in range(len(values))]
    gone = [row.pk for service_id in said for row in rows[service_id]]
    model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_create(new)
    model.objects.bulk_update(changed, [name.removesuffix("_id") for name in columns])
    return found


def _known_again(model: type[Model], rows: list[Any], values: list[dict[str, Any]]) -> dict[int, Any]:
    """Which row says which of the values from now on; those are taken out of `rows`."""
    known: dict[int, Any] = {}
    for names in _KNOWN_BY[model]:
        for place, value in enumerate(values):
            alike = (row for row in rows if all(getattr(row, name) == value[name] for name in names))
            if place not in known and (row := next(alike, None)) is not None:
                known[place] = row
                rows.remove(row)
    return known


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


def _tell_places_and_times(row: Service, value: Any) -> None:
    times = [
        {each: _from_json(Session, each, time[each]) for each in _SESSION} | {"venue": time["venue"]}
        for time in value["sessions"]
    ]
    write_places_and_times(row.organisation_id, {row.pk: value | {"sessions": times}})


def _tell_rules(row: Service, value: Any) -> None:
    EligibilityRule.objects.filter(service=row).delete()
    EligibilityRule.objects.bulk_create(
        [EligibilityRule(organisation_id=row.organisation_id, service=row, **each) for each in value]
    )


_WRITERS: dict[str, Callable[[Service, Any], None]] = {
    PLACES_AND_TIMES: _tell_places_and_times,
    RULES: _tell_rules,
}
