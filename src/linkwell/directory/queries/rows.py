"""What the directory's queries give back, and how rows are read for a page of services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core.written import written_once
from linkwell.directory.fitting import Rule
from linkwell.directory.models import Service, Session, Venue
from linkwell.directory.times import Different, Regular
from linkwell.directory.trust import Trust
from linkwell.kernel import clock


@dataclass(frozen=True, slots=True)
class VenueRow:
    id: UUID
    name: str
    address: str
    postcode: str
    getting_there: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A regular time. `weekday` is 0 for Monday; `words` holds what is not every week, or a note."""

    weekday: int | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    words: str
    venue_name: str
    id: UUID | None = None
    rule: str = ""
    begins_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    term_time: bool = False

    @property
    def regular(self) -> Regular:
        """The same as a calendar rule."""
        return Regular(
            self.weekday,
            self.starts_at,
            self.ends_at,
            self.rule,
            self.begins_on,
            self.valid_from,
            self.valid_until,
            self.term_time,
            self.venue_name,
            self.id,
        )


@dataclass(frozen=True, slots=True)
class PhotographRow:
    """A picture, by its address; `alt` says what it shows."""

    id: UUID
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What only the page of one service shows: days that differ, rules of who it is for, pictures, trust."""

    different: tuple[Different, ...]
    breaks: tuple[tuple[dt.date, dt.date], ...]
    rules: tuple[Rule, ...]
    photographs: tuple[PhotographRow, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One group or service, whole. `referral_email` is "" for one that is signposted to, not referred to."""

    id: UUID
    name: str
    organisation_name: str
    organisation_description: str
    description: str
    description_html: str
    status: str
    url: str
    phone: str
    contact: str
    referral_email: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    access: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    cost: str
    free: bool | None
    online: bool
    step_free: bool | None
    how_to_join: str
    alert: str
    first_visit: str
    who_for: str
    assured_on: dt.date | None
    details_confirmed_at: dt.datetime | None
    room: str
    room_weeks: int | None
    room_said_at: dt.datetime | None
    room_said_by: str
    venues: tuple[VenueRow, ...]
    sessions: tuple[SessionRow, ...]
    ways: tuple[str, ...] = ()
    cost_pence: int | None = None
    join_words: str = ""
    greeted_by: str = ""
    assured_by: str = ""
    # A picture elsewhere, to be led to by a link.
    picture_url: str = ""
    room_places: int | None = None
    room_source: str = ""
    back_on: dt.date | None = None
    registered_as: str = ""
    # Read for the page of one service alone.
    details: ServiceDetails | None = None


@dataclass(frozen=True, slots=True)
class FoundService:
    """A service in a list of results. `matched`: words of the search it answers. `km`: to its nearest place.

    `score` is what the list is ordered by; `likeness` how near its meaning is to what was typed, None without a model;
    `urgent`: help that comes first because the words suggest danger.
    """

    service: ServiceRow
    matched: tuple[str, ...]
    km: float | None
    score: float = 0.0
    likeness: float | None = None
    urgent: bool = False
    # Its identifier in the feed it came from; "" for one that came from none.
    source_id: str = ""


def rows_of(services: Iterable[Service]) -> dict[UUID, ServiceRow]:
    """The rows of these services (their organisations already joined): two more statements, however many."""
    listed = list(services)
    ids = [each.pk for each in listed]
    venues: dict[UUID, list[VenueRow]] = defaultdict(list)
    for place in _venues(ids):
        venues[place.service_id].append(
            VenueRow(place.pk, place.name, place.address, place.postcode, place.getting_there)
        )
    sessions: dict[UUID, list[SessionRow]] = defaultdict(list)
    for time in running_sessions(ids):
        name = time.venue.name if time.venue is not None else ""
        sessions[time.service_id].append(_session_row(time, name))
    return {each.pk: _row(each, tuple(venues[each.pk]), tuple(sessions[each.pk])) for each in listed}


@written_once
def _venues(ids: Collection[UUID]) -> QuerySet[Venue]:
    return Venue.objects.filter(service_id__in=ids).order_by("name", "pk")


def _session_row(time: Session, venue_name: str) -> SessionRow:
    return SessionRow(
        time.weekday,
        time.starts_at,
        time.ends_at,
        time.words,
        venue_name,
        time.pk,
        time.rule,
        time.begins_on,
        time.valid_from,
        time.valid_until,
        time.term_time,
    )


def running_sessions(ids: list[UUID]) -> Iterable[Session]:
    not_over = Q(valid_until=None) | Q(valid_until__gte=clock.today())
    return (
        Session.objects.filter(not_over, service_id__in=ids)
        .select_related("venue")
        .order_by("weekday", "starts_at", "pk")
    )


def _row(row: Service, venues: tuple[VenueRow, ...], sessions: tuple[SessionRow, ...]) -> ServiceRow:
    return ServiceRow(
        id=row.pk,
        name=row.name,
        organisation_name=row.community_organisation.name,
        organisation_description=row.community_organisation.description,
        description=row.description,
        description_html=row.description_html,
        status=row.status,
        url=row.url,
        phone=row.phone or row.community_organisation.phone,
        contact=row.contact,
        referral_email=row.referral_email,
        kinds=tuple(row.kinds),
        needs=tuple(row.needs),
        tags=tuple(row.tags),
        languages=tuple(row.languages),
        access=tuple(row.access),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        cost=row.cost,
        free=row.free,
        online=row.online,
        step_free=row.step_free,
        how_to_join=row.how_to_join,
        alert=row.alert,
        first_visit=row.first_visit,
        who_for=row.who_for,
        assured_on=row.assured_on,
        details_confirmed_at=row.details_confirmed_at,
        room=row.room,
        room_weeks=row.room_weeks,
        room_said_at=row.room_said_at,
        room_said_by=row.room_said_by,
        venues=venues,
        sessions=sessions,
        ways=tuple(row.ways),
        cost_pence=row.cost_pence,
        join_words=row.join_words,
        greeted_by=row.greeted_by,
        assured_by=row.assured_by,
        picture_url=row.picture_url,
        room_places=row.room_places,
        room_source=row.room_source,
        back_on=row.back_on,
        registered_as=row.community_organisation.registered_as,
    )
