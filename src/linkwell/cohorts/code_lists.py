"""The lists of codes that rules read: small files beside this one, each with its source in its first lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lists")
KINDS = ("long_term", "mild_mental", "speak_first", "social", "carer", "cancer", "obstetric")
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
def reasons() -> dict[str, Reason]:
    """The dated table of reasons for waiting."""
    return {
        row["reason"]: Reason(row["reason"], row["words"], row["community"] == "1", row["from"], row["until"])
        for row in _rows("delay_reasons")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))
