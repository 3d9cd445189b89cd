"""A list that changed is a set of events: what is on it now, beside what was on it before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, Location, PersonFacts, VisitFacts
from linkwell.interop.hospital_lists import READY_LIST, ListLine
from linkwell.interop.list_lines import differ

# How each kind of event is counted in words.
WORDS = {
    Kind.ADMIT: "admitted",
    Kind.MOVE: "moved",
    Kind.UPDATE: "changed",
    Kind.LEFT_LIST: "gone",
    Kind.READY: "ready",
    Kind.NOT_READY: "not_ready",
}
Lines = Mapping[str, ListLine]
Name = Callable[[ListLine], Identifier]
_PERSON = ("nhs_number", "family_name", "given_name", "born_on", "sex")
_PLACE = ("ward", "bay", "bed", "site")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two lists, as an event."""

    event: HospitalEvent

    @property
    def word(self) -> str:
        return WORDS[self.event.kind]


def changes(
    kind: str,
    before: Mapping[str, ListLine],
    now: Mapping[str, ListLine],
    as_at: dt.datetime,
    name: Name,
    *,
    gone: bool,
    unread: Collection[str] = (),
) -> list[Change]:
    """What happened between two lists. `name` says which patient a row is about.

    `gone`: whoever is no longer on it has left. Say False where some rows may be about anybody: one of them may be
    theirs. `unread` are keys of people who are on it, and of whom it says nothing that can be read.
    """
    tell = _ready if kind == READY_LIST else _ward
    found = [Change(event) for key, line in now.items() for event in tell(before.get(key), line, as_at, name(line))]
    if gone:
        over = Kind.NOT_READY if kind == READY_LIST else Kind.LEFT_LIST
        left = (line for key, line in before.items() if key not in now and key not in unread)
        found += [Change(_event(over, line, as_at, as_at, name(line), place=False)) for line in left]
    return found


def ready_since(before: Lines, now: Lines, as_at: dt.datetime) -> dict[str, ListLine]:
    """A ready list in which each row has a date: where it gives none that of the list before, else its own time.

    Otherwise a date left out once, or another reason for waiting, would begin the wait anew.
    """
    return {key: line if line.ready_at else _dated(before.get(key), line, as_at) for key, line in now.items()}


def _dated(before: ListLine | None, line: ListLine, as_at: dt.datetime) -> ListLine:
    same_stay = before is not None and not differ(before, line, "visit_number")
    return replace(line, ready_at=before.ready_at if before is not None and same_stay else as_at.isoformat())


def counted(found: list[Change]) -> dict[str, int]:
    counts = Counter(each.word for each in found)
    return {word: counts[word] for word in WORDS.values() if counts[word]}


def _ward(before: ListLine | None, line: ListLine, as_at: dt.datetime, subject: Identifier) -> Iterator[HospitalEvent]:
    if before == line:
        return
    if before is not None and before.visit_number != line.visit_number:
        # Another stay of somebody who was never off the list in between.
        yield _event(Kind.LEFT_LIST, before, as_at, as_at, subject, place=False)
        before = None
    if before is None and line.admitted_at:
        yield _event(Kind.ADMIT, line, dt.datetime.fromisoformat(line.admitted_at), as_at, subject, place=False)
    if before is None or any(getattr(before, part) != getattr(line, part) for part in _PLACE):
        yield _event(Kind.MOVE, line, as_at, as_at, subject, place=True)
    else:
        yield _event(Kind.UPDATE, line, as_at, as_at, subject, place=False)


def _ready(before: ListLine | None, line: ListLine, as_at: dt.datetime, subject: Identifier) -> Iterator[HospitalEvent]:
    parts = ("ready_at", "pathway")
    # Rows of one patient come in any order, and so do their reasons.
    other = before is None or {*before.reasons} != {*line.reasons}
    if before is None or other or any(getattr(before, part) != getattr(line, part) for part in parts):
        since = dt.datetime.fromisoformat(line.ready_at) if line.ready_at else as_at
        yield _event(Kind.READY, line, since, as_at, subject, place=False)


def _event(
    kind: Kind, line: ListLine, at: dt.datetime, told_at: dt.datetime, subject: Identifier, *, place: bool
) -> HospitalEvent:
    person = PersonFacts(**{name: value for name in _PERSON if (value := getattr(line, name))})
    location = Location(line.ward, line.bay, line.bed, line.site) if place else None
    visit = VisitFacts(
        number=line.visit_number,
        stay_class="inpatient",
        location=location if location and str(location) else None,
        admitted_at=dt.datetime.fromisoformat(line.admitted_at) if line.admitted_at else None,
        expected_discharge_at=dt.datetime.fromisoformat(line.expected_at) if line.expected_at else None,
        specialty=line.specialty[:60] or None,
        reasons=tuple(each[:60] for each in line.reasons),
        pathway=line.pathway[:20],
    )
    return HospitalEvent(kind, subject, at, told_at, told_at, person, visit)
