"""The fold: events in, patients and stays out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from linkwell.hospital.pipeline.identity import describe, join, together
from linkwell.hospital.pipeline.order import in_order
from linkwell.hospital.pipeline.shapes import FoldedPatient, FoldedStay, Outcome, Told
from linkwell.hospital.pipeline.sorting_visits import visits
from linkwell.interop.hospital_events import Identifier

# Discharge methods and destinations that mean that the person died (NHS Data Dictionary).
_DIED = ({"4", "04", "5", "05"}, {"79"})


def fold(told: Iterable[Told]) -> Outcome:
    """What the events say, whatever their order and however often each came.

    Give it every event of every identifier that any merge, parting or moved visit among them names.
    """
    aside: dict[UUID, str] = {}
    events = in_order(told)
    said = describe(events, aside)
    counted = [each for each in events if each.id not in aside]
    joins = join(counted, aside)
    stays = visits([each for each in counted if each.id not in aside], joins)
    return Outcome(_with_deaths(together(said, joins), stays), stays, aside)


def _with_deaths(patients: tuple[FoldedPatient, ...], stays: tuple[FoldedStay, ...]) -> tuple[FoldedPatient, ...]:
    died = {stay.patient: stay for stay in stays if _ended_in_death(stay)}
    return tuple(_died(each, died) if each.survivor in died else each for each in patients)


def _ended_in_death(stay: FoldedStay) -> bool:
    if stay.cancelled or stay.discharged_at is None:
        return False
    return stay.discharge_method in _DIED[0] or stay.discharge_destination in _DIED[1]


def _died(patient: FoldedPatient, died: dict[Identifier, FoldedStay]) -> FoldedPatient:
    at = patient.facts.died_at or died[patient.survivor].discharged_at
    return replace(patient, facts=replace(patient.facts, died=True, died_at=at))
