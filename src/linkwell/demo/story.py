"""Lives as lists of events: the one generator behind the demo place, the tests and the benchmarks.

Pure: the same seed and day give the same lives. `demo.player` plays them through the actions.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linkwell.demo.names import Character, character
from linkwell.demo.words import DANGER_WORDS, THEMES, Theme

SEED = 20190708
LONGEST_AGO = 150


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens `days_ago` at `hour`, Europe/London. `what` is one of the names the player knows."""

    days_ago: int
    hour: int
    what: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """One made-up person and what happens to them, oldest event first."""

    number: int
    who: Character
    theme: Theme
    worker: int
    events: tuple[Event, ...]
    danger_words: str = ""


def lives(count: int, today: date, *, seed: int = SEED, first: int = 0) -> Iterator[Life]:
    """Lives number `first` to `count`. Every tenth or so is still in triage; about a third have ended."""
    for number in range(first, count):
        # A generator of its own for each life: asking for more people never changes the first ones.
        chance = random.Random(f"{seed}:{number}")  # noqa: S311 (made-up people need no secrecy)
        theme = THEMES[number % len(THEMES)] if number < len(THEMES) else chance.choice(THEMES)
        who = character(chance, number, theme.ages, today)
        events = _events(chance, number)
        danger = DANGER_WORDS[number // 25 % 2] if number % 25 == 3 and len(events) == 1 else ""
        yield Life(number, who, theme, _worker(seed, number), events, danger)


def _worker(seed: int, number: int) -> int:
    """Dealt like cards, three at a time, so that every worker has people to support."""
    deal = random.Random(f"{seed}:workers:{number // 3}").sample(range(3), 3)  # noqa: S311
    return deal[number % 3]


def _events(chance: random.Random, number: int) -> tuple[Event, ...]:
    sender = "asked" if chance.random() < 0.25 else "referred"
    if number % 30 == 23:
        came = chance.randint(5, 70)
        return (Event(came, 10, sender, chance.randrange(3)), Event(came - 1, 11, "declined", number // 30))
    if number % 10 == 3:
        return (Event(chance.randint(0, 6), chance.randint(9, 11), sender, chance.randrange(3)),)
    began = chance.randint(8, LONGEST_AGO)
    events = [Event(began, chance.randint(9, 16), sender, chance.randrange(3))]
    if number % 20 == 7:
        return (*events, Event(began - 1, 10, "accepted", -1))
    events.append(Event(began - 1, 10, "accepted"))
    if number % 30 == 16 and began > 7:
        return (*events, *_never_reached(began - 2))
    ago = began - chance.randint(2, 5)
    if chance.random() < 0.3:
        events.append(Event(ago, 14, "tried"))
        ago -= 1
    events.append(Event(ago, chance.randint(10, 16), "talked_first"))
    return _then_meets_a_rule(number, _after_first_talk(chance, tuple(events), ago))


def _never_reached(ago: int) -> tuple[Event, ...]:
    """Tried on three days, at different times; the number checked; and only then given up."""
    tries = (Event(ago, 10, "tried"), Event(ago - 2, 15, "tried"), Event(ago - 4, 11, "tried"))
    return (*tries, Event(ago - 4, 12, "number_checked"), Event(ago - 5, 10, "not_reached"))


def _then_meets_a_rule(number: int, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """A few of those being supported rest, miss an appointment, ask to go on longer, cannot decide something, or die;
    and some worry their worker."""
    last = events[-1]
    if last.what in ("closed", "booked") or last.days_ago < 2:
        return events
    rules = {1: ("paused",), 4: ("agreed_time", "missed"), 22: ("asked_longer",), 25: ("judged",), 29: ("died",)}
    rules |= dict.fromkeys((10, 19, 28), ("worried",))
    rule = rules.get(number % 30, ())
    return (*events, *(Event(1, 10 + 2 * place, what) for place, what in enumerate(rule)))


def _after_first_talk(chance: random.Random, events: tuple[Event, ...], ago: int) -> tuple[Event, ...]:
    later = list(events)

    def then(gap: int, what: str, choice: int = 0) -> bool:
        nonlocal ago
        if ago - gap < 0:
            return False
        ago -= gap
        later.append(Event(ago, chance.randint(10, 16), what, choice))
        return True

    if then(chance.randint(3, 7), "planned") and then(1, "referred_onward" if chance.random() < 0.8 else "signposted"):
        answered = later[-1].what == "referred_onward" and then(chance.randint(1, 4), "answered", chance.randrange(10))
        if answered and later[-1].choice < 7 and then(chance.randint(5, 9), "came", chance.randrange(5)):
            then(chance.randint(3, 9), "talked")
        if then(chance.randint(10, 25), "talked") and ago > 20 and chance.random() < 0.7:
            then(chance.randint(5, 15), "closed", chance.randrange(4))
    if later[-1].what != "closed" and chance.random() < 0.35:
        later.append(Event(0, 9, "booked", chance.randrange(6)))
    return tuple(later)
