"""A feed is written by strangers: it may not break, fill or script anything of ours."""

from __future__ import annotations

import io
import json
import resource
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.interop.openreferral import WHOLE_FEED, ServiceRecord, read
from linkwell.interop.openreferral.tests.samples import CHOIR, OLD_LAYOUT, one, reading, refusal

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | st.text(max_size=30)
INNER_NAMES = {"contents", "service", "location", "latitude", "byday", "amount", "capacities"}
field_names = st.sampled_from(sorted({*CHOIR, *OLD_LAYOUT, *INNER_NAMES}))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(field_names | st.text(max_size=8), inner, max_size=6),
    max_leaves=25,
)


@given(anything)
@settings(max_examples=60, deadline=None)
def test_any_json_is_accounted_for(value: Any) -> None:
    found, taken, rejected = reading(json.dumps(value).encode("utf-8", "surrogatepass"))
    broken = sum(1 for each in rejected if each.id == WHOLE_FEED)
    assert found.seen == len(taken) + len(rejected) - broken
    assert all(each.reason for each in rejected)
    for record in taken:
        assert len(record.content_hash) == 64


@given(st.dictionaries(field_names, anything, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_service_with_anything_in_its_fields_is_taken_or_named(changes: dict[str, Any]) -> None:
    found, taken, rejected = reading([CHOIR | changes, CHOIR | {"id": "the next one"}])
    assert found.seen == 2
    assert len(taken) + len(rejected) == 2
    assert all(isinstance(each.name, str) and each.name and "\x00" not in repr(each) for each in taken)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    reading(data)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_feed_cut_anywhere_is_never_called_complete(data: st.DataObject) -> None:
    whole = json.dumps([CHOIR, OLD_LAYOUT]).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    found, taken, rejected = reading(whole[:cut])
    assert not found.complete
    assert rejected[-1].id == WHOLE_FEED
    assert len(taken) == found.seen


@pytest.mark.fault("F25")
def test_json_nested_without_end_is_refused_and_the_rest_is_read() -> None:
    deep = b'{"id":"d","name":"Deep","description":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    _, taken, rejected = reading(b"[" + deep + b"," + json.dumps(CHOIR).encode() + b"]")
    assert [each.name for each in taken] == ["Monday choir"]
    assert "nested too deeply" in rejected[0].reason


@pytest.mark.fault("F25")
@pytest.mark.parametrize("whole", [b"[" * 200_000, b'{"a":' * 200_000, b'{"contents":' + b"[" * 200_000])
def test_a_feed_that_is_only_nesting_ends_quietly(whole: bytes) -> None:
    found, taken, rejected = reading(whole)
    assert not taken
    assert rejected
    assert not found.complete


@pytest.mark.fault("F25")
def test_one_endless_record_is_refused_and_the_rest_is_read() -> None:
    large = CHOIR | {"id": "large", "contacts": [{"name": "x" * 1000}] * 2500}
    _, taken, rejected = reading([large, CHOIR])
    assert [each.id for each in taken] == [CHOIR["id"]]
    assert "too large" in rejected[0].reason


class _Endless(io.RawIOBase):
    """A feed of as many services as asked for, made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return next(self.pieces, b"")


@pytest.mark.fault("F24")
def test_memory_stays_flat_however_long_the_feed_is() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"["
        for number in range(1_500):
            yield json.dumps(CHOIR | {"id": str(number), "fees": "x" * 33_000}).encode() + b","
        yield b'{"id":"last","name":"Last"}]'

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(_Endless(pieces()))
    count = sum(isinstance(each, ServiceRecord) for each in found)
    assert count == 1_501
    assert found.complete
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


@pytest.mark.fault("F25")
def test_one_value_without_end_is_given_up_before_it_fills_memory() -> None:
    def pieces() -> Iterator[bytes]:
        yield b'[{"id":"a","name":"'
        while True:
            yield b"x" * 65_536

    found = list(read(_Endless(pieces())))
    assert "never ends" in found[-1].reason  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["9" * 5000, "1e999999999999999999999", "-1e-999999999999999999999", "9" * 900])
def test_a_number_beyond_all_sense_does_not_stop_the_program(number: str) -> None:
    reading(b'[{"id":"a","name":"b","minimum_age":' + number.encode() + b',"cost_options":{"amount":1e99999}}]')


@pytest.mark.fault("F9")
def test_a_nul_character_is_refused_by_name() -> None:
    assert refusal(CHOIR | {"name": "Cho\x00ir"}).field == "name"
    assert "NUL" in refusal(CHOIR | {"schedules": [{"notes": "a\x00"}]}).reason


@pytest.mark.fault("F26")
def test_hidden_and_reordering_marks_cannot_disguise_a_name() -> None:
    assert one(CHOIR | {"name": "Ch\u202eoi\u200br \ufeffclub"}).name == "Choir club"


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script><p>Hello</p>",
        "<p onclick=alert(1)>Hello</p>",
        '<img src=x onerror="alert(1)"><p>Hello</p>',
        '<a href="javascript:alert(1)">Hello</a>',
        '<a href="data:text/html,x">Hello</a>',
        "<svg><script>alert(1)</script></svg><p>Hello</p>",
        "<style>body{display:none}</style><p>Hello</p>",
        "<iframe src=//evil.example></iframe><p>Hello</p>",
        "<p style='position:fixed'>Hello</p>",
        "<h1 onmouseover=alert(1)>Hello</h1>",
        "<<p>script>alert(1)</script>Hello",
        "&lt;script&gt;alert(1)&lt;/script&gt; Hello",
    ],
)
def test_a_description_can_never_run_or_cover_anything(attack: str) -> None:
    shown = one(CHOIR | {"description": attack}).description_html.lower()
    assert "hello" in shown
    for danger in ("<script", "<p o", "<img", "javascript:", "data:", "<svg", "<style", "<iframe", "style=", "onmouse"):
        assert danger not in shown


@pytest.mark.fault("F27")
@given(st.text(alphabet="<>/\"'= &;:abpscrionjvtlhef\x0b\n", max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_mark_up_survives_but_the_few_plain_tags(text: str) -> None:
    shown = one({"id": "a", "name": "B", "description": text}).description_html
    for tag in shown.split("<")[1:]:
        name = tag.lstrip("/").split(">")[0].split(" ")[0]
        assert name in {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a"}


def test_links_to_web_and_mail_survive_with_no_reference_to_us() -> None:
    shown = one(CHOIR | {"description": '<a href="https://example.org/x" target=_blank>Us</a>'}).description_html
    assert shown == '<a href="https://example.org/x" rel="nofollow noopener noreferrer">Us</a>'


@pytest.mark.fault("F25")
def test_a_description_of_ten_million_letters_costs_only_its_own_record() -> None:
    _, taken, rejected = reading([CHOIR | {"id": "long", "description": "x" * 10_000_000}, CHOIR])
    assert [each.name for each in taken] == ["Monday choir"]
    assert "too large" in rejected[0].reason


@pytest.mark.fault("F24")
def test_a_mark_at_the_beginning_and_letters_in_another_encoding_cost_only_their_own_record() -> None:
    whole = json.dumps([CHOIR, CHOIR | {"id": "cafe", "name": "Caf\u00e9"}], ensure_ascii=False)
    found, taken, rejected = reading(b"\xef\xbb\xbf" + whole.encode())
    assert [each.name for each in taken] == ["Monday choir", "Caf\u00e9"]
    found, taken, rejected = reading(whole.encode("cp1252"))
    assert found.seen == len(taken) + len([each for each in rejected if each.id != WHOLE_FEED])
    assert found.complete is not any(each.id == WHOLE_FEED for each in rejected)
    assert all("\ufffd" in each.name or each.name in ("Monday choir", "Caf\u00e9") for each in taken)


@pytest.mark.fault("F24")
def test_an_identifier_given_twice_is_used_once_and_said() -> None:
    _, taken, rejected = reading([CHOIR, CHOIR | {"name": "Tuesday choir"}])
    assert [each.name for each in taken] == ["Monday choir"]
    assert "twice" in rejected[0].reason


@pytest.mark.fault("F25")
def test_terms_that_are_each_others_parents_end() -> None:
    one_term: dict[str, Any] = {"id": "a", "name": "Singing"}
    other = {"id": "b", "name": "Music", "parent_id": "a"}
    one_term |= {"parent_id": "b", "taxonomy_detail": {"name": "Kinds", "taxonomy_terms": [other]}}
    assert [each.name for each in one(CHOIR | {"attributes": [{"taxonomy_term": one_term}]}).terms] == ["Singing"]


@pytest.mark.fault("F24")
@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31", "0001-01-01", "31/02/2026", "9999-99-99"])
def test_a_day_that_cannot_be_right_is_left_out_and_said(day: str) -> None:
    found = one(CHOIR | {"assured_date": day})
    assert found.assured_date is None
    assert [each.where for each in found.notes] == ["assured_date"]


@pytest.mark.fault("F26")
def test_a_name_in_letters_that_only_look_like_ours_is_pointed_out() -> None:
    assert "another alphabet" in one(CHOIR | {"name": "\u0410ge Well"}).notes[0].message
    assert one(CHOIR | {"name": "\uff23hoir"}).name == "Choir"
    assert not one(CHOIR | {"name": "\u0413\u0440\u0443\u043f\u0430 tea"}).notes


@pytest.mark.fault("F26")
@pytest.mark.parametrize(
    "address", ["https://example\u0455.org", "https://xn--80ak6aa92e.example", "https://nhs.uk@evil.example/x"]
)
def test_an_address_that_looks_like_another_is_never_a_link(address: str) -> None:
    found = one(CHOIR | {"url": address, "description": f'<a href="{address}">Us</a>'})
    assert found.url == ""
    assert found.notes
    assert "@" in address or "href" not in found.description_html


def test_json_lines_and_services_inside_their_organisation_are_read() -> None:
    lines = "\n".join(json.dumps(CHOIR | {"id": str(number)}) for number in range(3))
    _, taken, rejected = reading(lines.encode())
    assert [each.id for each in taken] == ["0", "1", "2"]
    _, (only,), rejected = reading({"id": "o", "name": "Table", "services": [{"id": "1", "name": "Lunch"}]})
    assert only.organisation is not None
    assert (only.organisation.name, rejected) == ("Table", [])
