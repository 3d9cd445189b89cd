"""Small made-up feeds for the tests of this package."""

from __future__ import annotations

import io
import json
from typing import Any

from linkwell.interop.openreferral import Reading, Rejected, ServiceRecord, read

CHOIR: dict[str, Any] = {
    "id": "4f1a1c9e-0000-4000-8000-000000000001",
    "name": "Monday choir",
    "description": "<h3>Sing with us</h3><p>No&nbsp;notes to read.<br>Tea after.</p>",
    "url": "choir.example.org",
    "email": "choir@example.org",
    "status": "active",
    "fees": "£3 a week",
    "minimum_age": 18,
    "assured_date": "2026-03-31",
    "organization": {"id": "o1", "name": "Song Works", "description": "We sing.", "website": "https://example.org"},
    "service_at_locations": [
        {
            "id": "l1",
            "location": {
                "id": "p1",
                "location_type": "physical",
                "name": "Mill Hall",
                "latitude": 51.3,
                "longitude": -6.0,
                "addresses": [
                    {"address_type": "postal", "address_1": "PO Box 3", "city": "Elsewhere", "postal_code": "ZW9 9ZZ"},
                    {
                        "address_type": "physical",
                        "address_1": "3 Mill Lane",
                        "city": "Wexcombe",
                        "postal_code": "zw1 1aa",
                    },
                ],
                "accessibility": [{"accessibility": "Step-free entrance"}],
            },
            "schedules": [{"id": "s2", "freq": "MONTHLY", "byday": "2TU", "opens_at": "19:00"}],
        }
    ],
    "schedules": [{"id": "s1", "freq": "WEEKLY", "byday": "TH,MO", "opens_at": "10:00:00", "closes_at": "12:00:00"}],
    "cost_options": [{"id": "c1", "option": "Each week", "amount": 3}],
    "languages": [{"id": "x", "name": "Polish"}],
    "contacts": [{"id": "k1", "name": "Ada", "title": "Choir leader", "phones": [{"number": "01632 960001"}]}],
    "attributes": [{"id": "a", "taxonomy_term": {"id": "t", "name": "Singing", "taxonomy": "Kinds"}}],
}

OLD_LAYOUT: dict[str, Any] = {
    "id": "old-7",
    "name": "Lunch club",
    "status": "active",
    "attending_type": "Venue; Online",
    "attending_access": ["Drop-in", "Referral"],
    "deliverable_type": "Social activity",
    "organization": {"id": "o9", "name": "Table", "url": "http://table.example.org"},
    "regular_schedules": [{"id": "r", "weekday": "Wednesday", "opens_at": "9:30", "closes_at": "12:00"}],
    "eligibilitys": [{"id": "e", "eligibility": "People over 60", "minimum_age": "60", "maximum_age": ""}],
    "languages": [{"id": "l", "language": "Urdu"}],
    "service_taxonomys": [{"id": "st", "taxonomy": {"id": "t", "name": "Lunch clubs", "vocabulary": "esdServices"}}],
    "service_at_locations": [
        {
            "id": "sal",
            "location": {
                "id": "loc",
                "name": "Hall",
                "latitude": "51.31",
                "longitude": "-6.02",
                "physical_addresses": [{"address_1": "1 Hall Road", "city": "Wexcombe", "postal_code": "ZW2 3DF"}],
                "accessibility_for_disabilities": [{"accessibility": "Hearing loop"}],
            },
        }
    ],
    "pc_metadata": {"date_assured": "2025-01-06", "date_modified": "2025-01-07"},
}


def reading(data: bytes | Any) -> tuple[Reading, list[ServiceRecord], list[Rejected]]:
    """The reading of some bytes, or of any value written as JSON, sorted into taken and rejected."""
    found = read(io.BytesIO(data if isinstance(data, bytes) else json.dumps(data).encode()))
    items = list(found)
    taken = [each for each in items if isinstance(each, ServiceRecord)]
    rejected = [each for each in items if isinstance(each, Rejected)]
    assert len(items) == len(taken) + len(rejected)
    return found, taken, rejected


def one(value: Any) -> ServiceRecord:
    _, taken, rejected = reading([value])
    assert not rejected, rejected
    return taken[0]


def refusal(value: Any) -> Rejected:
    _, taken, rejected = reading([value])
    assert not taken
    return rejected[0]
