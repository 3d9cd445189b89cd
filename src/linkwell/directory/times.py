"""When a service meets: its regular times as calendar rules, less its breaks, and with its extra days. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateutil.rrule import rrulestr

# Nobody plans further ahead, and a rule that never comes true is not looked for any longer.
FURTHEST = dt.timedelta(days=370)
_ANY_MONDAY = dt.date(2024, 1, 1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RHYTHMS = ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")
LONGEST_RULE = 200
_EACH_WEEK = re.compile(r"FREQ=WEEKLY(?:;INTERVAL=1)?;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)")
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


@dataclass(frozen=True, slots=True)
class Span:
    """A weekday from one day to another, both included, at one time of day: what can be asked of very many at once.

    `sure` means on each of these weekdays; without it, on some of them and nobody told which.
    """

    weekday: int
    starts_at: dt.time | None
    ends_at: dt.time | None
    first: dt.date
    last: dt.date | None
    sure: bool = True


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
        if not any(begins <= day <= ends for begins, ends in _resting(each, different, breaks))
    ]
    extra = [
        Meeting(day, each.starts_at or dt.time(0), each.ends_at, "", each.words)
        for each in different
        if each.runs
        for day in _each_day(max(each.first_day, first), min(each.last_day, last))
    ]
    return sorted({*found, *extra}, key=lambda each: (each.day, each.starts_at, each.where))


def spans(
    regular: Iterable[Regular],
    different: Sequence[Different],
    breaks: Sequence[tuple[dt.date, dt.date]],
    today: dt.date,
) -> list[Span]:
    """The same as `meetings` from today on, with plain weeks kept together: breaks are cut out, extra days put in."""
    found: list[Span] = []
    for each in regular:
        found += _spans_of(each, _resting(each, different, breaks), today)
    return found + [
        Span(day.weekday(), one.starts_at, one.ends_at, day, day)
        for one in different
        if one.runs
        for day in _each_day(max(one.first_day, today), one.last_day)
    ]


def _spans_of(each: Regular, resting: Sequence[tuple[dt.date, dt.date]], today: dt.date) -> list[Span]:
    hours = (each.starts_at, each.ends_at)
    since = max(day for day in (today, each.begins_on, each.valid_from) if day is not None)
    if weekly := _every_week_on(each):
        cut = _without(resting, since, each.valid_until)
        return [Span(weekday, *hours, first, last) for weekday in weekly for first, last in cut]
    if _nobody_told_from_when(each):
        return [] if each.weekday is None else [Span(each.weekday, *hours, since, each.valid_until, sure=False)]
    return [
        Span(day.weekday(), *hours, day, day)
        for day in _days(each, today, today + FURTHEST)
        if not any(first <= day <= last for first, last in resting)
    ]


def _every_week_on(each: Regular) -> list[int]:
    if not each.rule:
        return [] if each.weekday is None else [each.weekday]
    if each.rule == "FREQ=DAILY":
        return list(range(7))
    told = _EACH_WEEK.fullmatch(each.rule)
    return [_DAYS.index(day) for day in told[1].split(",")] if told else []


def _without(
    resting: Sequence[tuple[dt.date, dt.date]], since: dt.date, until: dt.date | None
) -> list[tuple[dt.date, dt.date | None]]:
    """What is left of a time without some days of rest."""
    left: list[tuple[dt.date, dt.date | None]] = []
    one_day = dt.timedelta(days=1)
    for first, last in sorted(resting):
        if last < since or (until is not None and first > until):
            continue
        if first > since:
            left.append((since, first - one_day))
        since = last + one_day
    return left if until is not None and since > until else [*left, (since, until)]


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
    if not usable(rule) or _nobody_told_from_when(each):
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
    if _counts(rule) or "BYDAY" not in rule:
        return begins
    return max(begins, since.replace(day=1)) if begins <= since else begins


def _counts(rule: str) -> bool:
    """Whether a rule goes by counting: every second week is nothing without the week it began in."""
    return "INTERVAL" in rule.replace("INTERVAL=1;", "").removesuffix("INTERVAL=1") or "COUNT" in rule


def _nobody_told_from_when(each: Regular) -> bool:
    return _counts(each.rule) and each.begins_on is None and each.valid_from is None


def _resting(
    each: Regular, different: Sequence[Different], breaks: Sequence[tuple[dt.date, dt.date]]
) -> list[tuple[dt.date, dt.date]]:
    """The days on which one regular time rests."""
    own = [(one.first_day, one.last_day) for one in different if not one.runs and one.key in (None, each.key)]
    return [*own, *breaks] if each.term_time else own


def _each_day(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0))
