"""Rows of a listing made by hand as objects of the standard, by the columns a person agreed to."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linkwell.interop.openreferral.columns import JOINED, ONLY_FOR, ORGANISATIONS, SERVICES, Columns
from linkwell.interop.openreferral.opening import schedule_from
from linkwell.interop.openreferral.stream import Oversized

MOST_NAMED = 200_000
_YES = frozenset({"true", "yes", "y", "1", "x"})
_SEVERAL = re.compile(r"[;|\n]")

Values = Mapping[str, Any]
Named = dict[str, dict[str, str]]


def flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """A JSON object as one row: "address.postcode". Lists of texts are joined; lists of objects stay as they are."""
    found: dict[str, Any] = {}
    for key, each in value.items() if isinstance(value, Mapping) else ():
        if isinstance(each, Mapping):
            found |= flat(each, f"{prefix}{key}.")
        elif isinstance(each, list) and not any(isinstance(one, Mapping | list) for one in each):
            found[f"{prefix}{key}"] = "; ".join(str(one) for one in each if one is not None)
        else:
            found[f"{prefix}{key}"] = each
    return found


def by_name(table: str, columns: Columns, rows: Iterable[Mapping[str, str] | Oversized]) -> Named:
    """A small table that services refer to by name, in memory: organisations or places."""
    roles = columns.of(table)
    key = "name" if table == ORGANISATIONS else "place"
    found: Named = {}
    for row in rows:
        if len(found) >= MOST_NAMED:
            break
        if not isinstance(row, Oversized):
            said = {role: _said(row, role, named) for role, named in roles.items()}
            found.setdefault(said.get(key, "").casefold(), said)
    found.pop("", None)
    return found


def services(
    rows: Iterable[Values | Oversized], columns: Columns, organisations: Named, places: Named
) -> Iterator[dict[str, Any] | Oversized]:
    """Each row as an object of the standard."""
    for row in rows:
        yield row if isinstance(row, Oversized) else _service(row, columns, organisations, places)


def _service(row: Values, columns: Columns, organisations: Named, places: Named) -> dict[str, Any]:
    roles = columns.of(SERVICES)
    said = {role: _said(row, role, named) for role, named in roles.items()}
    get = said.get
    free = _yes(get("free", ""))
    raw: dict[str, Any] = {
        "id": get("id") or _mark(said),
        "status": get("status", "").lower() or "active",
        "fees": get("cost") or ("Free" if free else "There is a charge." if get("free") else ""),
        "eligibility_description": _joined(get("who_for", ""), *_only_for(row, roles.get(ONLY_FOR, ()))),
        "attending_access": _ways_in(get),
        "organization": _organisation(get("organisation", ""), organisations),
        "locations": [*_places(get, places), *_elsewhere(get)],
        "schedules": _schedules(row, roles.get("times", ())),
        "attributes": [_term(each) for role in ("kinds", "needs") for each in _split(get(role, ""))],
        "languages": [{"name": each} for each in _split(get("languages", "").replace(",", ";"))],
        "phones": [{"number": get("phone")}] if get("phone") else [],
        "contacts": [{"name": get("contact")}] if get("contact") else [],
        "first_visit_note": get("first_visit"),
        "assured_date": get("checked_on"),
        "assured_by": get("checked_by"),
        "greeted_by": get("greeted_by"),
        "picture": get("picture"),
        "application_process": get("how_to_join"),
    }
    return raw | {role: get(role) for role in ("name", "description", "url", "email", "minimum_age", "maximum_age")}


def _mark(said: Mapping[str, str]) -> str:
    """A row without a number of its own is known by its name, who runs it and where it is."""
    parts = "|".join(said.get(role, "").casefold() for role in ("name", "organisation", "place", "postcode"))
    return f"row-{hashlib.sha256(parts.encode('utf-8', 'replace')).hexdigest()[:24]}" if said.get("name") else ""


def _said(row: Values, role: str, named: Iterable[str]) -> str:
    words = dict.fromkeys(_words(row.get(heading)) for heading in named)
    words.pop("", None)
    return "; ".join(words) if role in JOINED else next(iter(words), "")


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_words(each.get("name")) for each in value if isinstance(each, Mapping))
    return "" if value is None or isinstance(value, Mapping) else str(value).strip()


def _yes(said: str) -> bool:
    return said.strip().lower() in _YES


def _split(said: str) -> list[str]:
    """The parts between semicolons; one that ends a sign of HTML ("Men&#39;s Room") divides nothing."""
    return list(dict.fromkeys(filter(None, (each.strip() for each in _SEVERAL.split(html.unescape(said))))))


def _joined(*parts: str) -> str:
    return ". ".join(each.strip().rstrip(".") for each in parts if each.strip())


def _only_for(row: Values, named: Iterable[str]) -> Iterator[str]:
    return (f"{heading[:1]}{heading[1:].lower()}" for heading in named if _yes(str(row.get(heading, ""))))


def _ways_in(get: Any) -> list[str]:
    ways = (("referral_only", "Referral"), ("ring_first", "Appointment"), ("members_only", "Members"))
    return [words for role, words in ways if _yes(get(role, ""))] or _split(get("how_to_join", ""))


def _term(name: str) -> dict[str, Any]:
    return {"taxonomy_term": {"name": name}}


def _organisation(named: str, known: Named) -> dict[str, Any] | None:
    """The first of those named runs it; the others help."""
    first = next(iter(_split(named)), "")
    if not first:
        return None
    about = known.get(first.casefold(), {})
    return {
        "name": about.get("name") or first,
        "description": about.get("description", ""),
        "website": about.get("url", ""),
        "email": about.get("email", ""),
    }


def _places(get: Any, known: Named) -> Iterator[dict[str, Any]]:
    named = _split(get("place", ""))
    own = {role: get(role, "") for role in ("address", "town", "postcode", "latitude", "longitude", "getting_there")}
    if any(own.values()):
        yield _place(", ".join(named), own)
        return
    for each in named:
        yield _place(each, known.get(each.casefold(), {}))


def _place(name: str, about: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "location_type": "physical",
        "latitude": about.get("latitude", ""),
        "longitude": about.get("longitude", ""),
        "transportation": about.get("getting_there", ""),
        "accessibility": [{"description": about["access"]}] if about.get("access") else [],
        "addresses": [
            {
                "address_1": about.get("address", "").replace(";", ","),
                "city": about.get("town", ""),
                "postal_code": about.get("postcode", ""),
            }
        ],
    }


def _elsewhere(get: Any) -> Iterator[dict[str, Any]]:
    if _yes(get("by_telephone", "")):
        yield {"id": "telephone", "location_type": "virtual", "name": "By phone"}
    if _yes(get("online", "")):
        yield {"id": "online", "location_type": "virtual", "name": "Online"}


def _schedules(row: Values, named: Iterable[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for heading in named:
        value = row.get(heading)
        if isinstance(value, list):
            found += [_opening(each) for each in value if isinstance(each, Mapping)]
        elif isinstance(value, str) and value.strip():
            found.append(schedule_from(value.strip()))
    return found


def _opening(each: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of a list of opening times, as web listings keep them."""
    named = {re.sub(r"[^a-z]", "", str(key).lower()): value for key, value in each.items()}
    starts = next((named[key] for key in ("starttime", "opensat", "opens", "start", "from") if key in named), "")
    ends = next((named[key] for key in ("endtime", "closesat", "closes", "end", "to") if key in named), "")
    day = next((named[key] for key in ("day", "weekday", "dayofweek", "byday") if key in named), "")
    return {"freq": "WEEKLY", "byday": day, "opens_at": starts, "closes_at": ends}
