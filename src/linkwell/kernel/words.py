"""Dates, waits, counts and lists, as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from linkwell.kernel import clock
from linkwell.kernel.tongue import marked, say, say_number

_DAYS = (
    marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"),
    marked("Friday"), marked("Saturday"), marked("Sunday"),
)  # fmt: skip
_MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
# From then on nobody counts in days.
WEEKS_FROM = 14
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def written_date(day: dt.date, *, year: bool | None = None) -> str:
    """ "Tuesday 3 March"; with the year when asked, or when it is not this year's.

    A datetime with a zone is first moved to the UK clock.
    """
    if isinstance(day, dt.datetime):
        day = clock.london(day).date()
    if year is None:
        year = day.year != clock.today().year
    return f"{say(_DAYS[day.weekday()])} {_day_and_month(day)}" + (f" {day.year}" if year else "")


def short_date(day: dt.date) -> str:
    """ "3 March 2026": for birthdays, documents and tables."""
    if isinstance(day, dt.datetime):
        day = clock.london(day).date()
    return f"{_day_and_month(day)} {day.year}"


def _day_and_month(day: dt.date) -> str:
    return f"{day.day} {say(_MONTHS[day.month - 1])}"


def written_time(time: dt.time | dt.datetime) -> str:
    """ "2pm", "2:30pm", "12 noon", "12 midnight"."""
    if isinstance(time, dt.datetime):
        time = clock.london(time).time()
    if (time.hour, time.minute) == (12, 0):
        return say("12 noon")
    if (time.hour, time.minute) == (0, 0):
        return say("12 midnight")
    hour = time.hour % 12 or 12
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes}{'am' if time.hour < 12 else 'pm'}"


def written_datetime(moment: dt.datetime, *, year: bool | None = None) -> str:
    """ "Tuesday 3 March, 2pm", by the UK clock."""
    return f"{written_date(moment, year=year)}, {written_time(moment)}"


def waiting(days: int) -> str:
    """How long somebody has waited, in words: "since today", "1 day", "12 days", "5 weeks"."""
    if days <= 0:
        return "since today"
    if days <= 28:
        return counted(days, "day")
    if days < 92:
        return counted(days // 7, "week")
    return counted(int(days / 30.4375), "month")


def ago(moment: dt.datetime, now: dt.datetime | None = None) -> str:
    """ "just now", "20 minutes ago", "3 hours ago", "yesterday", "12 days ago", "in the future"."""
    now = now or clock.now()
    seconds = (now - moment).total_seconds()
    days = (clock.london(now).date() - clock.london(moment).date()).days
    if seconds < -60:
        return "in the future"
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{counted(int(seconds // 60), 'minute')} ago"
    if days == 0 or seconds < 6 * 3600:
        return f"{counted(int(seconds // 3600), 'hour')} ago"
    return "yesterday" if days == 1 else f"{waiting(days)} ago"


def sentence(text: str) -> str:
    """The first letter large, the others as they are: names and months keep theirs."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 person", "2 people", "1,250 steps"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days(number: int) -> str:
    """ "1 day", "12 days", in the language we speak."""
    return say_number("%(number)s day", "%(number)s days", number) % {"number": f"{number:,}"}


def weeks(number: int) -> str:
    """ "1 week", "12 weeks", in the language we speak."""
    return say_number("%(number)s week", "%(number)s weeks", number) % {"number": f"{number:,}"}


def at_least(number: int) -> str:
    """A time in days, from a fortnight on in whole weeks: no longer than it is."""
    return days(number) if number < WEEKS_FROM else weeks(number // 7)


def at_most(number: int) -> str:
    """A time in days, from a fortnight on in whole weeks: no shorter than it is."""
    return days(number) if number < WEEKS_FROM else weeks(-(-number // 7))


def number_word(number: int) -> str:
    """ "no", "one" ... "nine", then digits, as running text wants them."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def joined(parts: Sequence[str], last: str = "") -> str:
    """ "a", "a and b", "a, b and c"; empty parts are left out."""
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return "".join(kept)
    return f"{', '.join(kept[:-1])} {last or say('and')} {kept[-1]}"


def age(born: dt.date, on: dt.date | None = None) -> int:
    """Full years of age. Someone born on 29 February turns a year older on 1 March in common years."""
    on = on or clock.today()
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
