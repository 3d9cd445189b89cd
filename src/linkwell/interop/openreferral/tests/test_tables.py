"""Most listings are tables somebody keeps by hand: they are read as they are, and what is not sure is not guessed."""

from __future__ import annotations

import datetime as dt
import io
import json
import resource
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.interop.openreferral import WHOLE_FEED, Plan, Reading, Rejected, ServiceRecord, read, read_path, tables
from linkwell.interop.openreferral.columns import SERVICES, Columns, columns_from, guess
from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.opening import schedule_from

LISTING = "Ref,Group name,Postcode,When,Min Age,Members Only,Carers Only,Phone\n"
CHOIR = "7,Monday choir,zw1 1aa,10am-12pm every Monday & Thursday,18,TRUE,TRUE,01632 960001\n"


def taken(found: Reading) -> tuple[list[ServiceRecord], list[Rejected]]:
    items = list(found)
    return (
        [each for each in items if isinstance(each, ServiceRecord)],
        [each for each in items if isinstance(each, Rejected)],
    )


def of(text: str | bytes, plan: Plan | None = None) -> tuple[list[ServiceRecord], list[Rejected]]:
    return taken(read(io.BytesIO(text if isinstance(text, bytes) else text.encode()), plan))


def test_a_table_with_plain_headings_is_read_as_it_is() -> None:
    (choir,), rejected = of(LISTING + CHOIR)
    assert not rejected
    assert (choir.id, choir.name, choir.minimum_age, choir.phones) == ("7", "Monday choir", 18, ("01632 960001",))
    assert choir.locations[0].postcode == "ZW1 1AA"
    assert choir.attending_access == ("Members",)
    assert choir.eligibility == "Carers only"
    (times,) = choir.schedules
    assert (times.byday, str(times.opens_at), str(times.closes_at)) == (("MO", "TH"), "10:00:00", "12:00:00")


@pytest.mark.fault("F24")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_from_any_program_keeps_its_letters(encoding: str, separator: str) -> None:
    text = f"id{separator}name{separator}description\n1{separator}Café{separator}Tea – and talk\n"
    (only,), _ = of(text.encode(encoding), Plan(format="csv"))
    assert (only.name, only.description) == ("Café", "Tea – and talk")


@pytest.mark.fault("F24")
def test_what_does_not_fit_its_headings_is_named_and_the_rest_is_loaded() -> None:
    listed, rejected = of(f'{LISTING}{CHOIR}8,Lunch,,,,,,,,spilled\n\n,,,\n9,"Tea"\n"10","",ZW1 1AA\n7,Again\n')
    assert [each.id for each in listed] == ["7", "9"]
    assert [(each.id, each.field) for each in rejected] == [("record 2", ""), ("10", "name"), ("7", "id")]


@pytest.mark.fault("F24")
def test_a_table_cut_where_a_sheet_ends_is_not_taken_for_whole() -> None:
    text = "id,name\n" + "1,Group\n" * 65_535
    found = tables.rows(io.BytesIO(text.encode()))
    assert sum(1 for _ in islice(found, 65_535)) == 65_535
    with pytest.raises(FeedStopped, match="may be missing"):
        next(found)


@pytest.mark.fault("F24")
def test_duplicate_headings_and_a_quote_that_never_closes_are_survived() -> None:
    (only,), _ = of("id,name,Phone,Phone\n1,Tea,01632 960001,01632 960002\n")
    assert only.phones == ("01632 960001",)
    listed, rejected = of('id,name\n1,Tea\n2,"' + "x" * 33_000_000)
    assert [each.id for each in listed] == ["1"]
    assert rejected[-1].id == WHOLE_FEED


@given(st.binary(max_size=200), st.sampled_from(["csv", ""]))
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_a_table_or_a_finding(data: bytes, kind: str) -> None:
    for start in (b"id,name\n", b"PK\x03\x04", b"", b"\xff\xfe"):
        of(start + data, Plan(format=kind))


def test_a_table_whose_name_we_cannot_tell_asks_for_its_columns() -> None:
    _, (only,) = of("Nummer,Bezeichnung\n1,Chor\n", Plan(format="csv"))
    assert "which column is the name" in only.reason
    saved = columns_from({SERVICES: {"id": ["Nummer"], "name": ["Bezeichnung"], "nonsense": ["x"]}, "other": 3})
    (chor,), _ = of("Nummer,Bezeichnung\n1,Chor\n", Plan(format="csv", columns=saved))
    assert (chor.id, chor.name) == ("1", "Chor")
    assert columns_from(saved.as_json()) == saved


def test_a_row_without_a_number_of_its_own_is_known_again() -> None:
    (first, _), _ = of("name,postcode\nTea,ZW1 1AA\nLunch,ZW1 1AA\n")
    (_, again), _ = of("name,postcode,notes\nLunch,ZW1 1AA,x\nTea,ZW1 1AA,y\n")
    assert first.id == again.id


def test_three_tables_that_name_each_other_become_whole_services(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(
        "Service ID,Service,Organisation(s),Location(s),Timing notes,Referrals Only\n"
        "S1,Stay and play,Song Works;Another,Mill Hall,9am-10:30am on Tuesdays (term time only),TRUE\n"
    )
    (tmp_path / "organisations.csv").write_text("Organisation,Org Website\nSong Works,https://song.example.org\n")
    (tmp_path / "locations.csv").write_text("Location name,Postcode,lat,lon\nMill Hall,ZW1 1AA,51.3,-6.0\n")
    for path in (tmp_path, tmp_path / "services.csv"):
        (only,), rejected = taken(read_path(path))
        assert not rejected
        assert only.organisation is not None
        assert (only.organisation.name, only.organisation.website) == ("Song Works", "https://song.example.org")
        assert (only.locations[0].latitude, only.locations[0].postcode) == (51.3, "ZW1 1AA")
        assert only.schedules[0].description == "9am-10:30am on Tuesdays (term time only)"
        assert only.attending_access == ("Referral",)


def test_opening_hours_given_twice_come_out_once() -> None:
    """Listings of the street repeat them: in a list, for the place, and one more time by themselves."""
    hours = {"startTime": "17:00", "endTime": "19:00", "day": "Monday"}
    again = {"startTime": "17:00", "endTime": "19:00", "day": "Monday "}
    group = {
        "key": "k1",
        "name": "Helping Ann &amp; Bob",
        "serviceProviderName": "The Men&#39;s Room",
        "openingTime": hours,
    }
    listed, _ = of(json.dumps([group | {"address": {"openingTimes": [hours, again, hours]}, "openingTimes": [hours]}]))
    assert [(each.byday, each.opens_at) for each in listed[0].schedules] == [(("MO",), dt.time(17))]
    assert listed[0].organisation is not None
    assert listed[0].organisation.name == "The Men's Room"


def test_a_web_listing_in_json_that_is_no_standard_is_a_table_too() -> None:
    group: dict[str, Any] = {
        "key": "k1",
        "name": "The Men&#39;s Room",
        "serviceInfo": "Drop in",
        "tags": ["Men", "Homeless"],
        "location": {"description": "By the fountain", "postcode": "ZW1 1AA", "latitude": 53.480551029547},
        "openingTimes": [{"startTime": "17:00", "endTime": "19:00", "day": "Monday"}],
        "isAppointmentOnly": True,
    }
    listed, rejected = of(json.dumps([group | {"location": group["location"] | {"longitude": -2.23715070763573}}]))
    assert not rejected
    assert (listed[0].name, listed[0].locations[0].longitude) == ("The Men's Room", -2.23715070763573)
    assert listed[0].schedules[0].byday == ("MO",)
    assert listed[0].attending_access == ("Appointment",)
    assert listed[0].description == "Drop in"


HSDS = {
    "services.csv": "id,organization_id,name,status,minimum_age\ns1,o1,Choir,active,18\ns2,o9,Lunch,active,\n",
    "organizations.csv": "id,name\no1,Song Works\n",
    "service_at_location.csv": "id,service_id,location_id\nl1,s1,p1\n",
    "locations.csv": "id,name,location_type,latitude,longitude\np1,Mill Hall,physical,51.3,-6.0\n",
    "addresses.csv": "id,location_id,address_1,postal_code,address_type\na1,p1,3 Mill Lane,ZW1 1AA,physical\n",
    "schedules.csv": "id,service_id,service_at_location_id,freq,byday,opens_at\nt1,s1,l1,WEEKLY,MO,10:00\n",
    "contacts.csv": "id,service_id,name\nc1,s1,Ada\n",
    "phones.csv": "id,contact_id,number\nh1,c1,01632 960001\n",
    "attributes.csv": "id,link_id,taxonomy_term_id,link_entity\nx1,s1,m1,service\n",
    "taxonomy_terms.csv": "id,name,parent_id,taxonomy\nm1,Singing,m2,Kinds\nm2,Music,m1,Kinds\n",
}


def test_the_tables_of_the_standard_are_put_together(tmp_path: Path) -> None:
    """Terms that are each other's parents go round in a circle, and hurt nobody."""
    for name, text in HSDS.items():
        (tmp_path / name).write_text(text)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in HSDS.items():
            archive.writestr(f"export/{name}", text)
    packed.seek(0)
    for found in (read_path(tmp_path), read_path(tmp_path / "services.csv"), read(packed)):
        (choir, lunch), rejected = taken(found)
        assert not rejected
        assert choir.organisation is not None
        assert choir.organisation.name == "Song Works"
        assert choir.locations[0].postcode == "ZW1 1AA"
        assert choir.schedules[0].location_id == "p1"
        assert choir.contacts[0].phones == ("01632 960001",)
        assert choir.terms[0].name == "Singing"
        assert lunch.organisation is None


@pytest.mark.fault("F25")
def test_an_archive_that_swells_is_not_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", "id,name\n" + "0" * 50_000_000)
    packed.seek(0)
    _, (only,) = taken(read(packed))
    assert "unpacks to far more" in only.reason


@pytest.mark.fault("F24")
def test_memory_stays_flat_however_long_the_table_is(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    with path.open("w") as file:
        file.write("id,organization_id,name,description\n")
        for number in range(700):
            file.write(f"{number},o1,Group {number},{'x' * 30_000}\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read_path(path)
    assert sum(isinstance(each, ServiceRecord) for each in found) == 700
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


@pytest.mark.parametrize(
    ("said", "days", "opens", "closes"),
    [
        ("10:30am - 12:30pm Every 2nd Sunday of the month", "2SU", "10:30", "12:30"),
        ("7:30pm - 9:30pm 2nd and 4th Tuesdays of the month", "2TU,4TU", "19:30", "21:30"),
        ("10:00am - 2:00pm Mon, Tue, Thu & Fri", "MO,TU,TH,FR", "10:00", "14:00"),
        ("10am-12pm Monday-Friday", "MO,TU,WE,TH,FR", "10:00", "12:00"),
        ("5-6pm on Fridays", "FR", "17:00", "18:00"),
        ("Sundays & Tuesdays", "TU,SU", None, None),
    ],
)
def test_opening_times_in_words_are_understood(said: str, days: str, opens: str | None, closes: str | None) -> None:
    found = schedule_from(said)
    assert (found["byday"], found.get("opens_at"), found.get("closes_at")) == (days, opens, closes)
    assert "description" not in found


@pytest.mark.parametrize(
    "said",
    ["Book a time", "Annual (July)", "5pm - 8:30pm (Age 8-12 - 5-6:15pm)", "11:30am - 12:30am Every Thursday"],
)
def test_opening_times_that_are_not_sure_stay_words(said: str) -> None:
    found = schedule_from(said)
    assert found["description"] == said
    assert "opens_at" not in found


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_no_words_about_times_stop_the_reading(said: str) -> None:
    schedule_from(said)


def test_a_heading_that_could_be_anything_is_left_alone() -> None:
    assert guess(SERVICES, ["Notes", "Name"]) == {"name": ("Name",)}
    assert Columns({SERVICES: guess(SERVICES, ["Notes"])}).is_enough is False
