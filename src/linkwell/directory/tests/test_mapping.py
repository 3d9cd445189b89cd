"""What a listing says must not turn into something it does not say."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.directory import mapping, vocabulary
from linkwell.directory.tests.samples import a_service
from linkwell.interop.openreferral import ServiceRecord, read
from linkwell.kernel.codes import NEEDS, SERVICE_KINDS


def draft(**changes: Any) -> mapping.Draft:
    (record,) = read(io.BytesIO(json.dumps([a_service(1, **changes)]).encode()))
    assert isinstance(record, ServiceRecord)
    return mapping.draft_of(record)


def costs(*given: tuple[float | None, str]) -> list[dict[str, Any]]:
    return [{"id": "c", "option": words, **({} if amount is None else {"amount": amount})} for amount, words in given]


@pytest.mark.parametrize(
    ("cost_options", "fees", "free"),
    [
        ([], "", None),
        ([], "Free of charge", True),
        ([], "There is no charge", True),
        ([], "£3 a week", False),
        ([], "45p a mile", False),
        ([], "Ask us", None),
        (costs((0, "Free")), "", True),
        (costs((4, "A meal"), (0, "Free if that is too much")), "", False),
        (costs((0, "Free for the first month"), (3, "then £3")), "", False),
        (costs((0, "")), "Free to come in. Hot drinks £1.", True),
    ],
)
def test_free_means_that_nobody_pays(cost_options: list[Any], fees: str, free: bool | None) -> None:
    assert draft(cost_options=cost_options, fees=fees).columns["free"] is free


@pytest.mark.parametrize(
    ("lines", "step_free"),
    [
        ([], None),
        (["Hearing loop"], None),
        (["Step-free entrance"], True),
        (["Wheelchair access on all levels"], True),
        (["Two steps at the door; not step-free"], False),
        (["One flight of stairs and no lift"], False),
    ],
)
def test_step_free_is_said_only_where_the_place_says_so(lines: list[str], step_free: bool | None) -> None:
    place = {"id": "p", "location_type": "physical", "accessibility": [{"accessibility": line} for line in lines]}
    assert draft(service_at_locations=[{"id": "l", "location": place}]).columns["step_free"] is step_free


@pytest.mark.parametrize(
    ("access", "how"),
    [("", ""), ("Drop-in", "drop_in"), ("Self referral", "drop_in"), ("Professional referral", "referral"),
     ("Appointment", "ring_first"), ("Membership", "member"), ("Whatever", "")],
)  # fmt: skip
def test_how_to_join_is_read_from_both_versions_of_the_standard(access: str, how: str) -> None:
    assert draft(attending_access=access).columns["how_to_join"] == how


@pytest.mark.parametrize(
    ("capacity", "room"),
    [
        ({"available": 9, "updated": "2026-11-01"}, ("room", None)),
        ({"available": 2, "updated": "2026-11-01"}, ("few", None)),
        ({"available": 0, "updated": "2026-11-01"}, ("full", None)),
        ({"available": 0, "updated": "2026-11-01", "description": "Waiting list of about four weeks"}, ("waiting", 4)),
        ({"available": 0, "updated": "2026-11-01", "description": "Waiting list, 12 weeks"}, ("waiting", 12)),
    ],
)
def test_room_in_a_listing_is_read_with_its_wait(capacity: dict[str, Any], room: tuple[str, int | None]) -> None:
    found = draft(capacities=[capacity]).room
    assert found is not None
    assert found[:2] == room


def test_room_without_a_date_is_not_believed() -> None:
    assert draft(capacities=[{"available": 5}]).room is None


def test_terms_sort_a_service_and_words_do_so_only_where_there_are_none() -> None:
    term = {"id": "a", "taxonomy_term": {"id": "t", "name": "History groups", "taxonomy": "Kinds"}}
    assert draft(name="Swim and chat", attributes=[term]).columns["kinds"] == ["history_group"]
    assert draft(name="Swim and chat").columns["kinds"] == ["social_group", "swimming_group"]


def test_every_kind_and_need_has_words_of_its_own() -> None:
    assert set(vocabulary.KINDS) == {kind.code for kind in SERVICE_KINDS}
    assert set(vocabulary.NEED_WORDS) == {need.code for need in NEEDS} - {"other"}
    for kind in SERVICE_KINDS:
        assert kind.code in vocabulary.code_of_term(kind.plain, "kinds")


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
@settings(max_examples=40, deadline=None)
def test_any_listing_becomes_columns_that_fit(words: str, terms: list[str]) -> None:
    attributes = [{"id": "a", "taxonomy_term": {"name": term}} for term in terms]
    (record,) = read(
        io.BytesIO(
            json.dumps(
                [a_service(1, description=words, fees=words, attending_access=words, attributes=attributes)]
            ).encode()
        )
    )
    if isinstance(record, ServiceRecord):
        columns = mapping.draft_of(record).columns
        assert len(str(columns["how_to_join"])) <= 40
