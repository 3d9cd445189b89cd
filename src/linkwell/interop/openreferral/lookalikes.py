"""Letters of another alphabet that look like ours: "Аge UK" with a Cyrillic A is somebody else."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Letters of the Cyrillic, Greek and Armenian alphabets that many typefaces draw like a Latin one.
_LOOK_LATIN = frozenset("аеорсухіјѕԁһԛԝьӏАВЕКМНОРСТУХІЈЅԌαονικρτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧοսօպցհ")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FAMILIES = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def disguised(text: str) -> bool:
    """Whether a word mixes alphabets, or one of another is drawn like ours among Latin ones.

    Names in another language are not: "Вітаємо" is nobody else's.
    """
    alphabets = [_alphabets(word) for word in _WORD.findall(text)]
    if any(len(each) > 1 for each in alphabets):
        return True
    mostly_latin = any(each == {"LATIN"} for each in alphabets)
    return mostly_latin and any(set(word) <= _LOOK_LATIN for word in _WORD.findall(text))


def disguised_address(address: str) -> bool:
    """Whether the server of a web address, or the domain of an e-mail address, is written to look like another."""
    try:
        host = (urlsplit(address).hostname or "") if "://" in address else address.rpartition("@")[2]
    except ValueError:
        return False
    for label in host.split("."):
        try:
            shown = label.encode().removeprefix(b"xn--").decode("punycode") if label.startswith("xn--") else label
        except UnicodeError:
            return True
        if disguised(shown) or (not shown.isascii() and set(_letters(shown)) <= _LOOK_LATIN):
            return True
    return False


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word)
    return {name for name in names if name in _FAMILIES}


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
