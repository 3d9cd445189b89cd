"""What in the free words of a listing may be one person's own: a mobile number, a name beside it, a named e-mail.

Patterns find it, a person decides about it: a club's own mobile number is nobody's secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile

from linkwell.interop.openreferral import text
from linkwell.interop.openreferral.records import ServiceRecord

MOBILE, EMAIL, NAME = "mobile", "email", "name"
HELD_BACK = "[we are checking whether this may be shown]"
# The fields of a record in which people write freely, and the column each becomes.
FIELDS = {
    "description": "description",
    "eligibility": "who_for",
    "first_visit": "first_visit",
    "alert": "alert",
    "fees": "cost",
    "application_process": "join_words",
    "greeted_by": "greeted_by",
}
MOST = 50
# A long text without a digit or an @ is not searched for what needs one.
_DIGIT = re.compile("[0-9]")
_MOBILE = re.compile(r"(?<![\d+])(?:\+\s?44\s?\(?0?\)?\s?|0044\s?|0)7(?:[\s.\-]?\d){9}(?!\d)")
_BEFORE = re.compile(
    r"\b([A-Z][a-z]{1,20}(?:[ -][A-Z][a-z]{1,20}){0,2})"
    r"(?:\s*[:,(\-–]\s*|\s+(?:on|at|is|via)\s+|\s+)(?:(?:tel|mobile|mob|phone|text)[.:]?\s*)?(?:on\s+)?$"
)
_AFTER = re.compile(r"^\s*[(,\-–]?\s*(?:ask for\s+)?([A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){1,2})\b")
_EMAIL = re.compile(r"\b([A-Za-z]+)[._-]([A-Za-z]+)\d{0,4}@[A-Za-z0-9.-]+\.[A-Za-z]{2,24}")
_NOBODY = frozenset(
    """admin advice and bookings care centre charity choir church club community contact council enquiries events food
    for friends general group hall hello help helpline hub info library lunch mail manager members network office of our
    parish post project reception referrals school secretary service services social sport support team the training
    treasurer trust uk us village volunteer volunteering volunteers wellbeing west east north south youth""".split()  # noqa: SIM905 - a list of words
)
# Words that begin a sentence or name a thing, and are written like a name.
_NO_NAME = frozenset(
    """Advice Call Centre Club Community Contact Crisis Dial Email Emergency Enquiries Friday General Group Help
    Helpline
    Hours Line Message Mob Mobile Monday Number Office On Or Phone Please Reception Ring Saturday Service Sunday Support
    Tel Telephone Text The This Thursday Tuesday Us Wednesday WhatsApp""".split()  # noqa: SIM905 - a list of words
)
_MAILTO = re.compile(r'<a href="mailto:[^"]*"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Personal:
    """Words of a field that may be one person's own; `column` is where they would be shown."""

    column: str
    kind: str
    words: str


def found_in(record: ServiceRecord) -> tuple[Personal, ...]:
    """Everything of the kind in the free words of a record, each once."""
    return tuple(
        Personal(column, kind, words)
        for name, column in FIELDS.items()
        for kind, words in dict.fromkeys(_found(getattr(record, name)))
    )[:MOST]


def without(record: ServiceRecord, hidden: Collection[Personal]) -> ServiceRecord:
    """The record with these words held back, wherever in its field they stand."""
    changes: dict[str, str] = {}
    for name, column in FIELDS.items():
        words = [each.words for each in hidden if each.column == column]
        if words:
            changes[name] = _masked(getattr(record, name), words)
    if "description" in changes:
        words = [each.words for each in hidden if each.column == "description"]
        shown = _masked(_MAILTO.sub(r"\1", record.description_html), words)
        # Words that mark-up divides are not found in it: then the plain words are shown.
        plain_again = any(word in text.plain(shown) for word in words)
        changes["description_html"] = text.safe_html(changes["description"]) if plain_again else shown
    return replace(record, **changes)  # type: ignore[arg-type]  # all of these are texts


def _found(said: str) -> Iterator[tuple[str, str]]:
    for number in _MOBILE.finditer(said) if _DIGIT.search(said) else ():
        yield MOBILE, number[0]
        around = (
            _BEFORE.search(said[max(0, number.start() - 60) : number.start()]),
            _AFTER.search(said[number.end() :]),
        )
        yield from ((NAME, name) for name in map(_name, filter(None, around)) if name)
    for address in _EMAIL.finditer(said) if "@" in said else ():
        if not {address[1].lower(), address[2].lower()} & _NOBODY:
            yield EMAIL, address[0]


def _name(found: re.Match[str]) -> str:
    """ "Ring Jean" is Jean; "Crisis Line" is nobody."""
    words = list(dropwhile(lambda word: word in _NO_NAME, found[1].split()))
    return "" if set(words) & _NO_NAME else " ".join(words)


def _masked(said: str, words: Collection[str]) -> str:
    for each in sorted(words, key=len, reverse=True):
        said = said.replace(each, HELD_BACK)
    return said
