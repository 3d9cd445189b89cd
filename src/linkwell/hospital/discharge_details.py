"""What goes into the actions of going home: plain values, already cleaned by a form or a caller."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """One thing on the ready-for-home list. `answer` is empty while nobody has said."""

    thing: str
    answer: str = ""
    who: str = ""
    by_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AskedAlone:
    """What somebody said when nobody else was there."""

    involve: str
    must_not_tell: str
    home_safe: str
    carer: str


@dataclass(frozen=True, slots=True)
class ProgrammeDetails:
    """A time-limited team to be set up."""

    name: str
    team: str
    eligibility: str
    starts_on: dt.date
    ends_on: dt.date
    weekly_places: int
