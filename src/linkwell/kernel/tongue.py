"""In which language we speak to somebody: English, or Welsh where they ask for it.

Words are written in English where they are used and looked up in one catalogue, `locale/cy/LC_MESSAGES/django.po`.
What is kept and what colleagues read is English; only what is shown or sent to a person is said in their language.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

# Django, which knows nothing of this package, looks for a catalogue of this name.
DOMAIN = "django"
LOCALE = Path(str(resources.files(__package__))) / "locale"


class Tongue(StrEnum):
    """A language we write in, by the code that pages and catalogues use."""

    ENGLISH = "en-gb"
    WELSH = "cy"


_NOW: ContextVar[Tongue] = ContextVar("tongue", default=Tongue.ENGLISH)
_WELSH_NAMES = ("welsh", "cymraeg", "cymraig")


def current() -> Tongue:
    return _NOW.get()


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Everything said inside is said in this language."""
    before = _NOW.set(tongue)
    try:
        yield
    finally:
        _NOW.reset(before)


def marked(text: str) -> str:
    """A text that is kept as it is and put into words by `say` where it is shown. Marks it for the catalogue."""
    return text


def say(text: str) -> str:
    """The text in the language we speak now; the English where there is no translation."""
    return _words(_NOW.get()).gettext(text) if text else ""


def say_number(one: str, many: str, number: int) -> str:
    """The form of a text that goes with a number: Welsh has five of them. The number itself is not filled in."""
    return _words(_NOW.get()).ngettext(one, many, number)


def named(language: str) -> Tongue:
    """The language we write in to somebody whose language is recorded in these words ("Welsh", "Cymraeg")."""
    first = language.casefold().replace("/", " ").split()[:1]
    return Tongue.WELSH if first and first[0].strip(".,;:()") in _WELSH_NAMES else Tongue.ENGLISH


@cache
def _words(tongue: Tongue) -> gettext.NullTranslations:
    if tongue is Tongue.ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [tongue.value])
