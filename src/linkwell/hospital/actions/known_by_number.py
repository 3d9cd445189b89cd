"""Things that name nobody but by NHS number: a number alone is never enough to say who it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from linkwell.hospital.models import Patient
from linkwell.hospital.queries.waiting import bearers, identifiers_of, with_nhs_number
from linkwell.interop.hospital_events import HospitalEvent, Identifier, PersonFacts
from linkwell.kernel.errors import Finding

ONLY_NUMBER = "NHS"
NOT_ENOUGH = Finding(
    "PID-3",
    "The NHS number is that of a patient whose date of birth or name is another, and there is no hospital number.",
)
SEVERAL = Finding("PID-3", "Several patients have this NHS number, and there is no hospital number to choose by.")


def by_number(
    organisation_id: UUID, read: dict[UUID, tuple[HospitalEvent, ...]], attention: dict[UUID, Finding]
) -> None:
    """Give each the hospital's own record of that NHS number, where date of birth and a name agree as well.

    Where they do not, it goes to `attention`. Where nobody has the number it names somebody new.
    """
    asked = {each for each, events in read.items() if any(event.subject.authority == ONLY_NUMBER for event in events)}
    if not asked:
        return
    numbers = {event.subject.value for each in asked for event in read[each] if event.subject.authority == ONLY_NUMBER}
    known = bearers(organisation_id, [Identifier(ONLY_NUMBER, number) for number in numbers])
    holders = with_nhs_number(organisation_id, numbers)
    named = identifiers_of(organisation_id, [row.pk for row in holders])
    own = {patient_id: each for each, patient_id in named.items()}
    for inbound_id in asked:
        events = []
        for event in read[inbound_id]:
            found = _subject(event, known, holders, own)
            if isinstance(found, Finding):
                attention[inbound_id] = found
                break
            events.append(replace(event, subject=found))
        if inbound_id in attention:
            del read[inbound_id]
        else:
            read[inbound_id] = tuple(events)


def _subject(
    event: HospitalEvent, known: Mapping[Identifier, object], holders: list[Patient], own: dict[UUID, Identifier]
) -> Identifier | Finding:
    if event.subject.authority != ONLY_NUMBER or event.subject in known:
        return event.subject
    having = [row for row in holders if row.nhs_number == event.subject.value]
    agreeing = [row for row in having if event.person is not None and agrees(row, event.person)]
    if not having:
        return event.subject
    if len(agreeing) == 1:
        return own[agreeing[0].pk]
    return SEVERAL if agreeing else NOT_ENOUGH


def agrees(row: Patient, told: PersonFacts) -> bool:
    """The date of birth and one of the names, with the NHS number: fewer than these three never name a patient."""
    same_birth = row.born_on is not None and row.born_on.isoformat() == told.born_on
    names = ((row.family_name, told.family_name), (row.given_name, told.given_name))
    return same_birth and any(one and two and one.casefold() == two.casefold() for one, two in names)
