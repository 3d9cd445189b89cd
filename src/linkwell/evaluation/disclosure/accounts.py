"""What was counted for one place and period, and what was published of it. Loads no solver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from linkwell.evaluation.disclosure.cells import Count


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is made up of others, all named."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The true counts of one place and period (`last` included). `covers` are the accounts it is the total of.

    Of two of the same place and period, the one with the higher `number` put the other right.
    """

    name: str
    place: str
    first: dt.date
    last: dt.date
    number: int
    counts: Mapping[str, int]
    sums: tuple[Sum, ...] = ()
    covers: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Entry:
    """A release in the log: what was counted, and what everybody may read of it for ever, withdrawn or not."""

    account: Account
    cells: Mapping[str, Count]
