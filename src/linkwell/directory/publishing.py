"""Services as objects of Open Referral UK 3.0: what anybody may read, and another directory can load. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from linkwell.directory import taxonomy, vocabulary
from linkwell.directory.fitting import Rule, rule_words
from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.models import (
    CommunityOrganisation,
    EligibilityRule,
    RuleKind,
    Service,
    ServiceStatus,
    Session,
    Venue,
)
from linkwell.kernel.codes import NEEDS, SERVICE_KINDS

_NAMESPACE = UUID("6d2c6d8a-6f0e-5d0a-9a5e-3f2f0f4f8f51")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STATUS = {
    ServiceStatus.ACTIVE: "active",
    ServiceStatus.PAUSED: "temporarily closed",
    ServiceStatus.WITHDRAWN: "defunct",
}
_JOIN = {"drop_in": "Drop-in", "ring_first": "Appointment", "referral": "Referral", "member": "Members"}
_NAMES = {
    "kinds": {each.code: each.plain for each in SERVICE_KINDS},
    "needs": {each.code: each.plain for each in NEEDS},
    "tags": {code: phrases.partition(";")[0].strip().capitalize() for code, phrases in vocabulary.TAGS.items()},
}
# What the standard has no field for: terms that carry a value. What a group wrote to be read by whoever comes.
_MORE = {"greeted_by": "Who greets you", "assured_by": "Who checked these details", "picture": "A picture"}
_NAMES["more"] = _MORE
_NAMES["terms"] = {code: each.name for code, each in taxonomy.terms().items()}
# The lists whose terms are columns of a service, so that it can be asked for by them.
COLUMNS = ("kinds", "needs", "tags", "terms")
TABLES = {
    "kinds": "Kinds of group",
    "needs": "What it helps with",
    "tags": "Who it is meant for",
    "terms": "What it is, in more detail",
    "more": "More about a group",
}


def taxonomies() -> list[dict[str, Any]]:
    return [
        {"id": _id("taxonomy", table), "name": name, "description": f"{name}, in plain words", "version": "1"}
        for table, name in TABLES.items()
    ]


def taxonomy_terms() -> list[dict[str, Any]]:
    return [term(table, code) for table, codes in _NAMES.items() for code in codes]


def coded(term_id: str) -> tuple[str, str] | None:
    """The table and code of a term, by its identifier."""
    return next(
        ((table, code) for table, codes in _NAMES.items() for code in codes if _id(table, code) == term_id), None
    )


def term(table: str, code: str) -> dict[str, Any]:
    name = _NAMES[table].get(code, code)
    return {
        "id": _id(table, code),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": TABLES[table],
        **(
            {"parent_id": _id("kinds", taxonomy.terms()[code].kind)}
            if table == "terms" and code in _NAMES[table]
            else {}
        ),
        "taxonomy_detail": next(each for each in taxonomies() if each["id"] == _id("taxonomy", table)),
    }


def organisation(row: CommunityOrganisation) -> dict[str, Any]:
    said = {"email": row.email, "website": row.url}
    return {"id": str(row.pk), "name": row.name, "description": row.description or row.name} | _given(said)


def summary(row: Service) -> dict[str, Any]:
    """A service as the list of the standard gives it."""
    said = {
        "url": row.url,
        "email": row.referral_email,
        "alert": row.alert,
        "fees": row.cost,
        "eligibility_description": row.who_for,
        "application_process": row.join_words,
        "first_visit_note": row.first_visit,
        "minimum_age": row.minimum_age,
        "maximum_age": row.maximum_age,
        "assured_date": row.assured_on.isoformat() if row.assured_on else None,
        "last_modified": row.changed_at.isoformat() if row.changed_at else None,
    }
    return {
        "id": str(row.pk),
        "name": row.name,
        "description": row.description_html or row.description,
        "status": _STATUS[ServiceStatus(row.status)],
        "organization": organisation(row.community_organisation),
    } | _given(said)


def whole(
    row: Service, venues: Iterable[Venue], sessions: Iterable[Session], rules: Iterable[EligibilityRule] = ()
) -> dict[str, Any]:
    """A service with everything the standard has a place for."""
    rules = list(rules)
    at = [_at(row, each) for each in venues]
    virtual = [_elsewhere(row, "Online")] if row.online else []
    return summary(row) | {
        "eligibility_description": _who_for(row, rules),
        "service_areas": [
            {"id": _id(row.pk, "area", each), "name": each}
            for rule in rules
            if rule.kind == RuleKind.AREA
            for each in rule.values
        ],
        "schedules": [_schedule(each) for each in sessions],
        "service_at_locations": [*at, *virtual],
        "phones": [{"id": _id(row.pk, "phone"), "number": row.phone}] if row.phone else [],
        # Who to ask for is a person's name: link workers read it here, the public asks the group.
        "contacts": [],
        "languages": [{"id": _id(row.pk, each), "name": each} for each in row.languages],
        "cost_options": _costs(row),
        "attending_access": _JOIN.get(row.how_to_join, ""),
        "attributes": [
            *(_attribute(row, table, code) for table in COLUMNS for code in getattr(row, table)),
            *(_attribute(row, "more", code) | {"value": value} for code, value in _more(row).items()),
        ],
    }


def _attribute(row: Service, table: str, code: str) -> dict[str, Any]:
    return {
        "id": _id(row.pk, table, code),
        "link_id": str(row.pk),
        "link_entity": "service",
        "link_type": table,
        "taxonomy_term": term(table, code),
    }


def _more(row: Service) -> dict[str, str]:
    said = {"greeted_by": row.greeted_by, "assured_by": row.assured_by, "picture": row.picture_url}
    return {code: value for code, value in said.items() if value}


def _who_for(row: Service, rules: list[EligibilityRule]) -> str:
    """The words of the listing, and the rules that somebody here said; areas and ages have places of their own."""
    told = [
        rule_words(Rule(RuleKind(each.kind), tuple(each.values), None, each.must, each.words))
        for each in rules
        if not each.from_feed and each.kind != RuleKind.AREA
    ]
    return "\n".join(filter(None, (row.who_for, *told)))


def at_place(venue: Venue) -> dict[str, Any]:
    """A service at one of its places. Its identifier is that of the place."""
    at = _at(venue.service, venue)
    return at | {"service_id": str(venue.service_id), "service": summary(venue.service)}


def flat(item: Mapping[str, Any]) -> dict[str, str]:
    """The main facts of a whole service as one row of a table."""
    places = [
        each["location"] for each in item["service_at_locations"] if each["location"]["location_type"] != "virtual"
    ]
    place = places[0] if places else {}
    address: dict[str, Any] = next(iter(place.get("addresses", [])), {})
    return {
        "id": item["id"],
        "name": item["name"],
        "organisation": item["organization"]["name"],
        "description": item["description"],
        "url": item.get("url", ""),
        "email": item.get("email", ""),
        "phone": next((each["number"] for each in item["phones"]), ""),
        "cost": item.get("fees", ""),
        "minimum age": str(item.get("minimum_age", "")),
        "maximum age": str(item.get("maximum_age", "")),
        "who for": item.get("eligibility_description", ""),
        "times": "; ".join(filter(None, (each.get("description", "") for each in item["schedules"]))),
        "location": place.get("name", ""),
        "address": address.get("address_1", ""),
        "postcode": address.get("postal_code", ""),
        "latitude": str(place.get("latitude", "")),
        "longitude": str(place.get("longitude", "")),
    }


def _id(*parts: object) -> str:
    return str(uuid5(_NAMESPACE, "|".join(str(each) for each in parts)))


def _given(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}


def _costs(row: Service) -> list[dict[str, Any]]:
    if row.cost_pence is None or (row.cost_pence == 0 and not row.free):
        return []
    return [{"id": _id(row.pk, "cost"), "option": "", "amount": row.cost_pence / 100, "currency": "GBP"}]


def _at(row: Service, venue: Venue) -> dict[str, Any]:
    # What the places say of getting in is kept with the service as a whole.
    access = [{"id": _id(venue.pk, each), "description": each} for each in row.access]
    address = {
        "id": _id(venue.pk, "address"),
        "address_1": venue.address or venue.name or "-",
        "city": "",
        "state_province": "",
        "postal_code": venue.postcode,
        "country": "GB",
        "address_type": "physical",
    }
    place = {
        "id": str(venue.pk),
        "location_type": "physical",
        "name": venue.name,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "transportation": venue.getting_there,
    }
    return {
        "id": str(venue.pk),
        "location": _given(place) | {"addresses": [address], "accessibility": access},
    }


def _elsewhere(row: Service, name: str) -> dict[str, Any]:
    return {"id": _id(row.pk, name), "location": {"id": _id(row.pk, name, 1), "location_type": "virtual", "name": name}}


def _schedule(time: Session) -> dict[str, Any]:
    rule = dict(part.split("=", 1) for part in time.rule.split(";") if "=" in part)
    byday = rule.get("BYDAY") or (_DAYS[time.weekday] if time.weekday is not None else "")
    # The rhythm ("Every second Monday") is told by the rule; what was written beside it goes along.
    lines = time.words.split("\n")
    told_by_rule = bool(rule) and any(name in lines[0] for name in (*DAY_NAMES, "Each month"))
    if rule.get("FREQ") == "DAILY":  # the profile of the UK knows weeks and months only
        rule["FREQ"], byday = "WEEKLY", ",".join(_DAYS)
    said: dict[str, Any] = {
        "freq": rule.get("FREQ") or ("WEEKLY" if byday else ""),
        "interval": int(rule["INTERVAL"]) if rule.get("INTERVAL", "").isdecimal() else None,
        "byday": byday,
        "bymonthday": rule.get("BYMONTHDAY"),
        "opens_at": time.starts_at.strftime("%H:%M") if time.starts_at else "",
        "closes_at": time.ends_at.strftime("%H:%M") if time.ends_at else "",
        "valid_from": time.valid_from.isoformat() if time.valid_from else "",
        "valid_to": time.valid_until.isoformat() if time.valid_until else "",
        "description": " ".join(lines[1:] if told_by_rule else filter(None, lines)),
    }
    return {"id": str(time.pk)} | _given(said)
