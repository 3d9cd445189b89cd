"""What a directory feed says, as plain frozen values.

The field names follow Open Referral UK 3.0 and HSDS 3. A text that was not given is "", a number or
date that was not given is None, a list that was not given is empty. Times are UK wall-clock times;
latitude and longitude are degrees (WGS 84); money is in the currency named beside it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import orjson

from linkwell.kernel.errors import Finding


@dataclass(frozen=True, slots=True)
class Rejected:
    """One record of a feed that cannot be loaded: which, where in it, and why, in plain words.

    `id` is the record's own identifier, or its place in the feed ("record 12") when it has none.
    """

    id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A word from a list of terms ("Bereavement" from "LGA needs") put on a service or a place."""

    name: str
    vocabulary: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """The organisation that runs a service. `identifiers` are pairs: scheme ("GB-CHC"), number."""

    id: str
    name: str
    description: str = ""
    email: str = ""
    website: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LocationRecord:
    """A place. `kind` is physical, postal or virtual; `postcode` is "" unless its shape is right."""

    id: str
    kind: str
    name: str = ""
    description: str = ""
    address: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[str, ...] = ()
    transport: str = ""
    terms: tuple[TermRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """When a service is open. `byday` holds MO to SU, with a week before it when monthly ("2TU").

    `location_id` names the place these times belong to; "" means every place of the service.
    """

    id: str
    freq: str = ""
    interval: int | None = None
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    description: str = ""
    notes: str = ""
    attending_type: str = ""
    location_id: str = ""


@dataclass(frozen=True, slots=True)
class CostRecord:
    """What it costs, for whom ("Under 18s"). `amount` 0 means free; None means it is only described."""

    option: str = ""
    amount: Decimal | None = None
    currency: str = "GBP"
    description: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Somebody to ask. Phones are kept as they were written."""

    name: str = ""
    title: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CapacityRecord:
    """Room, as the service states it (HSDS 3.1): places free and in all, and on which day it was said."""

    available: int | None = None
    maximum: int | None = None
    unit: str = ""
    description: str = ""
    updated: dt.date | None = None


@dataclass(frozen=True)
class ServiceRecord:
    """One service of a feed. `description` is plain text; `description_html` is safe to show as it is.

    `status` is active, inactive, defunct or temporarily closed. `notes` are faults that did not stop
    the record from loading (a latitude of 100, say): what they speak of was left out. `assured_by` and
    `greeted_by` say who last checked it and who meets somebody new; `picture` is the web address of one.
    """

    id: str
    name: str
    organisation: OrganisationRecord | None = None
    description: str = ""
    description_html: str = ""
    url: str = ""
    email: str = ""
    status: str = "active"
    alert: str = ""
    fees: str = ""
    accreditations: str = ""
    application_process: str = ""
    eligibility: str = ""
    first_visit: str = ""
    wait_time: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: dt.date | None = None
    assured_by: str = ""
    greeted_by: str = ""
    picture: str = ""
    last_modified: dt.datetime | None = None
    attending_types: tuple[str, ...] = ()
    attending_access: tuple[str, ...] = ()
    deliverable_types: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    costs: tuple[CostRecord, ...] = ()
    schedules: tuple[ScheduleRecord, ...] = ()
    locations: tuple[LocationRecord, ...] = ()
    terms: tuple[TermRecord, ...] = ()
    capacities: tuple[CapacityRecord, ...] = ()
    notes: tuple[Finding, ...] = field(default=(), compare=False)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 (hex) of what the service says, the same however its lists are ordered.

        `last_modified` is left out: publishers stamp it at every export, and then nothing would ever
        be unchanged.
        """
        said = {
            part.name: _canonical(getattr(self, part.name))
            for part in dataclasses.fields(self)
            if part.name not in ("notes", "last_modified")
        }
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _canonical(value: Any) -> Any:
    """JSON for hashing. Lists are sorted, because publishers give the same list in any order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: _canonical(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, tuple):
        each_as_json = (orjson.dumps(_canonical(each), option=orjson.OPT_SORT_KEYS) for each in value)
        return [each.decode() for each in sorted(each_as_json)]
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value
