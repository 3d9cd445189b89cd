"""May support end because nobody was reached? Facts in, what is still missing out, in words. No database.

The rules (docs/decisions/0008): tries on enough different days, at different times of the day, by enough safe ways,
after the number was checked. A way that is not safe is never asked for, and a try by it never counts. Where the person
may be at risk, or no way is safe, a lead decides.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from linkwell.kernel import clock, words

# Ways of trying that somebody answers or not at that moment: for these the time of day matters.
AT_A_TIME = frozenset({"phone", "video", "home", "face"})
# Ways that need a yes or a number of their own; a visit is decided each time.
CHANNELS = ("phone", "text", "email", "letter")
BY_WAY = {
    "phone": "by phone",
    "video": "by video",
    "home": "at home",
    "face": "in person",
    "text": "by text",
    "email": "by e-mail",
    "letter": "by letter",
}
AFTERNOON_FROM, EVENING_FROM = dt.time(12), dt.time(17)
TIMES_OF_DAY = 2


class TimeOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt that nobody answered. `at` is a moment; the day and the time of day are the UK's."""

    at: dt.datetime
    way: str

    @property
    def day(self) -> dt.date:
        return clock.london(self.at).date()

    @property
    def time_of_day(self) -> TimeOfDay:
        there = clock.london(self.at).time()
        if there < AFTERNOON_FROM:
            return TimeOfDay.MORNING
        return TimeOfDay.AFTERNOON if there < EVENING_FROM else TimeOfDay.EVENING


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. `tries` since they were last spoken with; `safe`: CHANNELS that may be used and lead somewhere.

    `checked`: somebody asked whether the details are right. `corrected_at`: when they turned out to be wrong, so that
    tries before went elsewhere. `markers`: why a lead decides, in words; `concern`: one is open, of which nobody else
    is told more.
    """

    tries: tuple[Try, ...]
    safe: frozenset[str]
    tries_needed: int
    ways_needed: int
    checked: bool
    corrected_at: dt.datetime | None = None
    markers: tuple[str, ...] = ()
    concern: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`missing`: what has to be done first, empty when support may end. `because`: why a lead decides, if one does."""

    counted: tuple[Try, ...]
    missing: tuple[str, ...]
    skipped: tuple[str, ...]
    because: tuple[str, ...]
    ways_needed: int

    @property
    def enough(self) -> bool:
        return not self.missing

    @property
    def needs_lead(self) -> bool:
        return bool(self.because)


def decide(facts: Facts) -> Outcome:
    """The rules, one after the other."""
    counted = tuple(each for each in facts.tries if _counts(each, facts))
    needed = min(facts.ways_needed, len(facts.safe))
    missing = [] if facts.checked else ["Check their number and address with whoever referred them."]
    if facts.safe:
        missing += [*_days(counted, facts), *_times(counted, facts), *_ways(counted, facts, needed)]
    return Outcome(counted, tuple(missing), _skipped(facts), _because(facts), needed)


def _counts(one: Try, facts: Facts) -> bool:
    if one.way in CHANNELS and one.way not in facts.safe:
        return False
    return facts.corrected_at is None or one.at >= facts.corrected_at


def _days(counted: tuple[Try, ...], facts: Facts) -> list[str]:
    days = len({each.day for each in counted})
    more = facts.tries_needed - days
    if more <= 0:
        return []
    so_far = f"so far on {words.counted(days, 'day')}" if days else "no try counts so far"
    return [f"Try on {words.counted(more, 'more day') if days else words.counted(more, 'different day')}: {so_far}."]


def _times(counted: tuple[Try, ...], facts: Facts) -> list[str]:
    """At different times, where a safe way has a time at all, and there are tries enough to differ."""
    calls = {each.time_of_day for each in counted if each.way in AT_A_TIME}
    if "phone" not in facts.safe or facts.tries_needed < TIMES_OF_DAY or len(calls) >= TIMES_OF_DAY:
        return []
    others = [each.value for each in TimeOfDay if each not in calls]
    if not calls:
        return ["Phone at different times of the day: morning, afternoon or evening."]
    return [f"Phone at another time of the day: in the {words.joined(others, 'or')}."]


def _ways(counted: tuple[Try, ...], facts: Facts, needed: int) -> list[str]:
    used = {each.way for each in counted}
    if len(used) >= needed:
        return []
    left = words.joined([BY_WAY[each] for each in CHANNELS if each in facts.safe and each not in used], "or")
    return [f"Try {'another safe way' if used else words.counted(needed, 'safe way')}: {left}."]


def _skipped(facts: Facts) -> tuple[str, ...]:
    """Said on the page, so that nobody thinks it was forgotten."""
    left_out = [BY_WAY[each] for each in CHANNELS if each not in facts.safe]
    if not left_out:
        return ()
    lines = [f"Not tried {words.joined(left_out, 'or')}: that is not safe, not asked or not known."]
    if len(facts.safe) == 1 < facts.ways_needed:
        lines.append(f"Trying {BY_WAY[next(iter(facts.safe))]} is enough: no other way is safe.")
    return tuple(lines)


def _because(facts: Facts) -> tuple[str, ...]:
    found = list(facts.markers)
    if facts.concern:
        found.append("A lead looks at this one first.")
    if not facts.safe:
        found.append("No way to reach them is safe or known.")
    return tuple(found)
