"""Facts narrow, one after another: what is not told is not guessed. Pure."""

from __future__ import annotations

import numpy as np

from linkwell.directory.ranking.asked import Facts
from linkwell.directory.ranking.entries import bits
from linkwell.directory.ranking.segment import JOINING, NOT_TOLD, ROOMS, Flags, Floats, Segment

# A time counts for "on Tuesdays" when it comes within so many days: once a month is soon enough, after the summer not.
SOON = 42
# Day 1 of all days was a Monday.
MONDAY = 1


def holding(segment: Segment, wanted: Facts, km: Floats, today: int) -> Flags:
    """The services of which everything asked for is known to be so."""
    held = _plain(segment, wanted)
    for table, code in (("kinds", wanted.kind), ("needs", wanted.need), *(("tags", tag) for tag in wanted.tags)):
        if code:
            held &= (segment.masks[table] & np.uint64(bits(table, (code,)))) != 0
    if wanted.languages:
        held &= _speaking(segment, wanted.languages)
    if wanted.asks_when:
        held &= _running(segment, wanted, today)
    if wanted.within_km is not None:
        held &= km <= wanted.within_km
    return held


def _plain(segment: Segment, wanted: Facts) -> Flags:
    columns = segment.facts
    held = np.ones(len(segment), bool)
    if wanted.free:
        held &= columns["free"] == 1
    if wanted.online:
        held &= columns["online"] == 1
    if wanted.step_free:
        held &= (columns["step_free"] == 1) | ((columns["step_free"] == NOT_TOLD) & (columns["online"] == 1))
    if wanted.no_referral:
        held &= (columns["join"] != 0) & (columns["join"] != JOINING.index("referral"))
    if wanted.has_room:
        held &= (columns["room"] == ROOMS.index("room")) | (columns["room"] == ROOMS.index("few"))
    if wanted.age is not None:
        held &= (columns["youngest"] <= wanted.age) & (columns["oldest"] >= wanted.age)
    return held


def _speaking(segment: Segment, languages: tuple[str, ...]) -> Flags:
    held = np.zeros(len(segment), bool)
    for language in languages:
        held[segment.languages.get(language, segment.place_rows[:0])] = True
    return held


def _running(segment: Segment, wanted: Facts, today: int) -> Flags:
    """Services that meet in the hours asked for: on the date, or soon on the weekday, or soon on any day."""
    weekday, starts, ends, first, last, sure = segment.times.T
    runs = (starts < wanted.end) & (ends > wanted.start)
    if wanted.on is not None:
        runs &= (weekday == (wanted.on - MONDAY) % 7) & (first <= wanted.on) & (last >= wanted.on) & (sure == 1)
    else:
        since = np.maximum(first, today)
        following = since + (weekday - (since - MONDAY)) % 7
        runs &= following <= np.minimum(last, today + SOON)
    if wanted.day is not None:
        runs &= weekday == wanted.day
    held = np.zeros(len(segment), bool)
    held[segment.time_rows[runs]] = True
    return held
