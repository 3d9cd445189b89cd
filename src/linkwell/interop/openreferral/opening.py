"""Opening times as people write them ("10am-12pm every 2nd Sunday of the month") as schedules of the standard.

What is not understood is never guessed: the words themselves stay beside whatever was.
"""

from __future__ import annotations

import re
from typing import Any

from linkwell.interop.openreferral.times import DAYS

_DAY = r"(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
_DAYS = re.compile(rf"\b{_DAY}\b")
_SPAN = re.compile(rf"\b{_DAY}\s*(?:-|–|to)\s*{_DAY}\b")
_PLACE = "(1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)"
_NTH = re.compile(rf"\b(?:{_PLACE}\s*(?:and|&|,)\s*)?{_PLACE}\s+{_DAY}\b")
_ALTERNATE = re.compile(r"\b(?:every other|alternate|fortnightly|every two weeks)\b")
_EVERY_DAY = re.compile(r"\b(?:every day|daily|7 days a week|seven days a week)\b")
_WEEKDAYS = re.compile(r"\bweekdays\b")
_HOUR = r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*([ap]m)?"
_RANGE = re.compile(rf"(?<![\d:.]){_HOUR}\s*(?:-|–|to|until|till)\s*{_HOUR}(?![\d:.])")
_TIME = re.compile(r"(?<![\d:.])(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s*([ap]m)(?!\w)")
_FILLING = re.compile(r"\b(?:on|every|each|of|the|month|from|and|at|week|weekly)\b|[^\w]+")
_PLACES = {"1st": "1", "first": "1", "2nd": "2", "second": "2", "3rd": "3", "third": "3", "4th": "4", "fourth": "4",
           "5th": "5", "fifth": "5", "last": "-1"}  # fmt: skip


def schedule_from(words: str) -> dict[str, Any]:
    """One schedule object of the standard; its `description` holds the words unless all of them were understood."""
    said = words.lower().replace("noon", "12pm")
    left, found = _times(said)
    left, days = _days(left)
    schedule: dict[str, Any] = {**found, **days}
    # More than one time of day may mean different days or ages: only a person can tell.
    if _TIME.search(left) or _RANGE.search(left):
        schedule.pop("opens_at", None)
        schedule.pop("closes_at", None)
        left = said
    if not days or _FILLING.sub("", left):
        schedule["description"] = words
    return schedule


def _days(said: str) -> tuple[str, dict[str, Any]]:
    nth = [
        _PLACES[place] + day[:2].upper()
        for first, second, day in _NTH.findall(said)
        for place in filter(None, (first, second))
    ]
    if nth and "month" in said:
        return _NTH.sub(" ", said), {"freq": "MONTHLY", "byday": ",".join(nth)}
    if nth:
        return said, {}
    named: set[int] = set()
    for first, last in _SPAN.findall(said):
        start, end = _number(first), _number(last)
        named |= set(range(start, end + 1)) if start <= end else {*range(start, 7), *range(end + 1)}
    named |= {_number(day) for day in _DAYS.findall(said)}
    named |= set(range(5)) if _WEEKDAYS.search(said) else set()
    named |= set(range(7)) if _EVERY_DAY.search(said) else set()
    if not named:
        return said, {}
    found: dict[str, Any] = {"freq": "WEEKLY", "byday": ",".join(DAYS[day] for day in sorted(named))}
    if _ALTERNATE.search(said):
        found["interval"] = 2
    for pattern in (_ALTERNATE, _SPAN, _DAYS, _WEEKDAYS, _EVERY_DAY):
        said = pattern.sub(" ", said)
    return said, found


def _number(day: str) -> int:
    return DAYS.index(day[:2].upper())


def _times(said: str) -> tuple[str, dict[str, Any]]:
    """The one time of day that the words give, and the words without it."""
    ranges = [each for each in _RANGE.finditer(said) if any(each.group(number) for number in (2, 3, 5, 6))]
    if len(ranges) == 1:
        one = ranges[0]
        closes = _clock(one[4], one[5], one[6])
        opens = _clock(one[1], one[2], one[3] or _half_of_day(one[1], one[4], one[6]))
        rest = f"{said[: one.start()]} {said[one.end() :]}"
        if opens and closes and opens < closes:
            return rest, {"opens_at": opens, "closes_at": closes}
        return said, {}
    single = list(_TIME.finditer(said))
    if not ranges and len(single) == 1:
        one = single[0]
        return f"{said[: one.start()]} {said[one.end() :]}", {"opens_at": _clock(one[1], one[2], one[3])}
    return said, {}


def _half_of_day(start: str, end: str, half: str | None) -> str | None:
    """ "5-6pm" begins in the afternoon, "10-2pm" in the morning."""
    if half == "pm" and int(start) % 12 > int(end) % 12:
        return "am"
    return half


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    number = int(hour)
    if half and number <= 12:
        number = number % 12 + (12 if half == "pm" else 0)
    return f"{number:02}:{minute or '00'}" if number < 24 else ""
