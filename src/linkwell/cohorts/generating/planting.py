"""What the people who play a part live through. Days count from the first day of the history.

Each function gives stays or visits of the people at `who`; the comments say which rule finds them, or why it does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.cohorts.generating.people import People
from linkwell.cohorts.generating.rows import NOTHING, Flags, Numbers

SEVERAL = 15


@dataclass(frozen=True, slots=True)
class Visits:
    """A&E visits: place of the person in the block, the day, and whether it was a planned follow-up."""

    who: Numbers
    day: Numbers
    planned: Flags


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays: `left` is NOTHING while still in, `ready` where no day was recorded."""

    who: Numbers
    admitted: Numbers
    left: Numbers
    method: Numbers
    source: Numbers
    destination: Numbers
    specialty: Numbers
    cancer: Numbers
    ready: Numbers
    not_ready: Numbers
    ready_again: Numbers


EMERGENCY, WAITING_LIST, TRANSFERRED = 0, 1, 2
METHODS = ("21", "11", "81", "22", "13")
HOME, HOSPITAL = 0, 1
PLACES = ("19", "51")
GENERAL, OBSTETRIC = 0, 1
SPECIALTIES = ("300", "501", "430")


def often(rng: np.random.Generator, people: People, days: int) -> Visits:
    """Five to fifteen visits within 300 days: found. Five of which the last is 365 days after the first: not found."""
    who = people.playing("often")
    count = 5 + np.minimum(rng.geometric(0.3, len(who)) - 1, SEVERAL - 5)
    # As many in the last year as in any other: who begins before the history, or ends after it, comes within it.
    begin = rng.integers(-150, days - 150, len(who))
    start, stop = np.maximum(begin, 0), np.minimum(begin + 300, days)
    many = np.repeat(who, count)
    almost = people.playing("almost_often") if days > 370 else people.playing()
    first = rng.integers(0, max(days - 366, 1), len(almost))
    steps = np.array([0, 91, 182, 273, 365])
    who = np.concatenate([many, np.repeat(almost, 5)])
    came = rng.integers(np.repeat(start, count), np.repeat(stop, count))
    day = np.concatenate([came, (first[:, None] + steps).ravel()])
    return Visits(who, day.astype(np.int64), np.zeros(len(who), bool))


def stays(rng: np.random.Generator, people: People, days: int) -> list[Stays]:
    """Everyone whose part is in hospital stays."""
    return [
        # Back in an emergency 0 to 29 days after going home: found.
        *_pair(rng, people.playing("back"), days, gap=(0, 29)),
        # On day 30, by plan, after cancer, after giving birth: not found.
        *_pair(rng, people.playing("back_late"), days, gap=(30, 30)),
        *_pair(rng, people.playing("back_planned"), days, gap=(3, 29), method=WAITING_LIST),
        *_pair(rng, people.playing("back_cancer"), days, gap=(3, 29), cancer=1),
        *_pair(rng, people.playing("back_obstetric"), days, gap=(3, 29), specialty=OBSTETRIC),
        # Moved to another hospital the next day: one stay going on, not found. Back after that: found.
        *_moved(rng, people.playing("moved", "moved_then_back"), days),
        *_third(rng, people.playing("moved_then_back"), days),
        *_waited(rng, people, days),
    ]


def _pair(
    rng: np.random.Generator, who: Numbers, days: int, *, gap: tuple[int, int], method: int = EMERGENCY,
    specialty: int = GENERAL, cancer: int = 0,
) -> list[Stays]:  # fmt: skip
    start = rng.integers(0, days - 100, len(who))
    left = start + rng.integers(0, 12, len(who))
    again = left + rng.integers(gap[0], gap[1] + 1, len(who))
    back = again + rng.integers(0, 9, len(who))
    return [
        plain(who, start, left, specialty=specialty, cancer=cancer),
        plain(who, again, back, method=method),
    ]


def _moved(rng: np.random.Generator, who: Numbers, days: int) -> list[Stays]:
    # The day is fixed by the person, so that the third stay knows it.
    start = (who * 7919) % (days - 100)
    return [
        plain(who, start, start + 4, destination=HOSPITAL),
        plain(who, start + 5, start + 9, method=TRANSFERRED, source=HOSPITAL),
    ]


def _third(rng: np.random.Generator, who: Numbers, days: int) -> list[Stays]:
    start = (who * 7919) % (days - 100) + 9 + rng.integers(0, 30, len(who))
    return [plain(who, start, start + rng.integers(0, 9, len(who)))]


def _waited(rng: np.random.Generator, people: People, days: int) -> list[Stays]:
    """Ready for days before leaving, or ready and still in: found. Not ready again until the last day: not found."""
    waited, waits = people.playing("waited"), people.playing("waits")
    again, long_in = people.playing("ready_again"), people.playing("long_in")
    start = rng.integers(0, days - 70, len(waited))
    ready = start + rng.integers(1, 12, len(waited))
    since = days - 1 - rng.integers(1, 15, len(waits))
    first = rng.integers(0, days - 70, len(again))
    still = days - 1 - rng.integers(21, 60, len(long_in))
    none = np.full(len(waits), NOTHING, np.int64)
    return [
        plain(waited, start, ready + 1 + rng.geometric(0.25, len(waited)).clip(max=40), ready=ready),
        plain(waits, since - rng.integers(1, 5, len(waits)), none, ready=since),
        plain(again, first, first + 9, ready=first + 3, not_ready=first + 5, ready_again=first + 9),
        plain(long_in, still, np.full(len(long_in), NOTHING, np.int64)),
    ]


def plain(
    who: Numbers, admitted: Numbers, left: Numbers, *, method: int | Numbers = EMERGENCY, source: int = HOME,
    destination: int = HOME, specialty: int = GENERAL, cancer: int = 0, ready: Numbers | None = None,
    not_ready: Numbers | None = None, ready_again: Numbers | None = None,
) -> Stays:  # fmt: skip
    """Stays alike but for their days."""

    def filled(value: int | Numbers | None) -> Numbers:
        given = NOTHING if value is None else value
        return np.broadcast_to(np.asarray(given, np.int64), who.shape).copy()

    return Stays(
        who, admitted.astype(np.int64), left.astype(np.int64), filled(method), filled(source), filled(destination),
        filled(specialty), filled(cancer), filled(ready), filled(not_ready), filled(ready_again),
    )  # fmt: skip
