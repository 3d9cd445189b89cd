"""That somebody has died, as it is given and as it is shown. Without a database."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linkwell.kernel import clock, words

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeathDetails:
    """What we were told. The day may be known in part (a year, a month) or not at all. `source` is a DeathSource."""

    source: str = "family"
    confirmed: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    told_by_name: str = ""

    @property
    def dated(self) -> bool:
        return self.year is not None


@dataclass(frozen=True, slots=True)
class DeathRow:
    """A death that stands. `person_id` is the record it was written on, which may be another of the same person."""

    id: UUID
    version: int
    person_id: UUID
    details: DeathDetails
    source_words: str
    recorded_at: datetime
    recorded_by: str

    @property
    def line(self) -> str:
        """For the top of the person's page."""
        when = in_words(self.details)
        told = f"told to us by {self.source_words}"
        sure = "" if self.details.confirmed else ", not confirmed yet"
        return f"{f'Died {when}' if when else 'Has died'} ({told}{sure})"


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """One thing a death stopped: `words` what it was, `by_hand` what to do where it was a mistake, `url` its page."""

    id: UUID
    words: str
    by_hand: str
    url: str
    restored: bool


def in_words(details: DeathDetails) -> str:
    """ "on 12 March 2026", "in March 2026", "in 2026", or "" when the day is not known."""
    if details.year is None:
        return ""
    if details.month is None:
        return f"in {details.year}"
    month = f"{_MONTHS[details.month - 1]} {details.year}"
    return f"on {details.day} {month}" if details.day else f"in {month}"


def problems(details: DeathDetails, born: date | None) -> Mapping[str, str]:
    """What cannot be: a day without a month, a day that is not there, one still to come, one before they were born."""
    if details.year is None and (details.month or details.day):
        return {"year": "Enter the year, or leave the whole date empty."}
    if details.day and not details.month:
        return {"month": "Enter the month, or leave the day empty."}
    if details.year is None:
        return {}
    first, last = _span(details.year, details.month, details.day)
    if first is None or last is None:
        return {"day": "This day is not in the calendar."}
    if first > clock.today():
        return {"year": "This day is still to come."}
    if born is not None and last < born:
        return {"year": f"They were born on {words.short_date(born)}. Check the date."}
    return {}


def _span(year: int, month: int | None, day: int | None) -> tuple[date | None, date | None]:
    """The first and the last day it can have been; None for a day that is not in the calendar."""
    if not 1900 <= year <= 9999 or not 1 <= (month or 1) <= 12:
        return None, None
    length = monthrange(year, month or 12)[1]
    if day and not 1 <= day <= length:
        return None, None
    return date(year, month or 1, day or 1), date(year, month or 12, day or length)


def together(known: DeathDetails, new: DeathDetails) -> DeathDetails:
    """What stands after we were told again. Nothing that is known is lost: a report without a date, or one that nobody
    has confirmed, takes nothing away from one that has a date or is confirmed."""
    newer_date = new if new.dated and (new.confirmed or not known.confirmed or not known.dated) else known
    teller = known if known.confirmed and not new.confirmed else new
    return DeathDetails(
        source=teller.source,
        confirmed=known.confirmed or new.confirmed,
        year=newer_date.year,
        month=newer_date.month,
        day=newer_date.day,
        told_by_name=teller.told_by_name or known.told_by_name,
    )
