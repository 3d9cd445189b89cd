"""How long a record is kept. Pure: dates in, a date out.

The figures are settings; their source to check is the Records Management Code of Practice of the NHS (England): eight
years after the last contact for an adult, until the 25th birthday for a child.
"""

import datetime as dt

from django.conf import settings

GROWN_UP = 18


def keep_until(last_contact: dt.date, born: dt.date | None) -> tuple[dt.date, str]:
    """The day from which the record may go, and which timer that is ("adult" or "child")."""
    if born is not None and last_contact < years_after(born, GROWN_UP):
        return years_after(born, settings.RETENTION_CHILD_AGE), "child"
    return years_after(last_contact, settings.RETENTION_ADULT_YEARS), "adult"


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 1 March for somebody born on 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
