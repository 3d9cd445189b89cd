"""Addresses of pages about one thing, written once for each kind of page.

A list of 25 people names a hundred addresses that differ only in an identifier. Django finds each of them anew among
all patterns; here it is asked once for each named page, and the identifiers are put into what it said.
"""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# Stand for the identifiers in an address; nothing in Linkwell has them.
_GAPS = tuple(UUID(int=number) for number in range(1, 9))


def address(name: str, *ids: UUID) -> str:
    """The address of a named page about these things, in the order of its pattern: `address("casework:case", id)`.

    Raises NoReverseMatch where there is no such page.
    """
    found = _with_gaps(name, len(ids), *_here())
    for gap, identifier in zip(_GAPS, ids, strict=False):
        found = found.replace(str(gap), str(identifier))
    return found


def address_by_names(name: str, ids: dict[str, UUID]) -> str:
    """The same by the names of the parts: `address_by_names("casework:case", {"case_id": id})`."""
    found = _with_named_gaps(name, tuple(ids), *_here())
    for gap, identifier in zip(_GAPS, ids.values(), strict=False):
        found = found.replace(str(gap), str(identifier))
    return found


def _here() -> tuple[str, str]:
    """Django's list of patterns and what stands before them: an address remembered for one is not true of another."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@cache
def _with_gaps(name: str, number: int, urlconf: str, prefix: str) -> str:
    return reverse(name, args=_GAPS[:number])


@cache
def _with_named_gaps(name: str, parts: tuple[str, ...], urlconf: str, prefix: str) -> str:
    return reverse(name, kwargs=dict(zip(parts, _GAPS, strict=False)))
