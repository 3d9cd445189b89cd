"""What a list says of one patient, and how several rows about one patient become one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from linkwell.kernel import clock

# Two rows under one number that differ in these are about two people, and nobody can tell which it is.
_WHO = ("nhs_number", "family_name", "born_on")
_WHERE = ("ward", "bay", "bed", "site")
_ANOTHER = "It has the hospital number of row {first}, and another name, date of birth or NHS number. Check both."
_TWO_STAYS = "Row {first} has this patient in another stay, so we cannot tell which of the two the patient is in."
_TWO_PLACES = "Row {first} has this patient in another place, so we cannot tell where the patient is."
_TWO_DAYS = "Row {first} has another day on which this patient was ready to go home, so we kept that day."


@dataclass(frozen=True, slots=True)
class ListLine:
    """All that a list says of a patient. Texts are empty where it says nothing. Times are UTC, as ISO texts."""

    hospital_number: str = ""
    nhs_number: str = ""
    family_name: str = ""
    given_name: str = ""
    born_on: str = ""
    sex: str = ""
    ward: str = ""
    bay: str = ""
    bed: str = ""
    site: str = ""
    visit_number: str = ""
    admitted_at: str = ""
    expected_at: str = ""
    specialty: str = ""
    ready_at: str = ""
    reasons: tuple[str, ...] = ()
    pathway: str = ""

    @property
    def key(self) -> str:
        """What names the patient in the next list."""
        return self.hospital_number or f"NHS:{self.nhs_number}" if self.hospital_number or self.nhs_number else ""


COLUMNS = tuple(each.name for each in fields(ListLine))


def contradiction(first: ListLine, line: ListLine, *, places: bool) -> str:
    """Why a second row under one number cannot be joined to the first, naming it as `{first}`; "" where it can.

    `places`: the list is there to say where somebody is, so it cannot have them in two places.
    """
    if any(differ(first, line, name) for name in _WHO):
        return _ANOTHER
    if differ(first, line, "visit_number"):
        return _TWO_STAYS
    if places and any(differ(first, line, name) for name in _WHERE):
        return _TWO_PLACES
    return _TWO_DAYS if _two_days(first, line) else ""


def differ(first: ListLine, line: ListLine, name: str) -> bool:
    """Whether both say something, and not the same."""
    one, two = getattr(first, name), getattr(line, name)
    return bool(one and two and one.casefold() != two.casefold())


def together(first: ListLine, line: ListLine) -> ListLine:
    """Both as one: all reasons, what only one of them says, and the first where they differ."""
    said = {name: getattr(first, name) or getattr(line, name) for name in COLUMNS}
    ready = [each.ready_at for each in (first, line) if each.ready_at]
    said |= {"ready_at": min(ready, default=""), "reasons": each_once((*first.reasons, *line.reasons))}
    return replace(first, **said)


def each_once(reasons: Iterable[str]) -> tuple[str, ...]:
    """Each reason once, however it is written, in the order given."""
    found: dict[str, str] = {}
    for reason in reasons:
        found.setdefault(reason.casefold(), reason)
    return tuple(found.values())


def _two_days(first: ListLine, line: ListLine) -> bool:
    days = {clock.london(dt.datetime.fromisoformat(each.ready_at)).date() for each in (first, line) if each.ready_at}
    return len(days) > 1
