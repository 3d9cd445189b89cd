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
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.directory import actions
from linkwell.directory.models import Service, TwiceListed, Venue
from linkwell.directory.queries import published
from linkwell.directory.queries.published import Filters, Listed
from linkwell.interop.openreferral import read
from tests.place import Place

ROOT = "/api/openreferral/WEX01"
# Where the published schemas of Open Referral UK lie, for whoever has them: they are not ours to ship.
STANDARD = Path(os.environ.get("LINKWELL_STANDARDS", "../shared/data/directory_standards")) / "oruk/schema"


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
        "greeted_by": "Whoever is at the door",
        "assurer_email": "list@council.example.org",
        "assured_date": "2026-09-01",
        "picture": "https://example.org/door.jpg",
        "cost_options": [{"option": "A visit", "amount": 0}],
        "service_areas": [{"name": "ZW1"}],
        "eligibility_description": "Women only",
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


def a_page(of: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {"type": "integer", "minimum": 0}
    flag = {"type": "boolean"}
    fields: dict[str, Any] = {"total_items": whole, "total_pages": whole, "page_number": whole, "size": whole}
    fields |= {"first_page": flag, "last_page": flag, "empty": flag, "contents": {"type": "array", "items": of}}
    return {"type": "object", "properties": fields, "required": list(fields)}


def a_thing(*required: str, **fields: Any) -> dict[str, Any]:
    text, day = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    known = {
        "id": {"type": "string", "format": "uuid"},
        "name": text,
        "assured_date": day,
        "minimum_age": {"type": "number"},
    }
    return {"type": "object", "properties": known | fields, "required": ["id", *required]}


STATUS = {"enum": ["active", "inactive", "defunct", "temporarily closed"]}
TERM = a_thing("name", "description", "taxonomy", taxonomy_detail=a_thing("name", "description"))
SCHEDULE = {"type": "object", "properties": {"freq": {"enum": ["WEEKLY", "MONTHLY"]}, "interval": {"type": "integer"}}}
SERVICE = a_thing("name", "status", status=STATUS, organization=a_thing("name", "description"))
WHOLE = a_thing(
    "name",
    "status",
    schedules={"type": "array", "items": SCHEDULE},
    attributes={"type": "array", "items": a_thing("taxonomy_term", taxonomy_term=TERM)},
    cost_options={"type": "array", "items": a_thing("amount", amount={"type": "number"})},
)
# What each path gives: our own words for the least of the standard, and the file of its published schema.
PATHS = {
    "services": (SERVICE, "compiled/service_list.json"),
    "organizations": (a_thing("name", "description"), "compiled/organization_list.json"),
    "service_at_locations": (a_thing("location"), "compiled/service_at_location_list.json"),
    "taxonomies": (a_thing("name", "description"), "taxonomy.json"),
    "taxonomy_terms": (TERM, "taxonomy_term.json"),
}
WHOLES = {"services": "compiled/service.json", "organizations": "compiled/organization.json"}


def valid(value: Any, schema: dict[str, Any]) -> None:
    kind = jsonschema.Draft202012Validator
    kind(schema, format_checker=kind.FORMAT_CHECKER).validate(value)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_holds_what_a_reader_of_the_standard_needs(given: Place, path: str) -> None:
    page = get(f"/{path}").json()
    valid(page, a_page(PATHS[path][0]))
    assert page["contents"]
    one = get(f"/{path}/{page['contents'][0]['id']}").json()
    valid(one, WHOLE if path == "services" else PATHS[path][0])


@pytest.mark.skipif(not STANDARD.is_dir(), reason="the published schemas of Open Referral UK are not here")
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_valid_by_the_published_schemas(given: Place, path: str) -> None:
    listed = json.loads((STANDARD / PATHS[path][1]).read_text())
    contents = get(f"/{path}").json()["contents"]
    for each in contents:
        valid(each, listed)
    if path in WHOLES:
        valid(get(f"/{path}/{contents[0]['id']}").json(), json.loads((STANDARD / WHOLES[path]).read_text()))


def test_what_feeds_know_of_a_group_is_in_what_is_given_on(given: Place) -> None:
    whole = get("/services/" + get("/services").json()["contents"][0]["id"]).json()
    more = {each["taxonomy_term"]["code"]: each["value"] for each in whole["attributes"] if each["link_type"] == "more"}
    assert more == {
        "greeted_by": "Whoever is at the door",
        "assured_by": "council.example.org",
        "picture": "https://example.org/door.jpg",
    }
    assert [each["amount"] for each in whole["cost_options"]] == [0]
    assert (whole["assured_date"], whole["attending_access"]) == ("2026-09-01", "Drop-in")
    assert [each["name"] for each in whole["service_areas"]] == ["ZW1"]
    assert whole["eligibility_description"] == "Women only"
    assert [each["name"] for each in whole["languages"]] == ["Polish"]
    place = whole["service_at_locations"][0]["location"]
    assert [each["description"] for each in place["accessibility"]] == ["Step-free entrance"]


def test_an_identifier_of_a_listing_that_was_made_one_with_another_leads_to_the_kept_one(place: Place) -> None:
    admin = place.administrator.scope
    load(place, [a_service(1)])
    load(place, [a_service(2, name="Group 1", organization={"id": "p", "name": "Song-Works"})], source="Second")
    actions.publish(scope=admin, published=True)
    with scoped(admin):
        one, two = Service.objects.order_by("feed_id")
        places = {each.service_id: each.pk for each in Venue.objects.all()}
        pair = TwiceListed.objects.create(organisation_id=one.organisation_id, kept=one, other=two, score=1)
    actions.make_one(scope=admin, pair_id=pair.pk, taken=["cost"])
    ways = (
        ("services", two.pk, one.pk),
        ("service_at_locations", places[two.pk], places[one.pk]),
        ("organizations", two.community_organisation_id, one.community_organisation_id),
    )
    for path, old, new in ways:
        sent = Client().get(f"{ROOT}/{path}/{old}")
        assert (sent.status_code, sent["Location"]) == (301, f"{ROOT}/{path}/{new}")
        assert Client().get(f"{ROOT}/{path}/{new}").status_code == 200
    assert str(two.pk) not in b"".join(Client().get(f"{ROOT}/export.jsonl")).decode()
    actions.take_apart(scope=admin, pair_id=pair.pk)
    assert Client().get(f"{ROOT}/services/{two.pk}").json()["name"] == "Group 1"
