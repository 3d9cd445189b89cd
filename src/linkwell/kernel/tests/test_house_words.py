"""If these fail, a stored code loses its meaning or an error says nothing to the person who meets it."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from linkwell.kernel import codes, errors
from linkwell.kernel.pages import Page

LISTS = (codes.NEEDS, codes.SERVICE_KINDS, codes.CONTACT_CHANNELS, codes.LANGUAGES)


@pytest.mark.parametrize("entries", LISTS)
def test_codes_are_unique_short_and_have_plain_words(entries: tuple[codes.Code, ...]) -> None:
    assert len(codes.by_code(entries)) == len(entries)
    assert len({entry.plain for entry in entries}) == len(entries)
    assert all(entry.code.isidentifier() and len(entry.code) <= 32 and entry.plain for entry in entries)
    assert codes.choices(entries)[0] == (entries[0].code, entries[0].plain)


def test_the_nine_first_needs_and_the_eight_kinds_of_service_are_there() -> None:
    assert len(codes.FIRST_NEEDS) == 9
    assert set(codes.FIRST_NEEDS) <= set(codes.by_code(codes.NEEDS))
    assert [kind.plain for kind in codes.SERVICE_KINDS] == [
        "Social groups", "Swimming groups", "Sports clubs", "Courses", "Food banks", "Community groups",
        "Dancing classes", "History groups",
    ]  # fmt: skip
    assert all(entry.line for entry in (*codes.NEEDS, *codes.SERVICE_KINDS))


def test_an_unknown_code_is_still_readable() -> None:
    assert codes.plain(codes.NEEDS, "lonely") == "Feeling lonely"
    assert codes.plain(codes.NEEDS, "old_code") == "Old code"


def test_snomed_identifiers_have_a_right_check_digit() -> None:
    for concept in codes.Snomed:
        assert _verhoeff(concept.value) == 0, concept


def test_every_error_speaks_plainly_without_being_told_what_to_say() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.LinkwellError)]
    for kind in kinds:
        error = kind({"name": "Enter a name."}) if kind is errors.Invalid else kind()
        assert error.message.endswith(".")
        assert str(error) == error.message
        assert kind.__doc__


def test_findings_say_where_and_what() -> None:
    one = errors.Invalid({"name": "Enter a name."})
    assert one.message == "Enter a name."
    two = errors.Invalid([errors.Finding("a", "First."), errors.Finding("a", "Second."), errors.Finding("b", "Third.")])
    assert two.by_field == {"a": "First.", "b": "Third."}
    assert two.message == errors.Invalid.default
    assert errors.Conflict("Sam accepted this at 2pm.").other == "Sam accepted this at 2pm."
    assert errors.TooMany(retry_after=30).retry_after == 30


def test_a_page_knows_its_place_in_the_list() -> None:
    page = Page.of(list(range(21)), number=3, size=20, total=70)
    assert (len(page), page.has_next, page.has_previous, page.first, page.last, page.pages) == (
        20,
        True,
        True,
        41,
        60,
        4,
    )
    assert list(page.map(str)) == [str(n) for n in range(20)]
    empty: Page[int] = Page.of([], number=1, size=20)
    assert (empty.first, empty.last, empty.has_next, empty.has_previous, empty.pages) == (0, 0, False, False, None)
    with pytest.raises(ValueError, match="numbered from 1"):
        Page((), 0, 20, has_next=False)


def test_the_pure_packages_never_start_the_web_framework() -> None:
    script = (
        "import sys, pkgutil, importlib, linkwell.kernel, linkwell.documents\n"
        "for room in (linkwell.kernel, linkwell.documents):\n"
        "    for found in pkgutil.iter_modules(room.__path__):\n"
        "        if found.name != 'tests': importlib.import_module(f'{room.__name__}.{found.name}')\n"
        "assert 'django' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


_TIMES = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]  # fmt: skip
_TURNS = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]  # fmt: skip


def _verhoeff(digits: str) -> int:
    """The check that every SNOMED CT identifier passes with 0."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _TIMES[check][_TURNS[place % 8][int(digit)]]
    return check
