"""Who has a first and a last score. Nobody is ever compared with anybody but themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import FIRST_ROW, Numbers, Table, Words

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class People:
    """One place in each array for each person who has any score.

    `last` is that of `first` where `paired` is False. `apart` is the time between the two in days (or in the unit of
    the column, when it holds plain numbers). `groups` are read from the row of the first score.
    `without_any` counts people all of whose scores are empty, `empty` the rows without a score.
    """

    first: Numbers
    last: Numbers
    apart: Numbers
    paired: npt.NDArray[np.bool_]
    groups: Mapping[str, Words]
    window: tuple[dt.date, dt.date] | None
    without_any: int
    empty: int


def people_of(table: Table, person: str, when: str, score: str, groups: Sequence[str] = ()) -> People:
    """Raises Refused for a person who has two rows at one time, and for cells that are not what they should be."""
    who, times, scores = table.words(person), _times(table, when), table.numbers(score, missing=True)
    order = np.lexsort((times, who))
    _refuse_twice(who[order], times[order], order, person, when)
    scored = order[np.isfinite(scores[order])]
    everybody = len(np.unique(who))
    if not len(scored):
        raise Refused(f"Nobody has a score in column “{score}”.")
    first, last = _edges(who[scored])
    start, end = scored[first], scored[last]
    return People(
        first=scores[start],
        last=scores[end],
        apart=times[end] - times[start],
        paired=first != last,
        groups={name: table.words(name)[start] for name in groups},
        window=_window(table, when),
        without_any=everybody - len(start),
        empty=len(table) - len(scored),
    )


def _edges(who: Words) -> tuple[Rows, Rows]:
    """Where each person begins and ends, in rows sorted by person."""
    begins = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    return begins, np.r_[begins[1:], len(who)] - 1


def _times(table: Table, when: str) -> Numbers:
    """Days, or plain numbers such as 0 and 12 for months."""
    if _are_dates(table, when):
        return np.array([day.toordinal() for day in table.dates(when)], dtype=np.float64)
    return table.numbers(when)


def _window(table: Table, when: str) -> tuple[dt.date, dt.date] | None:
    if not _are_dates(table, when):
        return None
    days = table.dates(when)
    return min(days), max(days)


def _are_dates(table: Table, when: str) -> bool:
    return "-" in str(table.words(when)[0])[1:]


def _refuse_twice(who: Words, times: Numbers, order: Rows, person: str, when: str) -> None:
    twice = np.flatnonzero((who[1:] == who[:-1]) & (times[1:] == times[:-1]))
    if not len(twice):
        return
    rows = sorted(int(order[twice[0] + place]) + FIRST_ROW for place in (0, 1))
    raise Refused(
        f"Rows {rows[0]} and {rows[1]} are the same person (“{person}”) at the same time (“{when}”). "
        "Keep one of them; Linkwell does not choose."
    )
