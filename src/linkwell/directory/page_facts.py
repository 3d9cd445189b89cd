"""The lines of the page of one service, with a plain word where something was not told. Asks no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.directory import vocabulary
from linkwell.directory.fitting import rule_words
from linkwell.directory.models import RuleKind
from linkwell.directory.queries.rows import ServiceRow, VenueRow
from linkwell.directory.times import Meeting, next_meetings
from linkwell.kernel import clock, words
from linkwell.kernel.codes import LANGUAGES

NOT_TOLD = "Not told yet. Ask them."
_JOINING = {
    "drop_in": "Just turn up",
    "ring_first": "Ring first",
    "referral": "Needs a referral",
    "member": "Join as a member",
}
_WAYS = {
    "in_person": "In person",
    "online": "Online",
    "phone": "By telephone",
    "home_visit": "They visit you at home",
}
_LANGUAGE_WORDS = {each.code: str(each.plain) for each in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the service page. Without `known`, the value says that it was not told."""

    label: str
    value: str
    known: bool = True


def facts_of(row: ServiceRow, regular: list[str], ages: str) -> tuple[Fact, ...]:
    """Every line, in the order in which somebody asks: when, where, who for, what it costs, how to begin."""
    always = [
        ("When", "\n".join(regular)),
        ("Next dates", "\n".join(next_dates(row))),
        ("Where", where_lines(row)),
        ("Getting there", "\n".join(dict.fromkeys(each.getting_there for each in row.venues if each.getting_there))),
        ("Who it is for", who_for(row, ages)),
        ("Cost", row.cost or ("Free" if row.free else "")),
        ("How to join", joining(row)),
        ("Who greets you", row.greeted_by),
        ("Steps and access", "\n".join(filter(None, (_steps(row.step_free), *row.access)))),
        ("Languages", languages(row)),
    ]
    sometimes = [
        ("Days that are different", "\n".join(_different(row))),
        ("Good for", words.joined(vocabulary.plain_needs(row.needs))),
        ("Who to ask for", row.contact),
        ("Telephone", row.phone),
        ("Registered as", row.registered_as),
        ("Checked by", assured(row)),
    ]
    found = [Fact(label, value or NOT_TOLD, bool(value)) for label, value in always]
    return (*found, *(Fact(label, value) for label, value in sometimes if value))


def who_for(row: ServiceRow, ages: str) -> str:
    return "\n".join(filter(None, (row.who_for, ages, *_rules(row))))


def joining(row: ServiceRow) -> str:
    return "\n".join(dict.fromkeys(filter(None, (_JOINING.get(row.how_to_join, ""), row.join_words))))


def languages(row: ServiceRow) -> str:
    return words.joined([_LANGUAGE_WORDS.get(each, each) for each in row.languages])


def next_dates(row: ServiceRow, number: int = 5) -> list[str]:
    """ "Tuesday 24 November, 10:30am": breaks left out, extra days in."""
    if row.details is None:
        return []
    found = next_meetings(
        [each.regular for each in row.sessions], row.details.different, row.details.breaks, clock.today(), number
    )
    return [_meeting(each) for each in found]


def _meeting(found: Meeting) -> str:
    hours = f", {words.written_time(found.starts_at)}" if found.starts_at != dt.time(0) else ""
    return f"{words.written_date(found.day)}{hours}{f' ({found.words})' if found.words else ''}"


def _different(row: ServiceRow) -> list[str]:
    lines = []
    for each in row.details.different if row.details is not None else ():
        days = words.written_date(each.first_day)
        if each.last_day != each.first_day:
            days = f"{days} to {words.written_date(each.last_day)}"
        what = "Extra" if each.runs else "Not on"
        lines.append(f"{what}: {days}{f' ({each.words})' if each.words else ''}")
    return lines


def _rules(row: ServiceRow) -> list[str]:
    """What the words of the listing do not say themselves."""
    rules = row.details.rules if row.details is not None else ()
    return [rule_words(each) for each in rules if each.kind is RuleKind.AREA or not each.from_feed]


def where_lines(row: ServiceRow) -> str:
    places = "\n\n".join(_address(each) for each in row.venues)
    ways = [_WAYS[each] for each in row.ways if each in _WAYS]
    if not ways and row.online:
        ways = ["Online"]
    if not ways and not places and "by_telephone" in row.tags:
        ways = ["By telephone"]
    return "\n\n".join(filter(None, (places, ". ".join(ways) if ways != ["In person"] or not places else "")))


def _address(place: VenueRow) -> str:
    return "\n".join(filter(None, (place.name, place.address, place.postcode)))


def _steps(step_free: bool | None) -> str:
    return {True: "You can get in without steps", False: "There are steps", None: ""}[step_free]


def assured(row: ServiceRow) -> str:
    if row.assured_on is None:
        return ""
    on = words.short_date(row.assured_on)
    return f"{row.assured_by}, {on}" if row.assured_by else f"Looked at on {on}"
