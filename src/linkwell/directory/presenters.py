"""Words for the screen. Nothing here asks the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from linkwell.directory import vocabulary
from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.models import ServiceRoom, ServiceStatus
from linkwell.directory.page_facts import Fact, facts_of
from linkwell.directory.queries import FoundService, ServiceRow, SessionRow
from linkwell.directory.queries.rows import PhotographRow
from linkwell.directory.understanding import PARTS_OF_DAY, Understood
from linkwell.kernel import words

KM_A_MILE = 1.609344
LONGEST_SUMMARY = 160
_JOIN = {
    "drop_in": "Just turn up",
    "ring_first": "Ring first",
    "referral": "Needs a referral",
    "member": "Join as a member",
}
_TONES = {
    ServiceRoom.ROOM: "done",
    ServiceRoom.FEW: "going",
    ServiceRoom.WAITING: "waiting",
    ServiceRoom.FULL: "attention",
    ServiceRoom.UNKNOWN: "closed",
    ServiceRoom.ASK_FIRST: "waiting",
}
_ROOM = {
    ServiceRoom.ROOM: "Has room",
    ServiceRoom.FEW: "A few places",
    ServiceRoom.WAITING: "Waiting list",
    ServiceRoom.FULL: "Full now",
    ServiceRoom.UNKNOWN: "Ask if there is room",
    ServiceRoom.ASK_FIRST: "Talk to them first",
}
TRUST_TONES = {"fresh": "done", "ageing": "waiting", "old": "attention"}
TRUST_TAGS = {"fresh": "Details are fresh", "ageing": "Details are ageing", "old": "Details are old"}
_TAG_WORDS = {"women_only": "Women only", "men_only": "Men only", "faith": "Run by a faith group"}


@dataclass(frozen=True, slots=True)
class RoomWords:
    """Whether there is room: what it says, its colour, and who said so when."""

    words: str
    tone: str
    said: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a search, as the list shows it."""

    id: UUID
    name: str
    organisation: str
    summary: str
    why: str
    room: RoomWords
    facts: tuple[str, ...]
    when: str
    where: str
    first_visit: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    id: UUID
    name: str
    organisation: str
    about_organisation: str
    kinds: tuple[str, ...]
    room: RoomWords
    alert: str
    first_visit: str
    description: Markup
    facts: tuple[Fact, ...]
    takes_referrals: bool
    url: str
    trust: str
    trust_tone: str
    trust_tag: str
    photographs: tuple[PhotographRow, ...]
    picture_url: str


def result(found: FoundService, meant: Understood) -> Result:
    row = found.service
    return Result(
        id=row.id,
        name=row.name,
        organisation="" if row.organisation_name == row.name else row.organisation_name,
        summary=summary(row.description),
        why=why(found, meant),
        room=room_words(row),
        facts=short_facts(row),
        when="; ".join(times(row.sessions)[:3]),
        where=where(row, found.km),
        first_visit=row.first_visit,
    )


def service_page(row: ServiceRow) -> ServicePage:
    return ServicePage(
        id=row.id,
        name=row.name,
        organisation="" if row.organisation_name == row.name else row.organisation_name,
        about_organisation=row.organisation_description,
        kinds=vocabulary.plain_kinds(row.kinds),
        room=room_words(row),
        alert=row.alert,
        first_visit=row.first_visit,
        # Made safe with an allow-list when it was loaded (interop.openreferral.text.safe_html).
        description=Markup(row.description_html),  # noqa: S704
        facts=facts_of(row, times(row.sessions), ages(row)),
        takes_referrals=bool(row.referral_email),
        url=row.url,
        trust=row.details.trust.words if row.details is not None else "",
        trust_tone=TRUST_TONES[row.details.trust.freshness] if row.details is not None else "closed",
        trust_tag=TRUST_TAGS[row.details.trust.freshness] if row.details is not None else "",
        photographs=row.details.photographs if row.details is not None else (),
        picture_url=row.picture_url,
    )


def why(found: FoundService, meant: Understood) -> str:
    """One line: what of this service answers the search. "" when nothing in particular was asked for."""
    row = found.service
    kinds = [kind.lower() for kind in vocabulary.plain_kinds(meant.kinds & set(row.kinds))]
    needs = [need.lower() for need in vocabulary.plain_needs(meant.needs & set(row.needs))]
    said = [f"“{word}”" for word in found.matched if not any(word in kind for kind in kinds)]
    reasons = [
        f"One of the {words.joined(kinds)}" if kinds else "",
        f"good for {words.joined(needs)}" if needs else "",
        f"speaks of {words.joined(said)}" if said else "",
    ]
    if found.urgent:
        reasons.insert(0, "help for what cannot wait")
    elif not any(reasons) and found.likeness is not None and meant.says_something:
        reasons.append("what it says of itself is close to what you asked for")
    line = ", ".join(filter(None, reasons))
    return line[:1].upper() + line[1:]


def looked_for(meant: Understood) -> str:
    """What the search was taken to mean where that is not plain from what was typed."""
    parts = [f"“{right}” (you typed “{typed}”)" for typed, right in meant.instead]
    parts += [f"without “{meant.without[0]}”"] if meant.without else []
    parts += ["what is free"] if meant.free else []
    parts += ["what is step-free"] if meant.step_free else []
    parts += ["what is online"] if meant.online else []
    parts += [_when(meant)] if meant.day is not None else []
    return words.joined(parts)


def _when(meant: Understood) -> str:
    part = next((f" in the {part}" for part, hours in PARTS_OF_DAY.items() if hours == meant.hours), "")
    if meant.days_ahead is not None:
        return f"{'tomorrow' if meant.days_ahead else 'today'}{part}"
    return f"on {DAY_NAMES[meant.day or 0]}s{part}"


def room_words(row: ServiceRow) -> RoomWords:
    if row.status == ServiceStatus.PAUSED:
        return RoomWords("Stopped for now", "attention", "")
    if row.status == ServiceStatus.WITHDRAWN:
        return RoomWords("No longer listed", "attention", "")
    room = ServiceRoom(row.room)
    said = _ROOM[room]
    if room is ServiceRoom.WAITING and row.room_weeks:
        said = f"{said}, about {words.counted(row.room_weeks, 'week')}"
    if row.room_places:
        said = words.counted(row.room_places, "place")
    source = ""
    if row.room_said_at is not None:
        by = f" by {row.room_said_by}" if row.room_said_by else ""
        source = f"Said{by} on {words.written_date(row.room_said_at)}"
    return RoomWords(said, _TONES[room], source)


def short_facts(row: ServiceRow) -> tuple[str, ...]:
    facts = [
        "Free" if row.free else "",
        _JOIN.get(row.how_to_join, ""),
        "Step-free" if row.step_free else "Not step-free" if row.step_free is False else "",
        "Online" if row.online else "",
        *(_TAG_WORDS.get(tag, "") for tag in row.tags),
        ages(row),
    ]
    return tuple(filter(None, facts))


def ages(row: ServiceRow) -> str:
    if row.minimum_age and row.maximum_age and row.maximum_age < 120:
        return f"Aged {row.minimum_age} to {row.maximum_age}"
    if row.minimum_age:
        return f"Aged {row.minimum_age} and over"
    return f"Up to age {row.maximum_age}" if row.maximum_age and row.maximum_age < 120 else ""


def times(sessions: tuple[SessionRow, ...]) -> list[str]:
    """ "Mondays and Thursdays, 9:30am to 12:30pm": sessions at the same time of day told together."""
    days: dict[tuple[dt.time | None, dt.time | None, str], list[int]] = defaultdict(list)
    for each in sessions:
        days[each.starts_at, each.ends_at, each.words].append(-1 if each.weekday is None else each.weekday)
    return [_told(sorted(set(on)), starts, ends, said) for (starts, ends, said), on in days.items()]


def _told(on: list[int], starts: dt.time | None, ends: dt.time | None, said: str) -> str:
    rhythm, *notes = said.split("\n") if said else [""]
    regular = any(name in rhythm for name in DAY_NAMES)
    named = [f"{DAY_NAMES[day]}s" for day in on if day >= 0]
    day = rhythm if regular else "Monday to Friday" if on == [0, 1, 2, 3, 4] else words.joined(named)
    told = ", ".join(filter(None, (day, _hours(starts, ends))))
    extra = ". ".join(notes if regular else filter(None, [rhythm, *notes]))
    return f"{told} ({extra})" if told and extra else told or extra


def _hours(starts: dt.time | None, ends: dt.time | None) -> str:
    if starts is None:
        return ""
    if ends is None:
        return f"from {words.written_time(starts)}"
    return f"{words.written_time(starts)} to {words.written_time(ends)}"


def where(row: ServiceRow, km: float | None) -> str:
    if not row.venues:
        return "Online" if row.online else "By telephone" if "by_telephone" in row.tags else ""
    named = words.joined([place.name or place.address for place in row.venues[:3]], last="or")
    return f"{named}, {distance(km)}" if km is not None else named


def distance(km: float) -> str:
    miles = round(km / KM_A_MILE * 2) / 2
    if miles < 0.5:
        return "less than half a mile away"
    if miles == 0.5:
        return "half a mile away"
    return f"about {words.counted(int(miles), 'mile')} away" if miles == int(miles) else f"about {miles} miles away"


def summary(description: str) -> str:
    """The first sentence or two, cut at a word."""
    line = " ".join(description.split())
    if len(line) <= LONGEST_SUMMARY:
        return line
    cut = line[:LONGEST_SUMMARY]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > LONGEST_SUMMARY // 3 else f"{cut[: cut.rfind(' ')]}…"
