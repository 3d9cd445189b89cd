"""Many services as arrays: their words, meanings and facts, side by side. Built once, never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from linkwell.directory.ranking.entries import Entry, Time, bits
from linkwell.directory.sentences import DIMENSIONS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# So many meanings are kept ready for sums, in twice the memory; of more, only few of each search are summed.
KEPT_READY = 20_000
# How much a word counts by where it stands: the name, kinds and needs, the description, the rest (A to D).
WEIGHTS = {"A": 3.0, "B": 0.8, "C": 1.0, "D": 0.4}
NOT_TOLD = -1
MIDNIGHT = 1440
JOINING = ("", "drop_in", "ring_first", "member", "referral")
ROOMS = ("unknown", "room", "few", "waiting", "full", "ask_first")
_LEXEME = re.compile(r"'((?:[^']|'')*)':([0-9A-D,]+)")


@dataclass(frozen=True, slots=True)
class Segment:
    """One row for each service. `starts` cuts `rows` and `counts` into the postings of each term of `terms`.

    `signs` has a column for each service. `places`: latitudes, then longitudes, of the services of `place_rows`.
    """

    ids: tuple[UUID, ...]
    names: Ints
    terms: dict[str, int]
    starts: Ints
    rows: npt.NDArray[np.int32]
    counts: Floats
    lengths: Floats
    meanings: npt.NDArray[np.float16] | Floats
    has_meaning: Flags
    signs: npt.NDArray[np.uint64]
    masks: dict[str, npt.NDArray[np.uint64]]
    languages: dict[str, npt.NDArray[np.int32]]
    facts: dict[str, npt.NDArray[np.int16]]
    sure_on: npt.NDArray[np.int32]
    place_rows: npt.NDArray[np.int32]
    places: Floats
    time_rows: npt.NDArray[np.int32]
    times: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def postings(self, term: str) -> tuple[npt.NDArray[np.int32], Floats]:
        """The services with a term, and how much it counts in each."""
        place = self.terms.get(term)
        if place is None:
            return self.rows[:0], self.counts[:0]
        cut = slice(self.starts[place], self.starts[place + 1])
        return self.rows[cut], self.counts[cut]


def build(entries: Sequence[Entry]) -> Segment:
    """Arrays of these services. About 60 microseconds for each."""
    terms, starts, rows, counts, lengths = _words(entries)
    meanings = np.zeros((len(entries), DIMENSIONS), np.float32 if len(entries) <= KEPT_READY else np.float16)
    has = np.zeros(len(entries), bool)
    for row, each in enumerate(entries):
        if each.meaning:
            meanings[row] = np.frombuffer(each.meaning, np.float16)
            has[row] = True
    places = [(row, *place) for row, each in enumerate(entries) for place in each.places]
    times = [(row, *_time(at)) for row, each in enumerate(entries) for at in each.times]
    names = np.argsort(np.argsort(np.array([each.name.casefold() for each in entries], dtype=np.str_), kind="stable"))
    return Segment(
        ids=tuple(each.id for each in entries),
        names=names,
        terms=terms,
        starts=starts,
        rows=rows,
        counts=counts,
        lengths=lengths,
        meanings=meanings,
        has_meaning=has,
        signs=np.ascontiguousarray(signs_of(meanings).T),
        masks={
            table: np.array([bits(table, getattr(each, table)) for each in entries], np.uint64)
            for table in ("kinds", "needs", "tags")
        },
        languages=_languages(entries),
        facts=_facts(entries),
        sure_on=np.array([_day(each.sure_on, 0) for each in entries], np.int32),
        place_rows=np.array([place[0] for place in places], np.int32),
        places=np.ascontiguousarray(np.array([place[1:] for place in places], np.float32).reshape(-1, 2).T),
        time_rows=np.array([time[0] for time in times], np.int32),
        times=np.array([time[1:] for time in times], np.int32).reshape(-1, 6),
    )


def _time(at: Time) -> tuple[int, ...]:
    """Weekday, minutes from and until, days from and until, and whether it is each of these weekdays.

    A time without an end counts in the part of the day in which it begins; one without hours in no part of it.
    """
    hours = (MIDNIGHT - 1, 1) if at.starts is None else (at.starts, at.ends or at.starts + 1)
    return at.weekday, *hours, at.first.toordinal(), _day(at.last, 10**8), int(at.sure)


def signs_of(directions: npt.NDArray[np.floating]) -> npt.NDArray[np.uint64]:
    """On which side of nought each number lies, 64 to a word: near directions have nearly the same signs."""
    packed = np.packbits(directions > 0, axis=1)
    signs: npt.NDArray[np.uint64] = np.ascontiguousarray(packed).view(np.uint64)
    return signs


def _words(
    entries: Sequence[Entry],
) -> tuple[dict[str, int], Ints, npt.NDArray[np.int32], Floats, Floats]:
    terms: dict[str, int] = {}
    term_of: list[int] = []
    row_of: list[int] = []
    count: list[float] = []
    lengths = np.zeros(len(entries), np.float32)
    for row, each in enumerate(entries):
        length = 0.0
        for lexeme, where in _LEXEME.findall(each.words):
            weight = sum(WEIGHTS.get(place[-1], WEIGHTS["D"]) for place in where.split(","))
            term_of.append(terms.setdefault(lexeme.replace("''", "'"), len(terms)))
            row_of.append(row)
            count.append(weight)
            length += weight
        lengths[row] = length
    order = np.argsort(np.array(term_of, np.int64), kind="stable")
    starts = np.searchsorted(np.array(term_of, np.int64)[order], np.arange(len(terms) + 1))
    return (
        terms,
        starts.astype(np.int64),
        np.array(row_of, np.int32)[order],
        np.array(count, np.float32)[order],
        lengths,
    )


def _facts(entries: Sequence[Entry]) -> dict[str, npt.NDArray[np.int16]]:
    columns = {
        "free": [_or(each.free) for each in entries],
        "step_free": [_or(each.step_free) for each in entries],
        "online": [int(each.online) for each in entries],
        "join": [JOINING.index(each.how_to_join) if each.how_to_join in JOINING else 0 for each in entries],
        "room": [ROOMS.index(each.room) if each.room in ROOMS else 0 for each in entries],
        "paused": [int(each.status != "active") for each in entries],
        "youngest": [_or(each.minimum_age, 0) for each in entries],
        "oldest": [_or(each.maximum_age, 200) for each in entries],
    }
    return {name: np.array(column, np.int16) for name, column in columns.items()}


def _languages(entries: Sequence[Entry]) -> dict[str, npt.NDArray[np.int32]]:
    rows: dict[str, list[int]] = {}
    for row, each in enumerate(entries):
        for language in each.languages:
            rows.setdefault(language.casefold(), []).append(row)
    return {language: np.array(spoken, np.int32) for language, spoken in rows.items()}


def _or(value: int | None, otherwise: int = NOT_TOLD) -> int:
    return otherwise if value is None else int(value)


def _day(day: object, otherwise: int) -> int:
    return otherwise if day is None else int(day.toordinal())  # type: ignore[attr-defined]
