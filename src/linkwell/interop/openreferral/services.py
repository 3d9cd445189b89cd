"""One JSON object of a feed -> one `ServiceRecord`, or why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from linkwell.interop.openreferral.errors import Unusable
from linkwell.interop.openreferral.places import MORE, locations, terms
from linkwell.interop.openreferral.records import (
    CapacityRecord,
    ContactRecord,
    CostRecord,
    OrganisationRecord,
    Rejected,
    ServiceRecord,
)
from linkwell.interop.openreferral.times import schedules
from linkwell.interop.openreferral.values import Raw, Reader

LONGEST_ID = 200
LONGEST_WHO = 200
_STATUSES = ("active", "inactive", "defunct", "temporarily closed")
# Fields that only a service has, and those that tell an organisation or a term of a vocabulary.
_OF_A_SERVICE = {
    "status",
    "organization",
    "organization_id",
    "service_at_locations",
    "schedules",
    "regular_schedules",
    "attending_type",
    "attending_access",
    "deliverable_type",
    "fees",
    "eligibilitys",
    "cost_options",
    "assured_date",
}
_OF_SOMETHING_ELSE = {
    "website": "an organisation",
    "organization_identifiers": "an organisation",
    "legal_status": "an organisation",
    "taxonomy": "a term of a vocabulary",
    "term_uri": "a term of a vocabulary",
    "vocabulary": "a term of a vocabulary",
    "location_type": "a place",
}
_CURRENCY = re.compile(r"[A-Z]{3}")


def service_from(value: Any, place: int) -> ServiceRecord | Rejected:
    """The record at `place` (from 1) of a feed. Never raises, whatever JSON it is given."""
    if not isinstance(value, Mapping):
        return Rejected(f"record {place}", "", "This is not a service: the standard gives each one in curly brackets.")
    raw = _unwrapped(value)
    name_or_place = f"record {place}"
    try:
        name_or_place = _identifier(raw) or name_or_place
        return _service(raw)
    except Unusable as trouble:
        return Rejected(name_or_place, trouble.field, trouble.reason)


def _unwrapped(value: Raw) -> Raw:
    """A service-at-location object holds its service inside; its place then belongs to the service."""
    inner = value.get("service")
    if not isinstance(inner, Mapping):
        return value
    link = {key: each for key, each in value.items() if key != "service"}
    if "location" not in link or inner.get("service_at_locations"):
        return inner
    return {**inner, "service_at_locations": [link]}


def _identifier(raw: Raw) -> str:
    said = raw.get("id")
    if isinstance(said, bool) or not isinstance(said, (str, int)):
        return ""
    read = Reader()
    return read.line(raw, "id")[:LONGEST_ID]


def _service(raw: Raw) -> ServiceRecord:
    read = Reader()
    identifier = read.line(raw, "id")
    if not _identifier(raw):
        raise Unusable("It has no identifier, so we could not tell it from the others next time.", "id")
    if len(identifier) > LONGEST_ID:
        raise Unusable(f"Its identifier is longer than {LONGEST_ID} characters.", "id")
    other = next((kind for key, kind in _OF_SOMETHING_ELSE.items() if key in raw), "")
    if other and not _OF_A_SERVICE & raw.keys():
        raise Unusable(f"This describes {other}, not a service.")
    name = read.name(raw, "name")
    if not name:
        raise Unusable("It has no name. Give it the name people know it by.", "name")
    metadata = raw.get("pc_metadata")
    stamped = metadata if isinstance(metadata, Mapping) else {}
    ages = [each for _, each in read.parts(raw, "eligibilitys", "eligibilities")]
    lowest, highest = _ages(read, [raw, *ages])
    more = _more(read, raw)
    return ServiceRecord(
        id=identifier,
        name=name,
        organisation=_organisation(read, raw),
        description=read.plain(raw, "description"),
        description_html=read.html(raw, "description"),
        url=read.web(raw, "url"),
        email=read.email(raw, "email"),
        status=_status(read, raw),
        alert=read.plain(raw, "alert"),
        fees=read.plain(raw, "fees_description", "fees"),
        accreditations=read.plain(raw, "accreditations"),
        application_process=read.plain(raw, "application_process", "pc_attendingAccess_additionalInfo"),
        eligibility=read.plain(raw, "eligibility_description") or _joined(read, ages, "eligibility"),
        first_visit=read.plain(raw, "first_visit_note"),
        wait_time=read.line(raw, "wait_time"),
        minimum_age=lowest,
        maximum_age=highest,
        assured_date=read.date(raw, "assured_date") or read.date(stamped, "date_assured"),
        assured_by=_assurer(read, raw, more),
        greeted_by=more.get("greeted_by") or read.line(raw, "greeted_by")[:LONGEST_WHO],
        picture=read.web({"picture": more.get("picture")}, "picture") or read.web(raw, "picture", "image"),
        last_modified=read.moment(raw, "last_modified") or read.moment(stamped, "date_modified"),
        attending_types=read.lines(raw, "attending_type", "attending_types"),
        attending_access=read.lines(raw, "attending_access"),
        deliverable_types=read.lines(raw, "deliverable_type"),
        areas=_areas(read, raw),
        languages=_languages(read, raw),
        phones=_phones(read, raw),
        contacts=_contacts(read, raw),
        costs=_costs(read, raw),
        schedules=schedules(read, raw),
        locations=locations(read, raw),
        terms=terms(read, raw),
        capacities=_capacities(read, raw),
        notes=tuple(dict.fromkeys(read.notes)),
    )


def _more(read: Reader, raw: Raw) -> dict[str, str]:
    """What the standard has no field for, as directories like ours give it: terms that carry a value."""
    found: dict[str, str] = {}
    for _, link in read.parts(raw, "attributes"):
        if read.line(link, "link_type") == MORE:
            for _, term in read.parts(link, "taxonomy_term"):
                found[read.line(term, "code")] = read.line(link, "value")[:LONGEST_WHO]
    return found


def _assurer(read: Reader, raw: Raw, more: dict[str, str]) -> str:
    """Who checked it: of an e-mail address only the organisation's part, for the rest may be one person's."""
    said = more.get("assured_by") or read.line(raw, "assured_by")
    return (said or read.email(raw, "assurer_email").rpartition("@")[2])[:LONGEST_WHO]


def _joined(read: Reader, parts: list[Raw], name: str) -> str:
    return "; ".join(filter(None, (read.line(each, name) for each in parts)))


def _status(read: Reader, raw: Raw) -> str:
    said = read.line(raw, "status").lower().replace("_", " ")
    if said and said not in _STATUSES:
        read.note("status", "The status is not one the standard knows, so the service is taken as inactive.")
        return "inactive"
    return said or "active"


def _ages(read: Reader, places: list[Raw]) -> tuple[float | None, float | None]:
    for each in places:
        lowest, highest = read.number(each, "minimum_age", 0, 150), read.number(each, "maximum_age", 0, 150)
        if lowest is not None and highest is not None and lowest > highest:
            read.note("minimum_age", "The lowest age is above the highest; both were left out.")
        elif lowest is not None or highest is not None:
            return lowest, highest
    return None, None


def _organisation(read: Reader, raw: Raw) -> OrganisationRecord | None:
    for where, each in read.parts(raw, "organization", "organisation"):
        identifier, name = read.line(each, "id"), read.name(each, "name")
        if not name:
            read.note(where, "The organisation has no name, and was left out.")
            continue
        known_by = [
            (read.line(one, "identifier_scheme", "identifier_type"), read.line(one, "identifier"))
            for _, one in read.parts(each, "organization_identifiers")
        ]
        return OrganisationRecord(
            id=identifier[:LONGEST_ID],
            name=name,
            description=read.plain(each, "description"),
            email=read.email(each, "email"),
            website=read.web(each, "website", "url"),
            identifiers=tuple(pair for pair in known_by if pair[1]),
        )
    return None


def _areas(read: Reader, raw: Raw) -> tuple[str, ...]:
    named = (read.line(each, "name", "service_area", "extent") for _, each in read.parts(raw, "service_areas"))
    return tuple(dict.fromkeys(filter(None, named)))


def _languages(read: Reader, raw: Raw) -> tuple[str, ...]:
    """Names of languages; 3.0 as profiled for the UK gives bare identifiers, which say nothing."""
    named = (read.line(each, "name", "language", "code") for _, each in read.parts(raw, "languages"))
    return tuple(dict.fromkeys(filter(None, named)))


def _phones(read: Reader, raw: Raw) -> tuple[str, ...]:
    numbers = (read.line(each, "number").strip('"') for _, each in read.parts(raw, "phones"))
    return tuple(dict.fromkeys(filter(None, numbers)))


def _contacts(read: Reader, raw: Raw) -> tuple[ContactRecord, ...]:
    found = (
        ContactRecord(read.line(each, "name"), read.line(each, "title"), read.email(each, "email"), _phones(read, each))
        for _, each in read.parts(raw, "contacts")
    )
    return tuple(dict.fromkeys(each for each in found if each != ContactRecord()))


def _costs(read: Reader, raw: Raw) -> tuple[CostRecord, ...]:
    found = (_cost(read, each) for _, each in read.parts(raw, "cost_options"))
    return tuple(dict.fromkeys(each for each in found if each.amount is not None or each.option or each.description))


def _cost(read: Reader, raw: Raw) -> CostRecord:
    amount = read.amount(raw, "amount")
    if amount is not None and not 0 <= amount <= 1_000_000:
        read.note("amount", "The cost should be from 0 to 1,000,000, and was left out.")
        amount = None
    currency = read.line(raw, "currency").upper()
    return CostRecord(
        option=read.line(raw, "option"),
        amount=amount,
        currency=currency if _CURRENCY.fullmatch(currency) else "GBP",
        description=read.line(raw, "amount_description"),
        valid_from=read.date(raw, "valid_from"),
        valid_to=read.date(raw, "valid_to"),
    )


def _capacities(read: Reader, raw: Raw) -> tuple[CapacityRecord, ...]:
    found = (
        CapacityRecord(
            available=read.whole(each, "available", 0, 100_000),
            maximum=read.whole(each, "maximum", 0, 100_000),
            unit=read.line(unit, "name") if isinstance(unit := each.get("unit"), Mapping) else read.line(each, "unit"),
            description=read.line(each, "description"),
            updated=read.date(each, "updated"),
        )
        for _, each in read.parts(raw, "capacities", "service_capacities")
    )
    return tuple(dict.fromkeys(each for each in found if each != CapacityRecord()))
