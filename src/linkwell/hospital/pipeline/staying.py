"""One stay, from its events in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from linkwell.hospital.pipeline.arriving import Arrival
from linkwell.hospital.pipeline.order import recorded
from linkwell.hospital.pipeline.shapes import FoldedMove, FoldedStay, Told
from linkwell.hospital.pipeline.waiting_to_go import ready_periods
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, Location, VisitFacts
from linkwell.kernel import clock

# These say that somebody is or was there; an update alone may be about a stay that never came to be.
_SHOWS_PRESENCE = frozenset(
    {Kind.ADMIT, Kind.MOVE, Kind.LEAVE, Kind.CANCEL_LEAVE, Kind.CANCEL_MOVE, Kind.READY, Kind.NOT_READY}
)
_TEXTS = (
    *("stay_class", "admission_method", "admission_source", "discharge_method", "discharge_destination", "specialty"),
)
_AN_HOUR = dt.timedelta(hours=1)


def stay_of(patient: Identifier, visit: str, number: str, told: Sequence[Told]) -> FoldedStay | None:
    """The stay, one that is marked as cancelled, or None where nobody was ever there."""
    events = [each.event for each in told]
    bearers = frozenset(event.subject for event in events)
    standing = _standing(events)
    if standing is None:
        return FoldedStay(patient, visit, bearers, number, cancelled=True)
    if not any(_shows_presence(event) for event in standing):
        return None
    teller = _Teller()
    for event in standing:
        teller.hear(event)
    return teller.stay(patient, visit, bearers, number)


def _shows_presence(event: HospitalEvent) -> bool:
    begun = event.kind is Kind.UPDATE and event.visit is not None and event.visit.admitted_at is not None
    return event.kind in _SHOWS_PRESENCE or begun


def _standing(events: list[HospitalEvent]) -> list[HospitalEvent] | None:
    """What no cancel has struck. None where the whole stay was cancelled and nobody was admitted to it again."""
    cancel = _last(events, Kind.CANCEL_ADMIT)
    if cancel is not None:
        events = [event for event in events if recorded(event) > recorded(cancel)]
        if not any(event.kind is Kind.ADMIT for event in events):
            return None
    events = _struck(events, Kind.CANCEL_EXPECT, Kind.EXPECT)
    events = _struck(events, Kind.CANCEL_EXPECT_LEAVE, Kind.EXPECT_LEAVE)
    events = _leaving_struck(events)
    return _moves_struck(events)


def _last(events: Sequence[HospitalEvent], kind: Kind) -> HospitalEvent | None:
    return max((event for event in events if event.kind is kind), key=recorded, default=None)


def _struck(events: list[HospitalEvent], by: Kind, what: Kind) -> list[HospitalEvent]:
    cancel = _last(events, by)
    if cancel is None:
        return events
    return [event for event in events if event.kind is not what or recorded(event) > recorded(cancel)]


def _leaving_struck(events: list[HospitalEvent]) -> list[HospitalEvent]:
    """A cancelled discharge takes with it every word of a discharge that was recorded before it."""
    cancel = _last(events, Kind.CANCEL_LEAVE)
    if cancel is None:
        return events
    kept = []
    for event in events:
        if recorded(event) < recorded(cancel) and event.visit is not None:
            if event.kind in (Kind.LEAVE, Kind.LEFT_LIST):
                continue
            if event.visit.discharged_at is not None:
                event = _without_leaving(event, event.visit)
        kept.append(event)
    return kept


def _without_leaving(event: HospitalEvent, visit: VisitFacts) -> HospitalEvent:
    return replace(event, visit=replace(visit, discharged_at=None, discharge_method=None, discharge_destination=None))


def _moves_struck(events: list[HospitalEvent]) -> list[HospitalEvent]:
    """Each cancelled transfer strikes one: that of its own event time, else the latest recorded before it."""
    struck: set[int] = set()
    for cancel in sorted((event for event in events if event.kind is Kind.CANCEL_MOVE), key=recorded):
        open_moves = [
            number
            for number, event in enumerate(events)
            if event.kind is Kind.MOVE and number not in struck and recorded(event) < recorded(cancel)
        ]
        exact = [number for number in open_moves if events[number].at == cancel.at]
        if exact or open_moves:
            struck.add((exact or open_moves)[-1])
    return [event for number, event in enumerate(events) if number not in struck]


@dataclass(slots=True)
class _Teller:
    """What has been said of a stay so far: every newer word takes the place of an older one."""

    said: dict[str, str] = field(default_factory=dict)
    arrival: Arrival = field(default_factory=Arrival)
    admitted_at: dt.datetime | None = None
    first_admit_at: dt.datetime | None = None
    discharged_at: dt.datetime | None = None
    left_list: bool = False
    expected: dt.datetime | None = None
    diagnoses: tuple[tuple[str, str], ...] = ()
    moves: list[tuple[Location, dt.datetime | None]] = field(default_factory=list)
    waits: list[tuple[HospitalEvent, VisitFacts]] = field(default_factory=list)

    def hear(self, event: HospitalEvent) -> None:
        visit = event.visit
        if visit is None:
            return
        self._facts(visit)
        self.arrival.hear(event, visit, self.discharged_at)
        hear = _HEAR.get(event.kind)
        if hear is not None:
            hear(self, event, visit)
        if visit.discharged_at is not None and event.kind in (Kind.UPDATE, Kind.LEAVE):
            self.discharged_at, self.left_list = visit.discharged_at, False
        self._place(event, visit)

    def _facts(self, visit: VisitFacts) -> None:
        for name in _TEXTS:
            value = getattr(visit, name)
            if value is not None:
                self.said[name] = value
        self.admitted_at = visit.admitted_at or self.admitted_at
        if visit.expected_discharge_at is not None or visit.expected_cleared:
            self.expected = visit.expected_discharge_at
        if visit.diagnoses is not None:
            self.diagnoses = visit.diagnoses

    def admit(self, event: HospitalEvent, visit: VisitFacts) -> None:
        began = visit.admitted_at or event.at
        self.first_admit_at = self.first_admit_at or event.at
        left = second_pass(began, self.discharged_at)
        if self.left_list or (left is not None and began >= left):
            self.discharged_at, self.left_list = None, False

    def back_on_list(self, event: HospitalEvent, visit: VisitFacts) -> None:
        if self.left_list:
            self.discharged_at, self.left_list = None, False

    def leave(self, event: HospitalEvent, visit: VisitFacts) -> None:
        self.discharged_at, self.left_list = visit.discharged_at or event.at, False

    def left(self, event: HospitalEvent, visit: VisitFacts) -> None:
        if self.discharged_at is None:
            self.discharged_at, self.left_list = event.at, True

    def waiting(self, event: HospitalEvent, visit: VisitFacts) -> None:
        if event.kind is Kind.READY:
            self.back_on_list(event, visit)
        self.waits.append((event, visit))

    def _place(self, event: HospitalEvent, visit: VisitFacts) -> None:
        if visit.location is None or event.kind in (Kind.EXPECT, Kind.CANCEL_EXPECT, Kind.LEFT_LIST):
            return
        tells = event.kind in (Kind.ADMIT, Kind.MOVE)
        if self.moves and (not tells or self.moves[-1][0] == visit.location):
            return
        # The first place begins with the stay, unless a move says when.
        since = event.at if event.kind is Kind.MOVE or (tells and self.moves) else None
        self.moves.append((visit.location, since))

    def stay(self, patient: Identifier, visit: str, bearers: frozenset[Identifier], number: str) -> FoldedStay:
        admitted_at = self.admitted_at or self.first_admit_at
        discharged_at = second_pass(admitted_at, self.discharged_at)
        stay_class = self.said.get("stay_class") or "other"
        arrived_at, left_ae_at = self.arrival.visit_to_ae(stay_class)
        return FoldedStay(
            patient=patient,
            visit=visit,
            bearers=bearers,
            number=number,
            stay_class=stay_class,
            admitted_at=admitted_at,
            discharged_at=discharged_at,
            ae_arrived_at=arrived_at,
            ae_left_at=left_ae_at,
            left_list=self.left_list,
            expected_discharge_at=self.expected,
            admission_method=self.said.get("admission_method", ""),
            admission_source=self.said.get("admission_source", ""),
            discharge_method=self.said.get("discharge_method", "") if discharged_at else "",
            discharge_destination=self.said.get("discharge_destination", "") if discharged_at else "",
            specialty=self.said.get("specialty", ""),
            diagnoses=self.diagnoses,
            moves=self._moves(admitted_at, discharged_at),
            ready=ready_periods(self.waits, discharged_at),
        )

    def _moves(self, admitted_at: dt.datetime | None, discharged_at: dt.datetime | None) -> tuple[FoldedMove, ...]:
        moves = [
            (place, since)
            for number, (place, since) in enumerate(self.moves)
            if not number or since is None or discharged_at is None or since < discharged_at
        ]
        if not moves:
            return ()
        if admitted_at is not None and (moves[0][1] is None or moves[0][1] < admitted_at):
            moves[0] = moves[0][0], admitted_at
        ends = [since for _, since in moves[1:]] + [discharged_at]
        return tuple(FoldedMove(place, since, end) for (place, since), end in zip(moves, ends, strict=True))


_HEAR: dict[Kind, Callable[[_Teller, HospitalEvent, VisitFacts], None]] = {
    Kind.ADMIT: _Teller.admit,
    Kind.MOVE: _Teller.back_on_list,
    Kind.LEAVE: _Teller.leave,
    Kind.LEFT_LIST: _Teller.left,
    Kind.READY: _Teller.waiting,
    Kind.NOT_READY: _Teller.waiting,
}


def second_pass(start: dt.datetime | None, end: dt.datetime | None) -> dt.datetime | None:
    """An end before its start, in the hour that comes twice when summer time ends, was in the second of the two."""
    if start is None or end is None or end >= start or start - end > _AN_HOUR:
        return end
    later = end + _AN_HOUR
    shown = [clock.london(each).replace(tzinfo=None, fold=0) for each in (end, later)]
    return later if shown[0] == shown[1] else end
