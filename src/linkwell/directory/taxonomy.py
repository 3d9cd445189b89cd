"""What a service is in more detail than its eight kinds: a list of our own, free to use (`taxonomy.csv`). Pure.

Each term has the plain words by which feeds and people name it. A service has a term only where its name, or a term of
its feed, says so in these words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linkwell.directory.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Term:
    """One term under one of the kinds of `kernel.codes`; `phrases` are folded."""

    code: str
    kind: str
    name: str
    phrases: frozenset[str]


@cache
def terms() -> dict[str, Term]:
    """Every term by its code, in the order of the list."""
    text = (files("linkwell.directory") / "taxonomy.csv").read_text("utf-8")
    return {
        row["code"]: Term(
            row["code"],
            row["kind"],
            row["name"],
            frozenset(fold(each) for each in [row["name"], *row["words"].split(";")]),
        )
        for row in csv.DictReader(text.splitlines())
    }


def codes_in(said: Iterable[str]) -> list[str]:
    """The terms whose words occur whole in any of these texts."""
    # An apostrophe is written or not: "men's shed", "mens shed".
    texts = [f" {fold(text)} " for each in said for text in (each, each.replace("'", "").replace("’", ""))]
    found = (each for each in terms().values() if any(f" {said} " in text for text in texts for said in each.phrases))
    return sorted(each.code for each in found)


def names(codes: Iterable[str]) -> list[str]:
    return [terms()[code].name for code in codes if code in terms()]
