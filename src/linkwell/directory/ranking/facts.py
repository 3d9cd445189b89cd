"""Facts narrow, one after another: what is not told is not guessed. Pure."""

from __future__ import annotations

import numpy as np

from linkwell.directory.ranking.asked import Facts
from linkwell.directory.ranking.entries import bits
from linkwell.directory.ranking.segment import JOINING, NOT_TOLD, ROOMS, Flags, Floats, Segment


def holding(segment: Segment, wanted: Facts, km: Floats) -> Flags:
    """The services of which everything asked for is known to be so."""
    held = _plain(segment, wanted)
    for table, code in (("kinds", wanted.kind), ("needs", wanted.need), *(("tags", tag) for tag in wanted.tags)):
        if code:
            held &= (segment.masks[table] & np.uint64(bits(table, (code,)))) != 0
    if wanted.languages:
        held &= _speaking(segment, wanted.languages)
    if wanted.day is not None:
        held &= _running(segment, wanted)
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


def _running(segment: Segment, wanted: Facts) -> Flags:
    """Services with a time on the day that overlaps the hours asked for, and no break on the date asked for."""
    weekday, starts, ends, first, last = segment.times.T
    on = wanted.on
    runs = (weekday == wanted.day) & (starts < wanted.end) & (ends > wanted.start)
    if on is not None:
        runs &= (first <= on) & (last >= on)
    held = np.zeros(len(segment), bool)
    held[segment.time_rows[runs]] = True
    if on is not None and len(segment.breaks):
        resting = (segment.breaks[:, 0] <= on) & (segment.breaks[:, 1] >= on)
        held[segment.break_rows[resting]] = False
    return held
