"""Times as HL7 writes them: without an offset they are what a clock on a UK wall shows."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

_TIME = re.compile(
    r"(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6})\d*)?)?)?)?)?)?(?:([+-])(\d{2})(\d{2}))?",
    re.ASCII,
)


@lru_cache(maxsize=8192)
def moment(text: str, field: str) -> dt.datetime:
    """The moment in UTC. Raises Invalid naming the field.

    The hour that comes twice when summer time ends is its first; the hour that never comes when it starts is read as
    if the clock had not yet moved. What is not said of a date or time is its beginning.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Invalid({field: f"{field} is not a date and time as HL7 writes it."})
    *parts, fraction, sign, hours, minutes = found.groups()
    year, month, day, hour, minute, second = (int(part) if part else None for part in parts)
    try:
        date = dt.date(year or 0, month or 1, day or 1)
        micro = int((fraction or "0").ljust(6, "0"))
        time = dt.time(hour or 0, minute or 0, min(second or 0, 59), micro)
        if sign is None:
            return clock.at(date, time)
        offset = dt.timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
        return dt.datetime.combine(date, time, dt.timezone(offset)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Invalid({field: f"{field} is a date or time that does not exist."}) from None


@lru_cache(maxsize=64)
def written(moment_: dt.datetime) -> str:
    """A moment as we write it, with the UK's offset."""
    return clock.london(moment_).strftime("%Y%m%d%H%M%S%z")
