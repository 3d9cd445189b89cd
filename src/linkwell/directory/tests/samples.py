"""Small feeds for the tests of the directory, and its searches in short."""

from __future__ import annotations

import io
import json
from typing import Any

from linkwell.directory import actions, queries
from linkwell.directory.actions import ImportResult
from linkwell.directory.queries import Search
from linkwell.interop.openreferral import read
from tests.place import Member, Place


def a_service(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "name": f"Group {number:03}",
        "description": "<p>Tea and talk.</p>",
        "status": "active",
        "email": f"group{number}@example.org",
        "organization": {"id": f"o{number % 3}", "name": f"Organisation {number % 3}"},
        "schedules": [{"id": "t", "freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_at_locations": [
            {
                "id": "l",
                "location": {
                    "id": f"p{number}",
                    "location_type": "physical",
                    "name": "Mill Hall",
                    "latitude": 51.3 + number / 1000,
                    "longitude": -6,
                    "addresses": [{"address_1": "3 Mill Lane", "city": "Wexcombe", "postal_code": "ZW1 1AA"}],
                },
            }
        ],
    } | changes


def load(place: Place, feed: Any, *, by: Member | None = None, source: str = "Feed", **options: Any) -> ImportResult:
    """Load a feed given as the value its JSON stands for, or as bytes."""
    data = feed if isinstance(feed, bytes) else json.dumps(feed).encode()
    scope = (by or place.administrator).scope
    return actions.import_feed(
        scope=scope, reading=read(io.BytesIO(data)), source_name=source, location="feed.json", **options
    )


def names(place: Place, words: str = "", **facts: Any) -> list[str]:
    found = queries.find(place.worker.scope, Search(words=words, **facts))
    return [each.service.name for each in found]


def accounted_for(result: ImportResult) -> bool:
    return result.read == result.added + result.updated + result.unchanged + result.rejected_count
