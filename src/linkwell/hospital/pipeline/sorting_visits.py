"""Which stay each event is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from linkwell.hospital.pipeline.identity import Joins
from linkwell.hospital.pipeline.naming_visits import Key, Names
from linkwell.hospital.pipeline.shapes import FoldedStay, Told
from linkwell.hospital.pipeline.staying import stay_of
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind
from linkwell.kernel import clock

_ABOUT_NO_STAY = frozenset({Kind.PERSON, Kind.MOVE_VISIT, Kind.MERGE, Kind.UNMERGE})
_BEGINS = frozenset({Kind.ADMIT, Kind.EXPECT})


@dataclass(slots=True)
class Visit:
    """The events of one stay."""

    number: str
    told: list[Told] = field(default_factory=list)


def visits(told: Sequence[Told], joins: Joins) -> tuple[FoldedStay, ...]:
    """Every stay that the events, given in order, tell of."""
    names = Names(told, joins)
    found: dict[Key, Visit] = {}
    unnumbered: list[Told] = []
    for each in told:
        event = each.event
        if event.visit is None or event.kind in _ABOUT_NO_STAY:
            continue
        key = names.key(event)
        if key is None:
            unnumbered.append(each)
        else:
            found.setdefault(key, Visit(key[1])).told.append(each)
    if unnumbered:
        _place(unnumbered, names, found, {each.id: number for number, each in enumerate(told)})
    return tuple(replace(stay, names=_names(found[stay.patient, stay.visit], stay, names)) for stay in _folded(found))


def _names(visit: Visit, stay: FoldedStay, names: Names) -> frozenset[str]:
    """Everything this stay may have been called before, so that what was kept of it is found again."""
    return names.before((stay.patient, stay.visit)) | {_said(each.event) for each in visit.told}


def _said(event: HospitalEvent) -> str:
    """The name that the event gives by itself."""
    visit = event.visit
    named = (visit.number or visit.account) if visit else ""
    return named or _by_its_start(event)


def _folded(found: dict[Key, Visit]) -> tuple[FoldedStay, ...]:
    stays = (stay_of(owner, name, visit.number, visit.told) for (owner, name), visit in found.items())
    return tuple(stay for stay in stays if stay is not None)


def _place(told: Sequence[Told], names: Names, found: dict[Key, Visit], position: dict[UUID, int]) -> None:
    """An event that names no stay is about the one that was open then; else about the one that began without a name."""
    numbered = [stay for stay in _folded(found) if not stay.cancelled]
    last: dict[Identifier, Key] = {}
    touched: list[Visit] = []
    for each in told:
        owner = names.owner(each.event)
        key = _open_then(each.event, owner, numbered) or _unnumbered(each.event, owner, last)
        visit = found.setdefault(key, Visit(""))
        visit.told.append(each)
        touched.append(visit)
    for visit in touched:
        visit.told.sort(key=lambda one: position[one.id])


def _open_then(event: HospitalEvent, owner: Identifier, stays: Sequence[FoldedStay]) -> Key | None:
    """The numbered stay that the event falls into. A list tells of ward stays only."""
    began = event.visit.admitted_at if event.visit else None
    for stay in stays:
        if stay.patient != owner or stay.admitted_at is None:
            continue
        if began is not None and _same_start(stay.admitted_at, began):
            return owner, stay.visit
        if stay.admitted_at <= event.at and (stay.discharged_at is None or event.at <= stay.discharged_at):
            return owner, stay.visit
    return None


def _same_start(ours: dt.datetime, said: dt.datetime) -> bool:
    """A list says when a stay began to the minute, or only on which day."""
    there, here = clock.london(said), clock.london(ours)
    if there.time() == dt.time():
        return there.date() == here.date()
    return there.replace(second=0, microsecond=0) == here.replace(second=0, microsecond=0)


def _unnumbered(event: HospitalEvent, owner: Identifier, last: dict[Identifier, Key]) -> Key:
    if event.kind in _BEGINS or owner not in last:
        last[owner] = owner, _by_its_start(event)
    return last[owner]


def _by_its_start(event: HospitalEvent) -> str:
    began = event.visit.admitted_at if event.visit else None
    return f"@{(began or event.at).isoformat()}"
