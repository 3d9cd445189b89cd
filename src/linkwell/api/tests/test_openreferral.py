"""A directory that is given away must be the directory: whole, in the standard's layout, nothing held back in it."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from django.test import Client

from linkwell.api import openreferral
from linkwell.core.scope import Scope
from linkwell.directory import actions
from linkwell.directory.queries import published
from linkwell.directory.queries.published import Filters, Listed
from linkwell.interop.openreferral import read
from tests.place import Place

ROOT = "/api/openreferral/WEX01"
# Where the published schemas of Open Referral UK lie, for whoever has them: they are not ours to ship.
STANDARD = Path(os.environ.get("LINKWELL_STANDARDS", "../shared/data/directory_standards")) / "oruk/schema/compiled"


def load(place: Place, feed: Any, source: str = "Feed", by: Any = None) -> Any:
    data = feed if isinstance(feed, bytes) else json.dumps(feed).encode()
    scope = (by or place.administrator).scope
    return actions.import_feed(scope=scope, reading=read(io.BytesIO(data)), source_name=source, location="feed.json")


def a_service(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "name": f"Group {number}",
        "description": "<p>Tea and <b>talk</b>.</p>",
        "email": f"group{number}@example.org",
        "minimum_age": 50,
        "fees": "Free",
        "organization": {"id": "o", "name": "Song Works", "website": "https://example.org"},
        "attributes": [{"taxonomy_term": {"name": "Swimming groups"}}],
        "languages": [{"name": "Polish"}],
        "phones": [{"number": "01632 960001"}],
        "contacts": [{"name": "Ada Byron"}],
        "attending_access": "Drop-in",
        "service_at_locations": [
            {
                "location": {
                    "id": "p",
                    "location_type": "physical",
                    "name": "Mill Hall",
                    "latitude": 51.3,
                    "longitude": -6.0,
                    "accessibility": [{"description": "Step-free entrance"}],
                    "addresses": [{"address_1": "3 Mill Lane", "postal_code": "ZW1 1AA"}],
                }
            }
        ],
        "schedules": [
            {"freq": "WEEKLY", "interval": 2, "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
            {"freq": "MONTHLY", "byday": "1TH,3TH", "opens_at": "14:00", "description": "Bring a towel"},
        ],
    } | changes


@pytest.fixture
def given(place: Place) -> Place:
    load(place, [a_service(number) for number in range(3)])
    actions.publish(scope=place.administrator.scope, published=True)
    return place


def get(path: str, **headers: str) -> Any:
    return Client().get(f"{ROOT}{path}", headers=headers)


@pytest.mark.parametrize(
    "path",
    ["/", "/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms", "/export.json"],
)
def test_a_directory_nobody_gave_away_is_not_there(place: Place, path: str) -> None:
    load(place, [a_service(1)])
    assert get(path).status_code == 404
    assert Client().get(f"/api/openreferral/NOBODY{path}").status_code == 404


def test_every_path_of_the_standard_answers_and_leads_on(given: Place) -> None:
    page = get("/services?per_page=2").json()
    assert (page["total_items"], page["total_pages"], page["size"], page["last_page"]) == (3, 2, 2, False)
    assert get("/services?per_page=2&page=2").json()["last_page"]
    assert get("/services?page=99").json()["empty"]
    for name in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        first = get(f"/{name}").json()["contents"][0]
        assert get(f"/{name}/{first['id']}").json()["id"] == first["id"]
    assert get("/").json()["version"] == "HSDS-UK-3.0"
    assert get("/services/00000000-0000-4000-8000-000000000000").status_code == 404


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("search=towel", 0), ("search=talk", 3), ("minimum_age=20", 3), ("maximum_age=40", 0), ("day=MO", 3),
        ("day=Friday", 0),
        ("start_time=13:00", 3), ("end_time=09:00", 0), ("taxonomy_term_id=nonsense", 0),
    ],
)  # fmt: skip
def test_what_the_standard_lets_be_asked_for_is_obeyed(given: Place, asked: str, count: int) -> None:
    assert get(f"/services?{asked}").json()["total_items"] == count


def test_places_are_found_by_kind_and_by_distance(given: Place) -> None:
    term = get("/services/" + get("/services").json()["contents"][0]["id"]).json()["attributes"][0]["taxonomy_term"]
    assert term["name"] == "Swimming groups"
    assert get(f"/services?taxonomy_term_id={term['id']}").json()["total_items"] == 3
    assert get("/service_at_locations?postcode=ZW1+1AA&proximity=100").json()["total_items"] == 3
    assert get("/service_at_locations?postcode=ZW9+9ZZ&proximity=100").json()["total_items"] == 0


@pytest.mark.fault("F40")
@pytest.mark.parametrize(
    "asked", ["per_page=-1", "page=0", "page=1e9", "per_page=x", "day=Someday", "start_time=25:99", "minimum_age=٣"]
)
def test_what_makes_no_sense_is_said_and_nothing_breaks(given: Place, asked: str) -> None:
    answer = get(f"/services?{asked}")
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.fault("F40")
def test_nobody_can_ask_for_a_million_at_once_or_change_anything(given: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    first = published.published_services

    def listed(scope: Scope, filters: Filters, page: int, size: int) -> Listed:
        asked.append(size)
        return first(scope, filters, page, size)

    monkeypatch.setattr(published, "published_services", listed)
    get("/services?per_page=1000000")
    assert asked == [published.MOST_A_PAGE]
    assert Client().post(f"{ROOT}/services", {}).status_code == 405
    monkeypatch.setattr(openreferral, "MOST_A_MINUTE", 3)
    assert 429 in {get("/").status_code for _ in range(4)}


def test_what_a_reader_has_already_is_not_sent_again(given: Place) -> None:
    first = get("/services")
    assert "public" in first["Cache-Control"]
    assert get("/services", if_none_match=first["ETag"]).status_code == 304


def test_nothing_held_back_withdrawn_or_personal_is_given_away(given: Place) -> None:
    feed = [a_service(1, description="Ring Jean Smith on 07700 900123"), a_service(2)]
    load(given, feed)
    everything = b"".join(get("/export.jsonl").streaming_content)
    for secret in (b"07700", b"Jean", b"Ada Byron", b"Group 0"):
        assert secret not in everything
    assert b"Group 2" in everything


def test_a_directory_that_was_given_makes_the_same_directory_elsewhere(given: Place) -> None:
    """And given on from there, it is still the same."""
    sent = b"".join(get("/export.json").streaming_content)
    result = load(given, sent, "Given", by=given.stranger_lead)
    assert (result.added, result.rejected, result.notes) == (3, [], 0)
    actions.publish(scope=given.stranger_lead.scope, published=True)
    again = [*published.published_whole(given.stranger_lead.scope, None, 10)]
    assert sorted(map(_said, again), key=str) == sorted(map(_said, json.loads(sent)["contents"]), key=str)


def _said(value: Any) -> Any:
    """What an object says, without identifiers and the day it was written."""
    if isinstance(value, dict):
        return {key: _said(each) for key, each in value.items() if key != "last_modified" and not key.endswith("id")}
    return sorted((_said(each) for each in value), key=str) if isinstance(value, list) else value


@pytest.mark.fault("F23")
def test_the_table_holds_no_formula(given: Place) -> None:
    load(given, [a_service(number, name="=1+1") for number in range(3)])
    rows = list(csv.reader(io.StringIO(b"".join(get("/export.csv").streaming_content).decode())))
    assert len(rows) == 4
    assert all(not row[1].startswith("=") for row in rows)


def test_what_we_give_is_what_the_standard_says(given: Place) -> None:
    """Against the published schemas where they are at hand, and against the least of them always."""
    whole = get("/services/" + get("/services").json()["contents"][0]["id"]).json()
    assert {"id", "name", "status"} <= whole.keys()
    assert {each["freq"] for each in whole["schedules"]} <= {"WEEKLY", "MONTHLY"}
    if not STANDARD.is_dir():
        pytest.skip("the schemas of Open Referral UK are not here")
    for name, value in (("service", whole), ("organization", whole["organization"])):
        schema = json.loads((STANDARD / f"{name}.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(value)
