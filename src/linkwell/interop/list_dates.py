"""Dates as hospitals write them in lists: the day before the month, as clocks in the UK show them."""

from __future__ import annotations

import datetime as dt
import re

from linkwell.kernel import clock

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# As in activity files: what is outside is somebody's way of writing that nothing is known.
_YEARS = range(1900, 2101)
_TIME = r"(?:[ T]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?(?: ?(?P<zone>Z|[+-]\d{2}:?\d{2}))?)?"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"(?P<d>\d{{1,2}})(?P<sign>[/.-])(?P<m>\d{{1,2}})(?P=sign)(?P<y>\d{{4}}){_TIME}",
        rf"(?P<d>\d{{1,2}})(?P<sign>[ -])(?P<name>[a-z]{{3,9}})(?P=sign)(?P<y>\d{{4}}){_TIME}",
        rf"(?P<y>\d{{4}})(?P<sign>[/-])(?P<m>\d{{2}})(?P=sign)(?P<d>\d{{2}}){_TIME}",
        rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_TIME}",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<h>\d{2})(?P<i>\d{2})(?P<s>\d{2})?",
    )
)


def moment(text: str) -> dt.datetime | None:
    """The moment in UTC that `text` names; None where it is no date.

    Without a time the day begins. A time is that of a UK clock unless it says its offset.
    """
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            try:
                return _moment(found.groupdict()) if int(found["y"]) in _YEARS else None
            except (ValueError, OverflowError, StopIteration):
                return None
    return None


def _moment(parts: dict[str, str | None]) -> dt.datetime:
    date = dt.date(int(parts["y"] or 0), _month(parts), int(parts["d"] or 0))
    # Seconds are read only to refuse what is no time: the same list is written now with, now without them.
    time = dt.time(int(parts.get("h") or 0), int(parts.get("i") or 0), int(parts.get("s") or 0)).replace(second=0)
    zone = parts.get("zone")
    if not zone:
        return clock.at(date, time)
    offset = dt.datetime.strptime(zone.upper(), "%z").tzinfo
    return dt.datetime.combine(date, time, tzinfo=offset).astimezone(dt.UTC)


def _month(parts: dict[str, str | None]) -> int:
    name = (parts.get("name") or "").casefold()
    if not name:
        return int(parts["m"] or 0)
    return next(number for number, month in enumerate(_MONTHS, start=1) if name in (month, month[:3]))
