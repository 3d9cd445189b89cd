"""When and where a group meets and whom it is for, row by row, for whoever keeps its listing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.directory.fitting import rule_words
from linkwell.directory.meeting import PlaceSaid, RuleSaid, TimeSaid, note_of, rhythm_of, values_in_words
from linkwell.directory.models import EligibilityRule, RuleKind, SchoolBreak, Service, Venue
from linkwell.directory.permissions import KEEP_LISTING, SEE_LISTING_DESK
from linkwell.directory.queries.details import rule_of
from linkwell.directory.queries.rows import running_sessions
from linkwell.directory.queries.same import shown
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class TimeRow:
    """`said` is None for a time that only words tell. `words` are those of the directory."""

    id: UUID
    said: TimeSaid | None
    weekday: int | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    words: str
    venue_name: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: UUID
    said: PlaceSaid


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`rule` in the words of fitting.rule_words."""

    id: UUID
    said: RuleSaid
    words: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """All of it, for one service."""

    service_id: UUID
    name: str
    times: tuple[TimeRow, ...]
    places: tuple[PlaceRow, ...]
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class BreakRow:
    id: UUID
    name: str
    first_day: dt.date
    last_day: dt.date


@query(KEEP_LISTING)
def meeting_of(scope: Scope, service_id: UUID) -> Meeting:
    """A link sees its own alone. Raises NotFound."""
    if scope.actor_kind is ActorKind.LINK and scope.object_id != service_id:
        raise NotFound
    row = shown(scope.organisation_id, service_id)
    return Meeting(row.pk, row.name, times_of(row), places_of(row), rules_of(row))


@query(SEE_LISTING_DESK)
def school_breaks(scope: Scope) -> tuple[BreakRow, ...]:
    """School holidays that are not over."""
    rows = SchoolBreak.objects.filter(organisation_id=scope.organisation_id, last_day__gte=clock.today())
    return tuple(BreakRow(each.pk, each.name, each.first_day, each.last_day) for each in rows.order_by("first_day"))


def times_of(row: Service) -> tuple[TimeRow, ...]:
    """Called inside an action or query, like the two below."""
    found = []
    for each in running_sessions([row.pk]):
        said = None
        if each.weekday is not None and each.starts_at is not None:
            said = TimeSaid(
                each.weekday,
                each.starts_at,
                each.ends_at,
                rhythm_of(each.rule, each.weekday),
                each.begins_on,
                each.valid_until,
                each.term_time,
                each.venue_id,
                note_of(each.words),
            )
        name = each.venue.name if each.venue is not None else ""
        found.append(TimeRow(each.pk, said, each.weekday, each.starts_at, each.ends_at, each.words, name))
    return tuple(found)


def places_of(row: Service) -> tuple[PlaceRow, ...]:
    venues = Venue.objects.filter(service=row).order_by("name", "pk")
    return tuple(
        PlaceRow(each.pk, PlaceSaid(each.name, each.address, each.postcode, each.getting_there, each.step_free))
        for each in venues
    )


def rules_of(row: Service) -> tuple[RuleRow, ...]:
    found = []
    for each in EligibilityRule.objects.filter(service=row).order_by("kind", "pk"):
        kind = RuleKind(each.kind)
        said = RuleSaid(kind, values_in_words(kind, each.values), each.must, each.words)
        found.append(RuleRow(each.pk, said, rule_words(rule_of(each))))
    return tuple(found)
