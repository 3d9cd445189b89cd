"""A record of a feed as the columns of our tables. Pure: no database."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from linkwell.directory import taxonomy, vocabulary
from linkwell.directory.eligibility import RuleDraft, rules_of
from linkwell.directory.models import ServiceRoom, ServiceStatus, Way
from linkwell.interop.openreferral import (
    CapacityRecord,
    LocationRecord,
    OrganisationRecord,
    ScheduleRecord,
    ServiceRecord,
)
from linkwell.kernel.words import joined

_STATUS = {
    "active": ServiceStatus.ACTIVE,
    "inactive": ServiceStatus.PAUSED,
    "temporarily closed": ServiceStatus.PAUSED,
    "defunct": ServiceStatus.WITHDRAWN,
}
_JOIN = (
    ("referral", ("referral", "referred")),
    ("ring_first", ("appointment", "booking", "ring", "assessment", "contact")),
    ("member", ("member",)),
    ("drop_in", ("drop-in", "drop in", "turn up", "self referral", "self-referral")),
)
_FREE = re.compile(r"\b(free|no charge|no cost|nothing to pay)\b", re.IGNORECASE)
_PRICE = re.compile(r"£\s*[0-9]*[1-9]|\b[1-9][0-9]*p\b")
_NO_STEPS = re.compile(
    r"not step.free|no lift|no step.free|not wheelchair|flight of stairs|steps? (?:at|up|to)", re.IGNORECASE
)
_STEP_FREE = re.compile(r"step.free|wheelchair|level access|ramp|level entrance|accessible entrance", re.IGNORECASE)
_WEEKS = re.compile(r"(\w+) weeks?")
_NUMBERS = {
    word: number
    for number, word in enumerate(["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_TERM_TIME = re.compile(r"term.?time(?: only)?|school terms? only", re.IGNORECASE)
_PLACE_IN_MONTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class VenueDraft:
    feed_id: str
    name: str
    address: str
    postcode: str
    latitude: float | None
    longitude: float | None
    getting_there: str


@dataclass(frozen=True, slots=True)
class SessionDraft:
    venue_feed_id: str
    weekday: int | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    valid_from: dt.date | None
    valid_until: dt.date | None
    words: str
    rule: str = ""
    begins_on: dt.date | None = None
    term_time: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything one record becomes. `columns` are those of Service; `search_words` are by weight, A to D."""

    columns: dict[str, object]
    organisation: OrganisationRecord
    venues: tuple[VenueDraft, ...]
    sessions: tuple[SessionDraft, ...]
    room: tuple[ServiceRoom, int | None, dt.date] | None
    search_words: tuple[str, str, str, str]
    rules: tuple[RuleDraft, ...] = ()


def draft_of(record: ServiceRecord) -> Draft:
    organisation = record.organisation or OrganisationRecord("", record.name)
    access = tuple(dict.fromkeys(line for place in record.locations for line in place.accessibility))
    kinds, needs, tags = _codes(record, "kinds"), _codes(record, "needs"), _codes(record, "tags")
    venues = tuple(_venue(place) for place in record.locations if place.kind != "virtual")
    columns: dict[str, object] = {
        "name": record.name,
        "description": record.description,
        "description_html": record.description_html,
        "status": _STATUS[record.status],
        "url": record.url[:500],
        "phone": _first_phone(record)[:60],
        "referral_email": record.email if len(record.email) <= LONGEST_EMAIL else "",
        "contact": _contact(record),
        "alert": record.alert,
        "kinds": kinds,
        "needs": needs,
        "tags": tags,
        "terms": taxonomy.codes_in([record.name, *(term.name for term in record.terms)]),
        "languages": list(record.languages),
        "access": list(access),
        "minimum_age": None if record.minimum_age is None else int(record.minimum_age),
        "maximum_age": None if record.maximum_age is None else int(record.maximum_age),
        "cost": _cost_words(record),
        "free": _is_free(record),
        "online": _is_online(record, tags),
        "step_free": _is_step_free(access),
        "how_to_join": _how_to_join(record),
        "join_words": record.application_process,
        "cost_pence": _cost_pence(record),
        "ways": _ways(record, tags),
        "first_visit": record.first_visit,
        "who_for": record.eligibility,
        "assured_on": record.assured_date,
        "assured_by": record.assured_by,
        "greeted_by": record.greeted_by,
        "picture_url": record.picture[:500],
    }
    return Draft(
        columns,
        organisation,
        venues,
        tuple(dict.fromkeys(session for each in record.schedules for session in _sessions(each))),
        _room(record.capacities),
        _search_words(record, organisation, venues, kinds, needs),
        rules_of(record, tags),
    )


def _codes(record: ServiceRecord, table: str) -> list[str]:
    """Codes from the record's terms; from its own words only where no term of that table was recognised."""
    named = [*(term.name for term in record.terms), *record.deliverable_types]
    found = {code for name in named for code in vocabulary.code_of_term(name, table)}
    if not found:
        words = record.name if table == "kinds" else f"{record.name} {record.description[:600]}"
        if table == "tags":
            words = f"{record.name} {record.eligibility}"
        found = set(vocabulary.codes_in(vocabulary.fold(words), table))
    return sorted(found)


def _search_words(
    record: ServiceRecord,
    organisation: OrganisationRecord,
    venues: tuple[VenueDraft, ...],
    kinds: list[str],
    needs: list[str],
) -> tuple[str, str, str, str]:
    said = [term.name for term in record.terms]
    found = taxonomy.names(taxonomy.codes_in([record.name, *said]))
    terms = [*vocabulary.plain_kinds(kinds), *vocabulary.plain_needs(needs), *said, *found]
    places = [word for venue in venues for word in (venue.name, venue.address, venue.postcode)]
    rest = [
        organisation.name,
        organisation.description,
        *places,
        record.eligibility,
        record.first_visit,
        *record.languages,
    ]
    weighed = (record.name, " ".join(dict.fromkeys(terms)), record.description, " ".join(rest))
    return tuple(vocabulary.fold(words) for words in weighed)  # type: ignore[return-value]  # four in, four out


def _venue(place: LocationRecord) -> VenueDraft:
    address = ", ".join(dict.fromkeys(filter(None, (*place.address, place.town))))
    return VenueDraft(place.id, place.name, address, place.postcode, place.latitude, place.longitude, place.transport)


def _sessions(schedule: ScheduleRecord) -> list[SessionDraft]:
    """One session for each day of the week; several weeks of a month ("1TH,3TH") are one session."""
    weeks: dict[int | None, list[str]] = {}
    for code in schedule.byday:
        weeks.setdefault(_DAYS.index(code[-2:]), []).append(code[:-2])
    said = " ".join(dict.fromkeys(filter(None, (schedule.description, schedule.notes))))
    return [
        SessionDraft(
            schedule.location_id,
            weekday,
            schedule.opens_at,
            schedule.closes_at,
            schedule.valid_from,
            schedule.valid_to,
            "\n".join(filter(None, (_rhythm(schedule, weekday, places), said))),
            _rule(schedule, weekday, places),
            term_time=bool(_TERM_TIME.search(said)),
        )
        for weekday, places in (weeks or {None: []}).items()
    ]


def _rule(schedule: ScheduleRecord, weekday: int | None, places: list[str]) -> str:
    """The recurrence rule of one weekday; "" for plainly every week, and for what no rule tells."""
    every = f";INTERVAL={schedule.interval}" if schedule.interval and schedule.interval > 1 else ""
    if weekday is not None and any(places):
        return f"FREQ=MONTHLY{every};BYDAY={','.join(f'{place}{_DAYS[weekday]}' for place in places)}"[:200]
    if schedule.freq == "MONTHLY" and schedule.bymonthday:
        return f"FREQ=MONTHLY{every};BYMONTHDAY={','.join(map(str, schedule.bymonthday))}"[:200]
    if weekday is not None:
        return f"FREQ=WEEKLY{every};BYDAY={_DAYS[weekday]}" if every and schedule.freq == "WEEKLY" else ""
    return f"FREQ=DAILY{every}" if schedule.freq == "DAILY" else ""


def _rhythm(schedule: ScheduleRecord, weekday: int | None, places: list[str]) -> str:
    """ "First and third Thursday of the month", "Every second Monday"; "" for plainly every week."""
    named = joined([_PLACE_IN_MONTH[place] for place in sorted(places) if place in _PLACE_IN_MONTH])
    if weekday is not None and named:
        return f"{named.capitalize()} {DAY_NAMES[weekday]} of the month"
    if weekday is not None and schedule.freq == "WEEKLY" and schedule.interval == 2:
        return f"Every second {DAY_NAMES[weekday]}"
    if schedule.freq == "MONTHLY" and schedule.bymonthday:
        return f"Each month on day {joined([str(day) for day in schedule.bymonthday])}"
    return ""


def _first_phone(record: ServiceRecord) -> str:
    numbers = [*record.phones, *(number for contact in record.contacts for number in contact.phones)]
    return numbers[0] if numbers else ""


def _contact(record: ServiceRecord) -> str:
    return next((", ".join(filter(None, (each.name, each.title))) for each in record.contacts if each.name), "")


def _cost_words(record: ServiceRecord) -> str:
    if record.fees:
        return record.fees
    return ". ".join(filter(None, (_one_cost(each.option, each.amount, each.description) for each in record.costs)))


def _one_cost(option: str, amount: Decimal | None, description: str) -> str:
    price = "" if amount is None else "free" if amount == 0 else f"£{amount:.2f}".removesuffix(".00")
    return " ".join(filter(None, (f"{option}:" if option and price else option, price, description)))


def _is_free(record: ServiceRecord) -> bool | None:
    """True only when nobody pays: a free first week or a free place for some is not "free"."""
    amounts = [each.amount for each in record.costs if each.amount is not None]
    words = " ".join([record.fees, *(f"{each.option} {each.description}" for each in record.costs)])
    if any(amounts) or _PRICE.search(words):
        return bool(_FREE.match(words)) and not any(amounts)
    if amounts or _FREE.search(words):
        return True
    return None


def _cost_pence(record: ServiceRecord) -> int | None:
    """What coming once costs, where the feed says one amount and nothing of a choice."""
    amounts = {each.amount for each in record.costs if each.amount is not None}
    if len(amounts) == 1 and len(record.costs) == 1:
        return int(amounts.pop() * 100)
    return 0 if _is_free(record) else None


def _ways(record: ServiceRecord, tags: list[str]) -> list[str]:
    """How people take part, as far as the feed says: a place with an address is one in person."""
    by_telephone = any(place.kind == "virtual" and "phone" in place.name.lower() for place in record.locations)
    said = " ".join(record.attending_types).lower()
    found = {
        Way.IN_PERSON: "venue" in said or any(place.kind != "virtual" for place in record.locations),
        Way.ONLINE: _is_online(record, tags),
        Way.PHONE: by_telephone or "by_telephone" in tags or "phone" in said,
        Way.HOME_VISIT: "home" in said,
    }
    return [str(way) for way, holds in found.items() if holds]


def _is_online(record: ServiceRecord, tags: list[str]) -> bool:
    ways = " ".join([*record.attending_types, *(each.attending_type for each in record.schedules)]).lower()
    virtual = any(place.kind == "virtual" and "phone" not in place.name.lower() for place in record.locations)
    return "online" in tags or "online" in ways or "video" in ways or virtual


def _is_step_free(access: tuple[str, ...]) -> bool | None:
    """What the places say; one step-free place is enough. None when they say nothing about it."""
    if any(_STEP_FREE.search(line) and not _NO_STEPS.search(line) for line in access):
        return True
    return False if any(_NO_STEPS.search(line) for line in access) else None


def _how_to_join(record: ServiceRecord) -> str:
    said = " ".join(record.attending_access).lower()
    if "self referral" in said or "self-referral" in said or "drop" in said:
        return "drop_in"
    return next((code for code, words in _JOIN if any(word in said for word in words)), "")


def _room(capacities: tuple[CapacityRecord, ...]) -> tuple[ServiceRoom, int | None, dt.date] | None:
    """What the listing says about room, when it says when: an undated statement helps nobody."""
    dated = [each for each in capacities if each.updated is not None and each.available is not None]
    if not dated:
        return None
    newest = max(dated, key=lambda each: each.updated or dt.date.min)
    free, said = newest.available or 0, newest.description.lower()
    weeks = _WEEKS.search(said)
    number = None if weeks is None else _NUMBERS.get(weeks[1], int(weeks[1]) if weeks[1].isdecimal() else None)
    if free == 0:
        room = ServiceRoom.WAITING if "waiting" in said or number is not None else ServiceRoom.FULL
    else:
        room = ServiceRoom.FEW if free <= 3 else ServiceRoom.ROOM
    return room, number if free == 0 and number is not None and number <= 520 else None, newest.updated or dt.date.min
