"""Made-up histories of a hospital with the truth beside them, and a world that loses, repeats and reorders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from linkwell.hospital.pipeline import Outcome, Told, fold
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, Location, PersonFacts, VisitFacts

AUTHORITY = "WEXPAS"
START = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)


@dataclass(slots=True)
class TrueStay:
    """What really happened in one visit."""

    admitted_at: dt.datetime
    places: list[tuple[str, dt.datetime]]
    discharged_at: dt.datetime | None = None
    cancelled: bool = False


@dataclass(slots=True)
class History:
    """The events in their right order, what is true at the end, and who was merged into whom."""

    events: list[HospitalEvent] = field(default_factory=list)
    stays: dict[tuple[Identifier, str], TrueStay] = field(default_factory=dict)
    into: dict[Identifier, Identifier] = field(default_factory=dict)
    restricted: set[Identifier] = field(default_factory=set)

    def survivor(self, identifier: Identifier) -> Identifier:
        while identifier in self.into:
            identifier = self.into[identifier]
        return identifier

    def truth(self) -> dict[tuple[Identifier, str], tuple[object, ...]]:
        found: dict[tuple[Identifier, str], tuple[object, ...]] = {}
        for (patient, visit), stay in self.stays.items():
            if stay.cancelled:
                continue
            ends = [since for _, since in stay.places[1:]] + [stay.discharged_at]
            moves = tuple((ward, since, end) for (ward, since), end in zip(stay.places, ends, strict=True))
            found[self.survivor(patient), visit] = (stay.admitted_at, stay.discharged_at, moves)
        return found


class Maker:
    """Writes one history. The same seed writes the same one."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.history = History()
        self.now = START
        self.visits = 0
        self.people = [Identifier(AUTHORITY, f"H{seed % 1000}-{number}") for number in range(self.random.randint(1, 4))]

    def make(self) -> History:
        for patient in self.people:
            for _ in range(self.random.randint(1, 3)):
                self.visit(patient)
        for _ in range(self.random.randint(0, len(self.people) - 1)):
            self.merge()
            self.visit(self.random.choice(self.people))
        return self.history

    def later(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=self.random.randint(2, 900))
        return self.now

    def tell(self, kind: Kind, patient: Identifier, visit: VisitFacts | None, other: Identifier | None = None) -> None:
        told = self.now + dt.timedelta(seconds=self.random.randint(0, 50))
        sent = told + dt.timedelta(hours=self.random.choice((0, 0, 0, 5, 70)))
        restricted = self.random.random() < 0.05 or None
        if restricted:
            self.history.restricted.add(patient)
        person = PersonFacts(family_name="Everyman", given_name="Adam", born_on="1958-04-12", restricted=restricted)
        self.history.events.append(HospitalEvent(kind, patient, self.now, told, sent, person, visit, other))

    def place(self) -> Location:
        return Location(f"W{self.random.randint(1, 6)}", "A", str(self.random.randint(1, 9)))

    def visit(self, patient: Identifier) -> None:
        self.visits += 1
        name = f"V{self.visits}"
        if self.random.random() < 0.2:
            self.later()
            self.tell(Kind.EXPECT, patient, VisitFacts(name))
        first, begun = self.place(), self.later()
        stay = TrueStay(begun, [(str(first), begun)])
        self.history.stays[patient, name] = stay
        self.tell(Kind.ADMIT, patient, VisitFacts(name, location=first, stay_class="inpatient"))
        for _ in range(self.random.randint(0, 5)):
            self.step(self.bearer(patient), name, stay)
        self.end(self.bearer(patient), name, stay)

    def step(self, patient: Identifier, name: str, stay: TrueStay) -> None:
        at, choice = self.later(), self.random.random()
        if choice < 0.5:
            self.transfer(patient, name, stay, at)
        elif choice < 0.65:
            before = list(stay.places)
            self.transfer(patient, name, stay, at)
            self.later()
            self.tell(Kind.CANCEL_MOVE, patient, VisitFacts(name))
            stay.places = before
        else:
            self.tell(Kind.UPDATE, patient, VisitFacts(name, specialty=str(self.random.randint(100, 400))))

    def transfer(self, patient: Identifier, name: str, stay: TrueStay, at: dt.datetime) -> None:
        place = self.place()
        while str(place) == stay.places[-1][0]:
            place = self.place()
        stay.places.append((str(place), at))
        self.tell(Kind.MOVE, patient, VisitFacts(name, location=place))

    def end(self, patient: Identifier, name: str, stay: TrueStay) -> None:
        choice = self.random.random()
        if choice < 0.2:
            return
        self.later()
        if choice < 0.35:
            self.tell(Kind.CANCEL_ADMIT, patient, VisitFacts(name))
            stay.cancelled = True
            return
        self.tell(Kind.LEAVE, patient, VisitFacts(name))
        if choice < 0.55:
            self.later()
            self.tell(Kind.CANCEL_LEAVE, patient, VisitFacts(name))
            if choice < 0.45:
                return
            self.later()
            self.tell(Kind.LEAVE, patient, VisitFacts(name))
        stay.discharged_at = self.now

    def merge(self) -> None:
        standing = [each for each in self.people if each not in self.history.into]
        if len(standing) < 2:
            return
        ended, kept = self.random.sample(standing, 2)
        self.later()
        self.history.into[ended] = kept
        self.tell(Kind.MERGE, kept, None, ended)

    def bearer(self, patient: Identifier) -> Identifier:
        """Some systems go on with the old number after a merge."""
        return self.random.choice((patient, self.history.survivor(patient)))


def made(seed: int) -> History:
    return Maker(seed).make()


def told(events: list[HospitalEvent]) -> list[Told]:
    return [Told(UUID(int=number + 1), event) for number, event in enumerate(events)]


def told_badly(history: History, random: Random) -> list[Told]:
    """In any order, some of it twice."""
    events = history.events + random.choices(history.events, k=random.randint(0, 6))
    random.shuffle(events)
    return told(events)


def delivered(history: History, random: Random) -> tuple[list[HospitalEvent], set[int]]:
    """What is kept at the end, and what was acknowledged, over a line and a program that may stop at any moment.

    The sender sends each until it is acknowledged; the program keeps a batch and then acknowledges it; it is killed
    before the commit, between the commit and the answer, or not at all.
    """
    kept: dict[int, HospitalEvent] = {}
    acknowledged: set[int] = set()
    waiting = list(range(len(history.events)))
    random.shuffle(waiting)
    while waiting:
        batch = waiting[: random.randint(1, 5)]
        killed = random.choice(("before", "after", "", "", ""))
        if killed != "before":
            for number in batch:
                kept.setdefault(number, history.events[number])
        if not killed:
            acknowledged.update(batch)
            waiting = [number for number in waiting if number not in acknowledged]
            random.shuffle(waiting)
    return list(kept.values()), acknowledged


def as_truth(outcome: Outcome) -> dict[tuple[Identifier, str], tuple[object, ...]]:
    """What the fold says, in the words of the truth."""
    return {
        (stay.patient, stay.visit): (
            stay.admitted_at,
            stay.discharged_at,
            tuple((str(move.location), move.from_at, move.to_at) for move in stay.moves),
        )
        for stay in outcome.stays
        if not stay.cancelled
    }


def check(seed: int) -> int:
    """One history, told in order, told badly, and over a line that breaks: the truth each time. How many events."""
    history, random = made(seed), Random(seed + 1)
    right = fold(told(history.events))
    assert as_truth(right) == history.truth(), f"seed {seed}: told in order"
    assert fold(told_badly(history, random)) == right, f"seed {seed}: told badly"
    kept, acknowledged = delivered(history, random)
    assert len(acknowledged) == len(history.events), f"seed {seed}: something was never acknowledged"
    assert fold(told(kept)) == right, f"seed {seed}: after kills"
    for patient in right.patients:
        group = {each for each in history.restricted if history.survivor(each) == patient.survivor}
        assert bool(patient.facts.restricted) == bool(group), f"seed {seed}: restricted"
        assert patient.survivor == history.survivor(patient.identifier), f"seed {seed}: survivor"
    return len(history.events)
