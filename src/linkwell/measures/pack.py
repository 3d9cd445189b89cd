"""An instrument as data: what is asked, what may be answered, how it is scored and what the licence allows.

A pack is a TOML file. Its wording is in it only where the licence lets anybody pass it on; otherwise the pack scores
answers, and whoever holds the licence loads the wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["value", "sum", "mean", "table"]
Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `words` is empty where the licence keeps them; `labels` names answers, all of them or none."""

    code: str
    lowest: int
    highest: int
    words: str = ""
    labels: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Scores up to and including `up_to`, above the band before."""

    up_to: float
    words: str


@dataclass(frozen=True, slots=True)
class Score:
    """How answers become one number.

    `how`: the one answer as it is, the sum, the mean, or the sum turned by `table` into another scale. `fewest`: with
    fewer answers than this there is no score; with some missing, the mean of those given stands for the others.
    `minimum_change`: the smallest change people notice; `reliable_change`: the smallest that is more than chance of
    asking twice. Both are None where no source is known. `source` says where the rules come from.
    """

    code: str
    words: str
    items: tuple[str, ...]
    how: How
    fewest: int
    better: Better
    source: str
    reversed: frozenset[str] = frozenset()
    table: Mapping[int, float] | None = None
    bands: tuple[Band, ...] = ()
    minimum_change: float | None = None
    reliable_change: float | None = None

    def band(self, value: float) -> str:
        """What a score of this size is called; empty where no bands are known."""
        return next((band.words for band in self.bands if value <= band.up_to), "")


@dataclass(frozen=True, slots=True)
class Licence:
    """Whether the wording may be passed on by anybody, by whose word, and where that is written."""

    name: str
    holder: str
    wording_is_free: bool
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One instrument in one version.

    `crisis` names items of which any answer above the lowest needs help today. `needs_clinician`: asked only where a
    clinician is named who is there for whoever answers.
    """

    name: str
    version: int
    title: str
    about: str
    licence: Licence
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    intro: str = ""
    crisis: tuple[str, ...] = ()
    needs_clinician: bool = False

    @property
    def has_wording(self) -> bool:
        return all(item.words for item in self.items)

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)
