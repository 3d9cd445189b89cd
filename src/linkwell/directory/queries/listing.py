"""What a group and its keepers read about a listing: what it says, its limits, who keeps it, and what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.directory import editing, trust
from linkwell.directory.editing import Change, Value
from linkwell.directory.models import (
    ChangedDates,
    Limits,
    ListingChange,
    ListingClaim,
    RoomStatement,
    Service,
    Steward,
    Upkeep,
)
from linkwell.directory.permissions import ASK_TO_KEEP, KEEP_LISTING, SEE_LISTING_DESK, SEE_SERVICE
from linkwell.directory.queries.same import listings_of, shown
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound

NEWEST = 20


@dataclass(frozen=True, slots=True)
class LimitsRow:
    """A group's limits on referrals; None and empty mean no limit."""

    a_week: int | None
    needs: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    areas: tuple[str, ...]
    words: str
    set_at: dt.datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class DatesRow:
    """Days that differ; `runs` are extra ones."""

    id: UUID
    first_day: dt.date
    last_day: dt.date
    runs: bool
    starts_at: dt.time | None
    ends_at: dt.time | None
    words: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a group asked to change, and what became of it."""

    id: UUID
    version: int
    state: str
    state_words: str
    changes: tuple[Change, ...]
    asked_by: str
    asked_at: dt.datetime
    answer: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    id: UUID
    version: int
    email: str
    name: str
    words: str
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StewardRow:
    id: UUID
    email: str
    name: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class RoomRow:
    room: str
    weeks: int | None
    places: int | None
    said_by: str
    source_words: str
    said_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing as its group sees it."""

    service_id: UUID
    name: str
    values: dict[str, Value]
    trust: trust.Trust
    limits: LimitsRow | None
    dates: tuple[DatesRow, ...]
    waiting: tuple[ChangeRow, ...]
    kept_by: tuple[StewardRow, ...]


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A listing as a keeper sees it: what waits for them, what was changed, and what the group said of room."""

    service_id: UUID
    name: str
    trust: trust.Trust
    limits: LimitsRow | None
    changes: tuple[ChangeRow, ...]
    claims: tuple[ClaimRow, ...]
    kept_by: tuple[StewardRow, ...]
    rooms: tuple[RoomRow, ...]
    has_address: bool
    asked_on: dt.date | None
    times_silent: int


@query(KEEP_LISTING)
def listing(scope: Scope, service_id: UUID) -> ListingRow:
    """The listing as its group keeps it. A link sees its own alone."""
    if scope.actor_kind is ActorKind.LINK and scope.object_id != service_id:
        raise NotFound
    row = _service(scope, service_id)
    return ListingRow(
        service_id=row.pk,
        name=row.name,
        values=editing.as_it_is(row),
        trust=trust_of(row),
        limits=_limits(row.pk),
        dates=changed_dates(row.pk),
        waiting=_changes(row.pk, waiting=True),
        kept_by=_stewards(row.pk),
    )


@query(SEE_LISTING_DESK)
def listing_desk(scope: Scope, service_id: UUID) -> DeskRow:
    """What a keeper has to know of a listing."""
    row = _service(scope, service_id)
    upkeep = Upkeep.objects.filter(service_id=row.pk).first()
    claims = ListingClaim.objects.filter(service__in=listings_of(row.pk), state="waiting").order_by("created_at")
    return DeskRow(
        service_id=row.pk,
        name=row.name,
        trust=trust_of(row),
        limits=_limits(row.pk),
        changes=_changes(row.pk, waiting=False),
        claims=tuple(
            ClaimRow(each.pk, each.version, each.email, each.name, each.words, each.created_at) for each in claims
        ),
        kept_by=_stewards(row.pk),
        rooms=_rooms(row.pk),
        has_address=bool(own_addresses(row)),
        asked_on=upkeep.asked_on if upkeep else None,
        times_silent=upkeep.times_silent if upkeep else 0,
    )


@query(SEE_SERVICE)
def limits(scope: Scope, service_id: UUID) -> LimitsRow | None:
    """The limits a group set on referrals to it; None where it set none."""
    return _limits(_service(scope, service_id).pk)


@query(ASK_TO_KEEP)
def name_of_listing(scope: Scope, service_id: UUID) -> str:
    """The name alone, for whoever asks to keep it."""
    return _service(scope, service_id).name


def own_addresses(row: Service) -> tuple[str, ...]:
    """The addresses that are this listing's own, the one for referrals first. Called inside an action or query."""
    found = [row.referral_email, row.community_organisation.email]
    return tuple(dict.fromkeys(each.lower() for each in found if each))


def trust_of(row: Service) -> trust.Trust:
    """How far the details can be relied on: the newer of the group's own word and the assurance in its feed."""
    said = clock.london(row.details_confirmed_at).date() if row.details_confirmed_at else None
    if said is not None and (row.assured_on is None or said >= row.assured_on):
        return trust.trust(said, clock.today())
    return trust.trust(row.assured_on, clock.today(), by_group=False)


def changed_dates(service_id: UUID) -> tuple[DatesRow, ...]:
    rows = ChangedDates.objects.filter(service_id=service_id, last_day__gte=clock.today()).order_by("first_day", "pk")
    return tuple(
        DatesRow(each.pk, each.first_day, each.last_day, each.runs, each.starts_at, each.ends_at, each.words)
        for each in rows
    )


def _service(scope: Scope, service_id: UUID) -> Service:
    return shown(scope.organisation_id, service_id)


def limits_of(service_id: UUID) -> Limits | None:
    """What the group said last, of this listing or one it speaks for. Called inside an action or query."""
    return Limits.objects.filter(service__in=listings_of(service_id)).order_by("-set_at").first()


def _limits(service_id: UUID) -> LimitsRow | None:
    row = limits_of(service_id)
    if row is None:
        return None
    return LimitsRow(
        row.a_week,
        tuple(row.needs),
        row.minimum_age,
        row.maximum_age,
        tuple(row.areas),
        row.words,
        row.set_at,
        row.set_by,
    )


def _changes(service_id: UUID, *, waiting: bool) -> tuple[ChangeRow, ...]:
    rows = ListingChange.objects.filter(service__in=listings_of(service_id)).order_by("-created_at", "pk")
    if waiting:
        rows = rows.filter(state="waiting")
    return tuple(
        ChangeRow(
            each.pk,
            each.version,
            each.state,
            each.moves.words[each.state],
            tuple(Change(**one) for one in each.changes),
            each.asked_by,
            each.created_at,
            each.answer,
        )
        for each in rows[:NEWEST]
    )


def _stewards(service_id: UUID) -> tuple[StewardRow, ...]:
    return tuple(StewardRow(each.pk, each.email, each.name, each.created_at) for each in stewards_of(service_id))


def stewards_of(service_id: UUID) -> list[Steward]:
    """Who keeps the listing, or one it speaks for, the longest first. Called inside an action or query."""
    rows = Steward.objects.filter(service__in=listings_of(service_id), ended_at=None)
    return list(rows.order_by("created_at"))


def _rooms(service_id: UUID) -> tuple[RoomRow, ...]:
    rows = RoomStatement.objects.filter(service__in=listings_of(service_id)).order_by("-created_at")[:NEWEST]
    return tuple(
        RoomRow(each.room, each.weeks, each.places, each.said_by, each.get_source_display(), each.created_at)
        for each in rows
    )
