"""Made-up histories of a hospital, written event by event with the truth beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, Location, PersonFacts, VisitFacts

AUTHORITY = "WEXPAS"
START = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)


@dataclass(slots=True)
class TrueStay:
    """What really happened in one visit. `number` is empty where only its account names it.

    `bearers` are the patients under whom it was ever told, `had` those of them who had its account; `alone`: no other
    visit is under that account, so an event may give the account and nothing else.
    """

    owner: Identifier
    number: str
    account: str
    alone: bool
    admitted_at: dt.datetime
    places: list[tuple[str, dt.datetime]]
    stay_class: str
    ae: tuple[dt.datetime | None, dt.datetime | None] = (None, None)
    discharged_at: dt.datetime | None = None
    cancelled: bool = False
    ready: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)
    bearers: list[Identifier] = field(default_factory=list)
    had: list[Identifier] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bearers, self.had = [self.owner], [self.owner]

    def told(self) -> tuple[object, ...]:
        ends = [since for _, since in self.places[1:]] + [self.discharged_at]
        moves = tuple((ward, since, end) for (ward, since), end in zip(self.places, ends, strict=True))
        return self.admitted_at, self.discharged_at, moves, tuple(self.ready), self.stay_class, self.ae


@dataclass(slots=True)
class History:
    """The events in their right order, what is true at the end, and who was merged into whom."""

    events: list[HospitalEvent] = field(default_factory=list)
    stays: list[TrueStay] = field(default_factory=list)
    into: dict[Identifier, Identifier] = field(default_factory=dict)
    restricted: set[Identifier] = field(default_factory=set)

    def survivor(self, identifier: Identifier) -> Identifier:
        while identifier in self.into:
            identifier = self.into[identifier]
        return identifier

    def truth(self) -> dict[tuple[Identifier, str], tuple[object, ...]]:
        standing = (stay for stay in self.stays if not stay.cancelled)
        return {(self.survivor(stay.owner), stay.number or stay.account): stay.told() for stay in standing}


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
            self.random.choice((self.merge, self.merge_and_part, self.swap_beds))()
            self.visit(self.random.choice(self.people))
            self.move(self.random.choice(self.history.stays))
        return self.history

    def later(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=self.random.randint(2, 900))
        return self.now

    def tell(self, event: HospitalEvent) -> None:
        """This happens now, is recorded within the minute and may be sent days later."""
        told = self.now + dt.timedelta(seconds=self.random.randint(0, 50))
        sent = told + dt.timedelta(hours=self.random.choice((0, 0, 0, 5, 70)))
        restricted = self.random.random() < 0.05 or None
        if restricted:
            self.history.restricted.add(event.subject)
        person = PersonFacts(family_name="Everyman", given_name="Adam", born_on="1958-04-12", restricted=restricted)
        self.history.events.append(replace(event, told_at=told, sent_at=sent, person=person))

    def event(self, kind: Kind, patient: Identifier, **more: Any) -> HospitalEvent:
        return HospitalEvent(kind, patient, self.now, self.now, self.now, **more)

    def of_stay(self, kind: Kind, stay: TrueStay, **facts: Any) -> HospitalEvent:
        """Something about a stay, under any name that ever led to it."""
        facts = {"stay_class": self.random.choice((None, stay.stay_class))} | facts
        if not stay.number or (stay.alone and stay.account and self.random.random() < 0.15):
            patient, visit = self.random.choice(stay.had), VisitFacts("", stay.account, **facts)
        else:
            patient = self.random.choice(stay.bearers)
            visit = VisitFacts(stay.number, self.random.choice(("", stay.account)), **facts)
        return self.event(kind, self.bearer(patient), visit=visit)

    def place(self) -> Location:
        return Location(f"W{self.random.randint(1, 6)}", "A", str(self.random.randint(1, 9)))

    def visit(self, patient: Identifier) -> None:
        first, named = self.place(), self.named(patient)
        if self.random.random() < 0.2:
            self.later()
            self.tell(self.event(Kind.EXPECT, patient, visit=VisitFacts(*named[:2])))
        begun, began_as = self.later(), self.random.choice(("emergency", "inpatient", "inpatient"))
        stay = TrueStay(patient, *named, begun, [(str(first), begun)], began_as)
        self.history.stays.append(stay)
        visit = VisitFacts(*named[:2], location=first, stay_class=began_as)
        self.tell(self.event(Kind.ADMIT, patient, visit=visit))
        for _ in range(self.random.randint(0, 5)):
            self.step(stay)
        self.end(stay)

    def named(self, patient: Identifier) -> tuple[str, str, bool]:
        """The number of a new visit, its account, and whether it is alone under that."""
        self.visits += 1
        number, choice = f"V{self.visits}", self.random.random()
        if choice < 0.3:
            return number, "", False
        if choice < 0.7:
            return ("" if choice < 0.4 else number), f"A{self.visits}", True
        for stay in self.history.stays:
            if stay.account and not stay.alone and self.history.survivor(stay.owner) == self.history.survivor(patient):
                return number, stay.account, False
        return number, f"A{self.visits}", False

    def step(self, stay: TrueStay) -> None:
        at, choice = self.later(), self.random.random()
        if stay.stay_class == "emergency" and choice < 0.5:
            self.admit_from_ae(stay, at)
        elif choice < 0.4:
            self.transfer(stay, at)
        elif choice < 0.55:
            before = list(stay.places)
            self.transfer(stay, at)
            self.later()
            self.tell(self.of_stay(Kind.CANCEL_MOVE, stay))
            stay.places = before
        elif choice < 0.65:
            self.move(stay)
        elif choice < 0.8:
            self.wait(stay, at)
        else:
            self.tell(self.of_stay(Kind.UPDATE, stay, specialty=str(self.random.randint(100, 400))))

    def transfer(self, stay: TrueStay, at: dt.datetime, kind: Kind = Kind.MOVE) -> None:
        place = self.place()
        while str(place) == stay.places[-1][0]:
            place = self.place()
        stay.places.append((str(place), at))
        said = {"stay_class": stay.stay_class} if kind is Kind.ADMIT else {}
        self.tell(self.of_stay(kind, stay, location=place, **said))

    def admit_from_ae(self, stay: TrueStay, at: dt.datetime) -> None:
        """From A&E to a ward, under the number of the visit."""
        stay.stay_class, stay.ae = "inpatient", (stay.admitted_at, at)
        self.transfer(stay, at, Kind.ADMIT)

    def wait(self, stay: TrueStay, at: dt.datetime) -> None:
        """Ready to go home, or no longer: for so long that nobody takes it for the list on the day of leaving."""
        since, until = stay.ready[-1] if stay.ready else (at, at)
        if until is not None:
            stay.ready.append((at, None))
            self.tell(self.of_stay(Kind.READY, stay, reasons=("Transport",), pathway="P1"))
            return
        stay.ready[-1] = since, at
        self.tell(self.of_stay(Kind.NOT_READY, stay))
        self.now += dt.timedelta(hours=13)

    def end(self, stay: TrueStay) -> None:
        choice = self.random.random()
        if choice < 0.2:
            return
        self.later()
        if choice < 0.35:
            self.tell(self.of_stay(Kind.CANCEL_ADMIT, stay))
            stay.cancelled = True
            return
        self.tell(self.of_stay(Kind.LEAVE, stay))
        if choice < 0.55:
            self.later()
            self.tell(self.of_stay(Kind.CANCEL_LEAVE, stay))
            if choice < 0.45:
                return
            self.later()
            self.tell(self.of_stay(Kind.LEAVE, stay))
        stay.discharged_at = self.now

    def standing(self) -> list[Identifier]:
        return [each for each in self.people if each not in self.history.into]

    def merge(self) -> None:
        standing = self.standing()
        if len(standing) < 2:
            return
        ended, kept = self.random.sample(standing, 2)
        self.later()
        self.history.into[ended] = kept
        self.tell(self.event(Kind.MERGE, kept, other=ended))

    def merge_and_part(self) -> None:
        """Two patients taken for one by mistake, for as long as a visit lasts."""
        standing = self.standing()
        if len(standing) < 2:
            return
        ended, kept = self.random.sample(standing, 2)
        self.later()
        self.tell(self.event(Kind.MERGE, kept, other=ended))
        self.visit(kept)
        self.later()
        one, two = self.random.sample((ended, kept), 2)
        self.tell(self.event(Kind.UNMERGE, one, other=two))

    def move(self, stay: TrueStay) -> None:
        """A stay was told of the wrong patient: it goes to another, alone or with everything under its account."""
        before = self.history.survivor(stay.owner)
        others = [each for each in self.standing() if each != before]
        if not others:
            return
        after = self.random.choice(others)
        self.later()
        if stay.account and (not stay.number or self.random.random() < 0.5):
            self.move_account(stay.account, before, after)
        else:
            stay.account, stay.alone, stay.had = self.random.choice((("", False, []), (f"B{self.now}", True, [after])))
            names = {"visit": VisitFacts(stay.number, stay.account), "other_visit": stay.number}
            self.tell(self.event(Kind.MOVE_VISIT, after, other=before, **names))
            self.went(stay, after)

    def move_account(self, account: str, before: Identifier, after: Identifier) -> None:
        names = {"visit": VisitFacts("", account), "other_account": account}
        self.tell(self.event(Kind.MOVE_VISIT, after, other=before, **names))
        for stay in self.history.stays:
            if stay.account == account:
                self.went(stay, after)
                stay.had.append(after)

    def went(self, stay: TrueStay, after: Identifier) -> None:
        stay.owner = after
        stay.bearers.append(after)

    def swap_beds(self) -> None:
        """Two who are still in change places, told in one message."""
        still = [stay for stay in self.history.stays if not (stay.cancelled or stay.discharged_at)]
        if len(still) < 2:
            return
        one, two = self.random.sample(still, 2)
        (first, _), (second, _) = one.places[-1], two.places[-1]
        if first == second:
            return
        at = self.later()
        for stay, place in ((one, second), (two, first)):
            stay.places.append((place, at))
            self.tell(self.of_stay(Kind.MOVE, stay, location=Location(*place.split("^"))))
        last, other = self.history.events[-1], self.history.events[-2]
        self.history.events[-2] = replace(other, told_at=last.told_at, sent_at=last.sent_at)

    def bearer(self, patient: Identifier) -> Identifier:
        """Some systems go on with the old number after a merge."""
        return self.random.choice((patient, self.history.survivor(patient)))
