"""A service in two feeds is recognised; two that only look alike are left alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.directory.likeness import Listing, likeness

HERE = frozenset({"ZW1 1AA"})
CHOIR = Listing(
    name="The Sing Low Choir",
    organisation="Song Works",
    phone="01632 960001",
    url="https://songworks.example.org/choir",
    postcodes=HERE,
    points=((51.30, -6.0),),
)


@pytest.mark.parametrize(
    "again",
    [
        replace(CHOIR),
        replace(CHOIR, name="Sing Low Community Choir", url="http://www.songworks.example.org/choir/"),
        replace(CHOIR, name="Sing Lo Choir", organisation="Song Works CIC", phone="+44 1632 960001", url=""),
        replace(CHOIR, organisation="Wexcombe Council", postcodes=frozenset(), points=()),
        replace(
            CHOIR, name="Song Works: Sing Low Choir", postcodes=frozenset(), points=((51.3004, -6.0005),), phone=""
        ),
        replace(CHOIR, name="SING LOW CHOIR", organisation="", phone="", email="", times=frozenset({(1, None, None)})),
    ],
)
def test_the_same_service_told_in_other_words_is_recognised(again: Listing) -> None:
    found = likeness(CHOIR, again)
    assert found.is_enough, found
    assert likeness(again, CHOIR).score == found.score
    assert len(found.reasons) >= 3


def test_a_listing_filed_under_its_own_name_is_known_by_place_and_times() -> None:
    trust = Listing("Barn Trust", "Barn Trust", postcodes=HERE, times=frozenset({(1, dt.time(9), None)}))
    assert likeness(trust, trust).is_enough
    assert not likeness(trust, replace(trust, times=frozenset({(2, dt.time(9), None)}))).is_enough


@pytest.mark.parametrize(
    "another",
    [
        # Two branches of one charity, with one head office telephone and one web page.
        replace(CHOIR, postcodes=frozenset({"ZW9 9ZZ"}), points=((51.39, -6.0),)),
        replace(CHOIR, postcodes=frozenset({"ZW9 9ZZ"}), points=()),
        # Something else of the same organisation at the same place.
        replace(CHOIR, name="Song Works Ukulele Evenings"),
        # Something else that shares the hall, and the same kind of group run by others in another place.
        replace(CHOIR, name="Low Back Pain Class", organisation="Move Well", phone="", url=""),
        replace(CHOIR, organisation="St Jude's", phone="01632 960999", url="", postcodes=frozenset(), points=()),
        # Another service of one organisation that has one telephone and one web page for all that it does.
        replace(CHOIR, name="Sing Low Choir: Mental Health Songs", postcodes=frozenset(), points=()),
        # The same organisation's same activity for other people.
        replace(CHOIR, minimum_age=None, maximum_age=10, name="The Sing Low Children's Choir"),
    ],
)
def test_what_only_looks_alike_is_not_offered(another: Listing) -> None:
    grown_up = replace(CHOIR, minimum_age=18)
    assert not likeness(grown_up, another).is_enough, likeness(grown_up, another)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Swimming for women", "Swimming for men"),
        ("Yoga on Mondays", "Yoga on Thursdays"),
        ("Walking football over 50", "Walking football over 65"),
        ("English for beginners", "English intermediate"),
        ("Wexcombe North Carers", "Wexcombe South Carers"),
        ("Under 5s play", "Toddlers music"),
        ("1st Wexcombe Scouts", "2nd Wexcombe Scouts"),
    ],
)
def test_a_day_an_age_or_a_number_in_the_name_tells_two_apart(one: str, two: str) -> None:
    assert not likeness(replace(CHOIR, name=one), replace(CHOIR, name=two)).is_enough


def test_a_page_of_a_site_for_everybody_is_no_evidence() -> None:
    front = replace(CHOIR, url="https://www.facebook.com/", phone="", postcodes=frozenset(), points=())
    assert not likeness(front, front).is_enough


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20), st.text(max_size=30))
@settings(max_examples=60)
def test_no_words_stop_the_comparison(one: str, two: str, phone: str, url: str) -> None:
    first, second = Listing(one, two, phone, f"http://{url}"), Listing(two, one, phone, f"http://{url}")
    assert 0 <= likeness(first, second).score == likeness(second, first).score <= 1
