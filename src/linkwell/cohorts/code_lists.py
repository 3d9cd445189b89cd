"""The lists of codes that rules read: small files beside this one, each with its source in its first lines."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linkwell.kernel.errors import Finding

FOLDER = Path(__file__).with_name("lists")
KINDS = ("long_term", "mild_mental", "speak_first", "social", "carer", "cancer", "obstetric")
MOST_WORDS = 5
_NUMBERED = re.compile(r"^\s*(?:[ivx]{1,6}|\d{1,2}[a-z]?|[a-z]{1,2}\d{0,2})[.):]\s+")
_COUNT_FOR_NOTHING = frozenset({"awaiting", "await", "awaits", "waiting", "for", "a", "an", "the"})
_AFTER_THREE = ("", *"0123456789")


@dataclass(frozen=True, slots=True)
class Listed:
    """One ICD-10 prefix of a list: E11 stands for all that begin with it."""

    kind: str
    group: str
    words: str
    prefix: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The prefix as the codes of at most four characters that a table of activity can hold."""
        return tuple(self.prefix + more for more in _AFTER_THREE) if len(self.prefix) == 3 else (self.prefix[:4],)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person who is ready to go home waits. `community`: a community could help with such a wait."""

    code: str
    words: str
    community: bool
    since: str
    until: str


@cache
def listed(kind: str) -> tuple[Listed, ...]:
    """All prefixes of a list."""
    return tuple(Listed(kind, row["group"], row["words"], row["prefix"]) for row in _rows(kind))


@cache
def words(kind: str) -> dict[str, str]:
    """The groups of a list in plain words."""
    return {each.group: each.words for each in listed(kind)}


@cache
def bits(kind: str) -> dict[str, int]:
    """A bit for each group of a list, in the order of their names: which of them somebody has is then one number."""
    return {group: 1 << place for place, group in enumerate(sorted(words(kind)))}


@cache
def reasons() -> dict[str, Reason]:
    """The dated table of reasons for waiting."""
    return {
        row["reason"]: Reason(row["reason"], row["words"], row["community"] == "1", row["from"], row["until"])
        for row in _rows("delay_reasons")
    }


def written_as(code: str) -> tuple[str, ...]:
    """The words, other than our own, by which a reason is known."""
    return tuple(row["words"] for row in _rows("delay_words") if row["reason"] == code)


def reason_code(text: str) -> str | None:
    """Which reason for waiting `text` is: our own code or words, or words as published; None where it is none."""
    return text if text in reasons() else _reason_words().get(_bare(text))


def in_time(code: str, day: dt.date) -> bool:
    """Whether the published set had this reason (one of ours) on that day."""
    reason = reasons()[code]
    return (reason.since or "0") <= day.isoformat() <= (reason.until or "9")


def reasons_noted(total: int, unknown: Sequence[tuple[str, int]], out_of_time: int) -> list[Finding]:
    """What a report says of `total` reasons for waiting that were given.

    `unknown`: words that are none we know, and how often each was given, the most frequent first. `out_of_time`: how
    many are of a reason that the published set did not have on that day. All are loaded.
    """
    found = []
    if unknown:
        share = sum(number for _, number in unknown) / total
        some = ", ".join(f"“{words[:60]}” ({number:,})" for words, number in unknown[:MOST_WORDS])
        found.append(Finding("reason", f"{share:.1%} of the reasons are none we know, and read “other”: {some}."))
    if out_of_time:
        share = out_of_time / total
        found.append(Finding("reason", f"{share:.1%} of the reasons were not in the published set on that day."))
    return found


@cache
def _reason_words() -> dict[str, str]:
    found = {_bare(words): code for code, reason in reasons().items() for words in (code, reason.words)}
    return found | {_bare(row["words"]): row["reason"] for row in _rows("delay_words")}


def _bare(text: str) -> str:
    """Words without what differs from trust to trust: a number in front, case, signs, and "awaiting"."""
    told = re.sub(r"[^a-z0-9]+", " ", _NUMBERED.sub("", text.casefold())).split()
    return " ".join(word for word in told if word not in _COUNT_FOR_NOTHING)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))
