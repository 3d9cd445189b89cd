"""Who should be found by which rule, known from how the histories were made and never by asking a rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from linkwell.cohorts.generating import people as persons
from linkwell.cohorts.generating.people import People
from linkwell.cohorts.generating.planting import Stays, Visits
from linkwell.cohorts.generating.rows import NOTHING, Flags, Numbers, Words, ids

LISTS = ("long_term", "mild_mental", "speak_first", "social", "carer")
NOTED = (*LISTS, "more_long_term", "more_mild_mental", "more_carer")
"""What a visit or stay may write down of a person: a code of each list, and a second of some."""
_CODES = {
    "long_term": persons.LONG_TERM,
    "mild_mental": persons.MILD_MENTAL,
    "speak_first": persons.SPEAK_FIRST,
    "social": persons.SOCIAL,
    "carer": persons.CARER,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What each visit or stay wrote down: a place of each of `NOTED`, and whether anything was noticed at all."""

    noticed: Flags
    codes: dict[str, Numbers]


@dataclass(frozen=True, slots=True)
class DayCases:
    """Day cases: place of the person in the block, and the day."""

    who: Numbers
    day: Numbers


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that was made, and the first day that speaks for a person at the end."""

    visits: Visits
    stays: Stays
    day_cases: DayCases
    in_ae: Recorded
    in_stays: Recorded
    recent: int


def recorded(rng: np.random.Generator, people: People, who: Numbers, share: float) -> Recorded:
    """What is noticed at each of these visits or stays."""
    noticed = rng.random(len(who)) < share
    return Recorded(noticed, {name: np.where(noticed, getattr(people, name)[who], NOTHING) for name in NOTED})


def code_columns(noted: Recorded) -> list[Words]:
    return [Words(_CODES[name.removeprefix("more_")], noted.codes[name]) for name in NOTED]


def written(people: People, seen: Seen, days: int) -> pa.Table:
    """Rows of rule and person_id."""
    came = _marked(people, seen.visits.who[(seen.visits.day >= seen.recent) & ~seen.visits.planned])
    found = {
        "repeat_attendance": people.playing("often"),
        "emergency_readmission": people.playing("back", "moved_then_back"),
        "delayed_discharge": people.playing("waited", "waits"),
        "long_term_condition": np.flatnonzero(came & _coded(people, seen, "long_term")),
        "mild_mental_ill_health": np.flatnonzero(came & _coded(people, seen, "mild_mental")),
        "social_circumstances": np.flatnonzero(_coded(people, seen, "social") | _circumstances(people, seen)),
        "long_stay": np.flatnonzero(_long(people, seen.stays, days)),
        "carer_strain": np.flatnonzero(_coded(people, seen, "carer")),
    }
    names = tuple(found)
    rules = np.concatenate([np.full(len(who), place) for place, who in enumerate(found.values())]).astype(np.int64)
    who = np.concatenate(list(found.values())).astype(np.int64)
    return pa.table({"rule": Words(names, rules).array(), "person_id": ids("P", people.numbers[who])})


def _marked(people: People, who: Numbers) -> Flags:
    marks = np.zeros(len(people.numbers), bool)
    marks[who] = True
    return marks


def _coded(people: People, seen: Seen, name: str) -> Flags:
    in_ae = (seen.in_ae.codes[name] >= 0) & (seen.visits.day >= seen.recent)
    who = np.concatenate([seen.stays.who, seen.day_cases.who])
    day = np.concatenate([seen.stays.admitted, seen.day_cases.day])
    in_stays = (seen.in_stays.codes[name] >= 0) & (day >= seen.recent)
    return _marked(people, seen.visits.who[in_ae]) | _marked(people, who[in_stays])


def _circumstances(people: People, seen: Seen) -> Flags:
    noticed = seen.in_ae.noticed & (seen.visits.day >= seen.recent)
    lives = (people.alone >= 0) | (people.nowhere >= 0)
    return _marked(people, seen.visits.who[noticed]) & lives


def _long(people: People, stays: Stays, days: int) -> Flags:
    still_in = stays.left == NOTHING
    nights = np.where(still_in, days - 1, stays.left) - stays.admitted
    recent = still_in | (stays.left >= days - 30)
    return _marked(people, stays.who[(nights >= 21) & recent])
