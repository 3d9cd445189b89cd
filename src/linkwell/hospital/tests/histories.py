"""A world that loses, repeats and reorders made-up histories of a hospital, and what must come out all the same."""

from __future__ import annotations

from random import Random
from uuid import UUID

from linkwell.hospital.pipeline import Outcome, Told, fold
from linkwell.hospital.tests.history_maker import History, Maker
from linkwell.interop.hospital_events import HospitalEvent, Identifier


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
            tuple((each.ready_at, each.not_ready_at) for each in stay.ready),
            stay.stay_class,
            (stay.ae_arrived_at, stay.ae_left_at),
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
