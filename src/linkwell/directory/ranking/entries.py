"""What is known of one service for finding it: the row that the arrays are made of. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.directory import vocabulary
from linkwell.kernel.codes import NEEDS, SERVICE_KINDS

TABLES: dict[str, tuple[str, ...]] = {
    "kinds": tuple(each.code for each in SERVICE_KINDS),
    "needs": tuple(each.code for each in NEEDS),
    "tags": tuple(vocabulary.TAGS),
}
BITS = {table: {code: 1 << place for place, code in enumerate(codes)} for table, codes in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Time:
    """A weekday between two days, in minutes after midnight: `times.Span` for the arrays. None where not told."""

    weekday: int
    starts: int | None
    ends: int | None
    first: dt.date
    last: dt.date | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A service. `words` is PostgreSQL's own text of its search words; `meaning` is None until it has been made."""

    id: UUID
    changed_in: int
    status: str
    name: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    free: bool | None
    step_free: bool | None
    online: bool
    how_to_join: str
    room: str
    minimum_age: int | None
    maximum_age: int | None
    sure_on: dt.date | None
    words: str
    meaning: bytes | None
    places: tuple[tuple[float, float], ...] = ()
    times: tuple[Time, ...] = ()


def bits(table: str, codes: tuple[str, ...] | frozenset[str]) -> int:
    """Codes of a table as one number, a bit for each; codes it does not know count for nothing."""
    known = BITS[table]
    return sum(known.get(code, 0) for code in set(codes))
