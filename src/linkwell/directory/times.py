"""When a service meets: its regular times as calendar rules, less its breaks, and with its extra days. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateutil.rrule import rrulestr

# Nobody plans further ahead, and a rule that never comes true is not looked for any longer.
FURTHEST = dt.timedelta(days=370)
_ANY_MONDAY = dt.date(2024, 1, 1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RHYTHMS = ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")
LONGEST_RULE = 200
NOON, EVENING = dt.time(12), dt.time(17)


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular time, as `models.Session` keeps it."""

    weekday: int | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    rule: str = ""
    begins_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    term_time: bool = False
    where: str = ""
    key: object = None


@dataclass(frozen=True, slots=True)
class Different:
    """Days that differ, both included; `key` is that of the one regular time it is about, None for all of them."""

    first_day: dt.date
    last_day: dt.date
    runs: bool = False
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    words: str = ""
    key: object = None


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One day on which it meets."""

    day: dt.date
    starts_at: dt.time
    ends_at: dt.time | None = None
    where: str = ""
    words: str = ""


def meetings(
    regular: Iterable[Regular],
    different: Sequence[Different],
    breaks: Sequence[tuple[dt.date, dt.date]],
    first: dt.date,
    last: dt.date,
) -> list[Meeting]:
    """Every meeting from one day to another, both included, in order. Times that only words tell are not among them."""
    last = min(last, first + FURTHEST)
    found = [
        Meeting(day, each.starts_at or dt.time(0), each.ends_at, each.where)
        for each in regular
        for day in _days(each, first, last)
        if not _rests(each, day, different, breaks)
    ]
    extra = [
        Meeting(day, each.starts_at or dt.time(0), each.ends_at, "", each.words)
        for each in different
        if each.runs
        for day in _each_day(max(each.first_day, first), min(each.last_day, last))
    ]
    return sorted({*found, *extra}, key=lambda each: (each.day, each.starts_at, each.where))


def next_meetings(
    regular: Iterable[Regular],
    different: Sequence[Different],
    breaks: Sequence[tuple[dt.date, dt.date]],
    today: dt.date,
    number: int = 5,
) -> list[Meeting]:
    """The next few days on which it meets, today among them."""
    return meetings(regular, different, breaks, today, today + FURTHEST)[:number]


def is_open(found: Iterable[Meeting], *, part: str) -> bool:
    """Whether any of these meets in a part of the day: "morning", "afternoon" or "evening"."""
    starts, ends = {
        "morning": (dt.time(0), NOON),
        "afternoon": (NOON, EVENING),
        "evening": (EVENING, dt.time.max),
    }[part]
    return any(each.starts_at < ends and (each.ends_at or each.starts_at) >= starts for each in found)


def usable(rule: str) -> bool:
    """Whether a recurrence rule is one we keep: RFC 5545, days apart at least, and short."""
    if not rule or len(rule) > LONGEST_RULE or not any(each in rule for each in _RHYTHMS):
        return False
    try:
        rrulestr(rule, dtstart=_midnight(_ANY_MONDAY))
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _days(each: Regular, first: dt.date, last: dt.date) -> list[dt.date]:
    since = max(first, each.valid_from or first)
    until = min(last, each.valid_until or last)
    if until < since:
        return []
    rule = each.rule
    if not rule and each.weekday is not None:
        rule = f"FREQ=WEEKLY;BYDAY={_DAYS[each.weekday]}"
    if not usable(rule):
        return []
    start = dt.datetime.combine(_start(each, rule, since), dt.time(0))
    try:
        dates = rrulestr(rule, dtstart=start).between(_midnight(since), _midnight(until), inc=True)
    except (ValueError, TypeError, OverflowError):
        return []
    return [found.date() for found in dates]


def _start(each: Regular, rule: str, since: dt.date) -> dt.date:
    """From where a rule counts. A rule that needs no counting starts near, however long ago it began."""
    begins = each.begins_on or each.valid_from or _ANY_MONDAY
    counts = "INTERVAL" in rule.replace("INTERVAL=1;", "").replace("INTERVAL=1", "") or "COUNT" in rule
    if counts or "BYDAY" not in rule:
        return begins
    return max(begins, since.replace(day=1)) if begins <= since else begins


def _rests(
    each: Regular, day: dt.date, different: Sequence[Different], breaks: Sequence[tuple[dt.date, dt.date]]
) -> bool:
    if each.term_time and any(first <= day <= last for first, last in breaks):
        return True
    return any(
        not one.runs and one.first_day <= day <= one.last_day and one.key in (None, each.key) for one in different
    )


def _each_day(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0))
