"""What a directory would lose if a feed were read wrongly."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from linkwell.interop.openreferral import CostRecord, TermRecord
from linkwell.interop.openreferral.tests.samples import CHOIR, OLD_LAYOUT, one, reading, refusal


def test_a_full_service_keeps_everything_a_person_needs_to_go_there() -> None:
    choir = one(CHOIR)
    assert choir.description == "Sing with us\nNo notes to read.\nTea after."
    assert choir.url == "https://choir.example.org"
    assert (choir.minimum_age, choir.assured_date) == (18, dt.date(2026, 3, 31))
    assert choir.organisation is not None
    assert choir.organisation.website == "https://example.org"
    (place,) = choir.locations
    assert (place.name, place.address, place.town, place.postcode) == (
        "Mill Hall",
        ("3 Mill Lane",),
        "Wexcombe",
        "ZW1 1AA",
    )
    assert place.accessibility == ("Step-free entrance",)
    weekly, monthly = choir.schedules
    assert (weekly.byday, weekly.opens_at, weekly.location_id) == (("MO", "TH"), dt.time(10), "")
    assert (monthly.byday, monthly.location_id) == (("2TU",), "p1")
    assert choir.costs == (CostRecord("Each week", Decimal(3)),)
    assert choir.contacts[0].phones == ("01632 960001",)
    assert choir.terms == (TermRecord("Singing", "Kinds"),)
    assert choir.languages == ("Polish",)
    assert not choir.notes


def test_a_feed_in_the_old_layout_reads_the_same_way() -> None:
    lunch = one(OLD_LAYOUT)
    assert lunch.attending_types == ("Venue", "Online")
    assert lunch.attending_access == ("Drop-in", "Referral")
    assert lunch.organisation is not None
    assert lunch.organisation.website == "http://table.example.org"
    assert (lunch.schedules[0].byday, lunch.schedules[0].opens_at) == (("WE",), dt.time(9, 30))
    assert (lunch.eligibility, lunch.minimum_age, lunch.maximum_age) == ("People over 60", 60, None)
    assert lunch.languages == ("Urdu",)
    assert lunch.terms == (TermRecord("Lunch clubs", "esdServices"),)
    assert (lunch.locations[0].postcode, lunch.locations[0].latitude) == ("ZW2 3DF", 51.31)
    assert lunch.locations[0].accessibility == ("Hearing loop",)
    assert lunch.assured_date == dt.date(2025, 1, 6)


@pytest.mark.parametrize(
    "whole",
    [
        [CHOIR, OLD_LAYOUT],
        {"total_pages": 1, "contents": [CHOIR, OLD_LAYOUT]},
        {"content": [CHOIR, OLD_LAYOUT], "totalPages": 1},
        {"services": [CHOIR, OLD_LAYOUT]},
    ],
)
def test_a_list_and_every_kind_of_page_give_the_same_records(whole: Any) -> None:
    found, taken, rejected = reading(whole)
    assert [each.id for each in taken] == [CHOIR["id"], OLD_LAYOUT["id"]]
    assert not rejected
    assert found.complete
    assert found.seen == 2


def test_a_single_service_is_a_feed_of_one() -> None:
    found, taken, _ = reading(CHOIR)
    assert [each.name for each in taken] == ["Monday choir"]
    assert found.complete


def test_a_service_found_through_its_place_keeps_the_place() -> None:
    value = {
        "id": "link",
        "location": CHOIR["service_at_locations"][0]["location"],
        "service": {"id": "a", "name": "B"},
    }
    assert one(value).locations[0].name == "Mill Hall"


@pytest.mark.parametrize("empty", [[], {"contents": []}, {"contents": None}])
def test_an_empty_feed_is_complete_and_holds_nothing(empty: Any) -> None:
    found, taken, rejected = reading(empty)
    assert (taken, rejected, found.complete, found.seen) == ([], [], True, 0)


@pytest.mark.parametrize(
    ("value", "field", "words"),
    [
        ({"id": "a", "name": ""}, "name", "no name"),
        ({"id": "a", "name": "<p><br></p>"}, "name", "no name"),
        ({"name": "Choir"}, "id", "no identifier"),
        ({"id": True, "name": "Choir"}, "id", "no identifier"),
        ({"id": "a" * 201, "name": "Choir"}, "id", "longer"),
        ({"id": "a", "name": "b" * 501}, "name", "501 characters"),
        ({"id": "a", "name": "Choir", "description": "x" * 50_001}, "description", "50,001"),
        ({"id": "a", "name": "Song Works", "website": "https://example.org"}, "", "an organisation"),
        ("Choir", "", "not a service"),
        (None, "", "not a service"),
        ([], "", "not a service"),
    ],
)
def test_a_record_that_cannot_be_used_is_named_with_the_reason(value: Any, field: str, words: str) -> None:
    found = refusal(value)
    assert found.field == field
    assert words in found.reason


def test_one_bad_record_does_not_cost_the_others() -> None:
    found, taken, rejected = reading([{"id": "x", "name": ""}, CHOIR, 7, OLD_LAYOUT, CHOIR])
    assert [each.name for each in taken] == ["Monday choir", "Lunch club"]
    assert [each.id for each in rejected] == ["x", "record 3", CHOIR["id"]]
    assert "twice" in rejected[2].reason
    assert found.seen == 5


def test_a_fault_in_one_field_leaves_it_out_and_says_so() -> None:
    bad = {
        "id": "a", "name": "Choir", "url": "nowhere", "email": "not one", "status": "paused", "minimum_age": "old",
        "assured_date": "soon", "schedules": ["Mondays", {"byday": "NEVER", "opens_at": "25:00", "freq": "SOMETIMES"}],
        "cost_options": [{"amount": -4, "option": "All"}],
        "locations": [{"id": "p", "latitude": 100, "longitude": 1, "addresses": {"city": "X", "postal_code": "ABC"}}],
    }  # fmt: skip
    found = one(bad)
    assert {note.where for note in found.notes} == {
        "url", "email", "status", "minimum_age", "assured_date", "schedules 1", "byday", "opens_at", "freq", "amount",
        "latitude", "postal_code",
    }  # fmt: skip
    assert found.status == "inactive"
    assert found.locations[0].latitude is None
    assert found.locations[0].town == "X"


def test_a_time_said_of_the_service_and_of_its_place_is_one_time() -> None:
    time = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00"}
    at = {"location": {"id": "p", "name": "Hall", "schedules": [time | {"id": "t3"}]}}
    found = one(CHOIR | {"schedules": [time | {"id": "t1"}, time | {"id": "t2"}], "service_at_locations": [at]})
    assert [(each.byday, each.location_id) for each in found.schedules] == [(("MO",), "p")]


def test_uk_dates_are_not_read_as_american_ones() -> None:
    assert one({"id": "a", "name": "B", "assured_date": "03/11/2025"}).assured_date == dt.date(2025, 11, 3)


def test_the_same_content_has_the_same_hash_however_it_is_ordered() -> None:
    turned = json.loads(json.dumps(CHOIR))
    turned["languages"] = [{"id": "y", "name": "Welsh"}, *CHOIR["languages"]]
    other = {key: turned[key] for key in reversed(turned)}
    other["languages"] = list(reversed(turned["languages"]))
    other["last_modified"] = "2026-11-20T10:00:00Z"
    assert one(turned).content_hash == one(other).content_hash
    assert one(turned).content_hash != one(CHOIR).content_hash


@pytest.mark.parametrize("field", ["name", "status", "assured_date", "url", "minimum_age", "fees"])
def test_a_change_in_what_is_said_changes_the_hash(field: str) -> None:
    changed = CHOIR | {
        field: {"minimum_age": 21, "assured_date": "2026-04-01", "status": "inactive"}.get(field, "other.example.org")
    }
    assert one(changed).content_hash != one(CHOIR).content_hash


def test_room_stated_by_the_service_is_read() -> None:
    found = one(CHOIR | {"capacities": [{"id": "c", "available": 4, "maximum": 12, "updated": "2026-11-01T09:00:00Z"}]})
    assert (found.capacities[0].available, found.capacities[0].updated) == (4, dt.date(2026, 11, 1))
