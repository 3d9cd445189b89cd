"""The time now, and the time as the clock on a UK wall shows it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """The moment now, in UTC. All code asks here, so a test can choose the time."""
    return dt.datetime.now(dt.UTC)


def london(moment: dt.datetime) -> dt.datetime:
    """The same moment by the UK clock. Refuses a time that does not say its zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be placed on the clock")
    return moment.astimezone(LONDON)


def today() -> dt.date:
    """Today's date in the UK, which after an early-summer midnight is not the date in UTC."""
    return london(now()).date()


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment, in UTC, when a UK clock shows `time` on `day`.

    Where the clock shows it twice (the end of summer time) the first is meant; where it never
    shows it (the start) the time is read as if the clock had not yet moved, so 1:30am becomes
    2:30am by the new clock.
    """
    return dt.datetime.combine(day, time.replace(tzinfo=None, fold=0), tzinfo=LONDON).astimezone(dt.UTC)
