"""Which characters our fonts can show, and what to do with the rest.

An accessible PDF may not hold a character without a shape, so one unknown sign would fail the
whole document. It is replaced by a mark that can be seen, and reported.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

MARK = "\ufffd"

# What one document is made from: text, numbers and lists of them.
Value: TypeAlias = "str | int | list[Value] | tuple[Value, ...] | dict[str, Value] | None"

_SPACES = {"\t": " ", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
# These turn the order of the letters round, and so can make a name or an address read as another.
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u034f")
_DROPPED = _TURNERS | frozenset(map(chr, range(0xFE00, 0xFE10))) | {"\ufeff"}


def shown(value: Value, replaced: dict[str, None]) -> Value:
    """The same value with every text made showable; characters that could not be go to `replaced`."""
    if isinstance(value, str):
        return showable(value, replaced)
    if isinstance(value, dict):
        return {key: shown(item, replaced) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shown(item, replaced) for item in value]
    return value


def showable(text: str, replaced: dict[str, None]) -> str:
    """The text with unknown characters replaced by the mark, and added to `replaced`."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(_SPACES.get(ch, ch) for ch in plain if ch not in _DROPPED)
    clusters = _clusters(unicodedata.normalize("NFC", plain))
    return "".join(_cluster_shown(cluster, replaced) for cluster in clusters)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter is of a script that runs from the right."""
    first = next((ch for ch in text if ch.isalpha()), "")
    return bool(first) and unicodedata.bidirectional(first) in ("R", "AL")


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks that sit on it."""
    start = 0
    for place in range(1, len(text)):
        if not (unicodedata.category(text[place])[0] == "M" or text[place] in _JOINERS):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _cluster_shown(cluster: str, replaced: dict[str, None]) -> str:
    if cluster == "\n" or _one_font_shows(cluster):
        return cluster
    # A mark on a letter of another script has no font that could join them.
    kept = ""
    for character in cluster:
        if character == "\n" or _one_font_shows(kept + character):
            kept += character
        else:
            replaced[character] = None
            kept = kept if kept.endswith(MARK) else kept + MARK
    return kept


@lru_cache(maxsize=4096)
def _one_font_shows(cluster: str) -> bool:
    seen = [ord(ch) for ch in cluster if ch not in _JOINERS]
    if any(unicodedata.category(chr(code)) in ("Cc", "Cs", "Co", "Cn") for code in seen):
        return False
    return any(all(_within(code, ranges) for code in seen) for ranges in _coverage())


def _within(code: int, ranges: list[tuple[int, int]]) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and code <= ranges[place][1]


@cache
def _coverage() -> list[list[tuple[int, int]]]:
    """For each font family, the ranges of characters that all its weights can show."""
    stored = json.loads(resources.files(__package__).joinpath("fonts/coverage.json").read_text("utf-8"))
    families: dict[str, list[tuple[int, int]]] = {}
    for name, ranges in stored.items():
        family = name.partition("-")[0]
        pairs = [(first, last) for first, last in ranges]
        families[family] = _both(families[family], pairs) if family in families else pairs
    return list(families.values())


def _both(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d)]
