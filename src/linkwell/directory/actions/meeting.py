"""A group, or a keeper for it, says when and where it meets and whom it is for. In the directory at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import geography
from linkwell.directory.actions.keeping import index_words, keep_change
from linkwell.directory.actions.parts import PLACES_AND_TIMES, RULES
from linkwell.directory.actions.provenance import corrected
from linkwell.directory.actions.room import locked, now_right
from linkwell.directory.editing import Change
from linkwell.directory.meeting import (
    AS_NOW,
    PlaceSaid,
    RuleSaid,
    TimeSaid,
    check_place,
    check_rule,
    check_time,
    rule_of_time,
    words_of_time,
)
from linkwell.directory.meeting_words import place_lines, rule_lines, time_lines
from linkwell.directory.models import EligibilityRule, Service, Session, Venue
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.directory.queries.meeting import places_of, rules_of, times_of
from linkwell.kernel.errors import Invalid, NotFound

MOST = 40
_PARTS: dict[str, tuple[type[Model], str, Callable[[Service], list[str]]]] = {
    "place": (Venue, PLACES_AND_TIMES, lambda row: place_lines(places_of(row))),
    "time": (Session, PLACES_AND_TIMES, lambda row: time_lines(times_of(row))),
    "rule": (EligibilityRule, RULES, lambda row: rule_lines(rules_of(row))),
}


@action(KEEP_LISTING)
def say_place(*, scope: Scope, service_id: UUID, part_id: UUID | None, said: PlaceSaid, asked_by: str) -> None:
    """Add a place, or change one. Where its postcode is known, it is on the map. Raises Invalid."""
    said = check_place(said)
    at = geography.place(said.postcode) if said.postcode else None
    columns = {
        "name": said.name[:500],
        "address": said.address,
        "postcode": said.postcode,
        "getting_there": said.getting_there,
        "step_free": said.step_free,
    }
    point = {"latitude": at.latitude if at else None, "longitude": at.longitude if at else None}
    _say(scope, service_id, "place", part_id, columns | point, asked_by)


@action(KEEP_LISTING)
def say_time(*, scope: Scope, service_id: UUID, part_id: UUID | None, said: TimeSaid, asked_by: str) -> None:
    """Add a regular time, or change one; what a group said of single days stays with it. Raises Invalid."""
    check_time(said)
    if said.venue_id is not None and not Venue.objects.filter(service_id=service_id, pk=said.venue_id).exists():
        raise Invalid({"venue_id": "Choose one of your places."})
    columns: dict[str, Any] = {
        "weekday": said.weekday,
        "starts_at": said.starts_at,
        "ends_at": said.ends_at,
        "valid_until": said.until,
        "venue_id": said.venue_id,
        "term_time": said.term_time,
    }
    if said.rhythm != AS_NOW:
        columns |= {"rule": rule_of_time(said), "begins_on": said.begins_on, "words": words_of_time(said)}
    _say(scope, service_id, "time", part_id, columns, asked_by)


@action(KEEP_LISTING)
def say_rule(*, scope: Scope, service_id: UUID, part_id: UUID | None, said: RuleSaid, asked_by: str) -> None:
    """Add a rule of whom it is for, or change one. Raises Invalid."""
    said = check_rule(said)
    columns = {"kind": said.kind.value, "values": list(said.values), "must": said.must, "words": said.words}
    _say(scope, service_id, "rule", part_id, columns | {"from_feed": False}, asked_by)


@action(KEEP_LISTING)
def take_part_away(*, scope: Scope, service_id: UUID, what: str, part_id: UUID, asked_by: str) -> None:
    """A place, a time or a rule is no more. Raises NotFound."""
    row = locked(scope, service_id)
    model, _, lines = _part(what)
    before = lines(row)
    gone, _ = model._default_manager.filter(service=row, pk=part_id).delete()
    if not gone:
        raise NotFound
    _told(scope, row, what, before, asked_by)


def _say(
    scope: Scope, service_id: UUID, what: str, part_id: UUID | None, columns: dict[str, Any], asked_by: str
) -> None:
    row = locked(scope, service_id)
    model, _, lines = _part(what)
    before = lines(row)
    rows = model._default_manager.filter(service=row)
    if part_id is None:
        if rows.count() >= MOST:
            raise Invalid({"": f"There can be {MOST}. Take one away first."})
        model._default_manager.create(organisation_id=row.organisation_id, service=row, **columns)
    elif not rows.filter(pk=part_id).update(**columns):
        raise NotFound
    _told(scope, row, what, before, asked_by)


def _part(what: str) -> tuple[type[Model], str, Callable[[Service], list[str]]]:
    if what not in _PARTS:
        raise NotFound
    return _PARTS[what]


def _told(scope: Scope, row: Service, what: str, before: list[str], asked_by: str) -> None:
    """What changed is kept in words; a feed does not take it back; whoever changes something says the rest is right."""
    _, part, lines = _part(what)
    after = lines(row)
    if after != before:
        corrected(row, {}, {part: None}, asked_by)
        keep_change(scope, row, [Change(what, before, after)], asked_by, "taken")
        index_words(row)
    now_right(row, asked_by)
    row.save(update_fields=["details_confirmed_at", "details_confirmed_by"])
    audit.record(scope, "changed", "service", row.pk, fields=(f"{what}s",))
