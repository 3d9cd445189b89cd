"""Who could take on whom when a caseload is covered or moved. Pure: the lead reads it, changes it, and decides."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

# A worker whose languages are not said is taken to speak this.
USUAL_LANGUAGE = "english"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could take people on. `room` is how much more fits (below zero: over full); `there` for the time."""

    id: UUID
    name: str
    room: int
    full: int
    languages: tuple[str, ...] = ()
    working_days: tuple[int, ...] = ()
    there: bool = True


@dataclass(frozen=True, slots=True)
class ToGive:
    """One person: what they take of a caseload, the language they speak, and the day of the next contact."""

    id: UUID
    weight: int
    language: str = ""
    next_contact: dt.date | None = None


def propose(people: Sequence[ToGive], colleagues: Collection[Colleague]) -> dict[UUID, UUID]:
    """A colleague for each person: the language first, then the day of the next contact, then the most room.

    Whoever is away is asked only when nobody else is left. Empty without colleagues.
    """
    there = [each for each in colleagues if each.there] or list(colleagues)
    if not there:
        return {}
    taken: dict[UUID, int] = {each.id: 0 for each in there}
    given: dict[UUID, UUID] = {}
    # Those few can take go first, then the heavy ones: they are the hardest to place.
    for person in sorted(people, key=lambda each: (-_asks_much(each), -each.weight, each.id)):
        best = max(there, key=lambda each: (*_fits(person, each), _room_left(each, taken[each.id]), each.id.int * -1))
        given[person.id] = best.id
        taken[best.id] += person.weight
    return given


def speaks(colleague: Colleague, language: str) -> bool:
    spoken = {each.strip().casefold() for each in colleague.languages} | {USUAL_LANGUAGE}
    return not language.strip() or language.strip().casefold() in spoken


def works_on(colleague: Colleague, day: dt.date | None) -> bool:
    return day is None or not colleague.working_days or day.weekday() in colleague.working_days


def _asks_much(person: ToGive) -> bool:
    return bool(person.language.strip()) and person.language.strip().casefold() != USUAL_LANGUAGE


def _fits(person: ToGive, colleague: Colleague) -> tuple[bool, bool]:
    return speaks(colleague, person.language), works_on(colleague, person.next_contact)


def _room_left(colleague: Colleague, taken: int) -> Fraction:
    """Room as a share of a full caseload: five more weigh more on somebody who works one day a week."""
    return Fraction(colleague.room - taken, max(colleague.full, 1))
