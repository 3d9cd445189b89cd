"""What the queries return: plain frozen values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from linkwell.impact.months import Month


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the report is narrowed to: one team, one practice (folded), one referrer; all of them when empty."""

    team_id: UUID | None = None
    practice: str = ""
    referrer: str = ""

    @property
    def about_people(self) -> bool:
        """Whether it is narrowed by something that members of staff do not have."""
        return bool(self.practice or self.referrer)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many rows, the sum and the most of their amounts; and of a signed month, how it stands now.

    `changed` is how many rows were counted then and are not now, or the other way round.
    """

    count: int = 0
    total: Decimal = Decimal(0)
    most: Decimal | None = None
    now: "Figure | None" = None
    changed: int = 0


Figures = Mapping[tuple[str, str], Figure]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a month off, and when."""

    id: UUID
    by: str
    at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the report can be narrowed to, as an address says it and as people say it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """A month, as it was signed off or as it is. `figures` by number and key; the key is "" for all of a number.

    `list_size` is the people on the lists of the practices it is about, None when not known for all of them.
    """

    month: Month
    wanted: Wanted
    figures: Figures
    signed: Signed | None
    list_size: int | None
    teams: tuple[Choice, ...] = ()
    practices: tuple[Choice, ...] = ()
    referrers: tuple[Choice, ...] = ()

    def figure(self, number: str, key: str = "") -> Figure:
        """A number, or one line of it; nothing counted is nought, then and now."""
        nothing = Figure(now=Figure()) if self.signed else Figure()
        return self.figures.get((number, key), nothing)

    def keys(self, number: str) -> tuple[str, ...]:
        """The lines of a number that is broken down."""
        return tuple(key for code, key in self.figures if code == number and key)


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a number. `name` is empty for those who may not read records. `key` says which line it is on."""

    id: UUID
    at: dt.datetime
    key: str
    name: str
    words: str
    team: str
    referrer: str
    practice: str
    case_id: UUID | None
    referral_id: UUID | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class SliceRow:
    """One team, practice or referrer with its figures, and the people on its list where that is known."""

    value: str
    words: str
    figures: Figures = field(default_factory=dict)
    list_size: int | None = None

    def figure(self, number: str, key: str = "") -> Figure:
        return self.figures.get((number, key), Figure())


@dataclass(frozen=True, slots=True)
class SizeRow:
    """How many people a practice has on its list, and on which day they were counted."""

    id: UUID
    shown: str
    people: int
    counted_on: dt.date
