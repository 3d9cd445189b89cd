"""Ward lists and ready-to-go-home lists as CSV: bytes in, rows or the reason why not out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import BinaryIO

from linkwell.interop import list_dates
from linkwell.interop.list_lines import ListLine, contradiction, each_once, together
from linkwell.interop.openreferral import tables
from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.stream import Oversized
from linkwell.kernel import clock, nhs_number
from linkwell.kernel.errors import Finding, Invalid
from linkwell.kernel.quotation import NOT_CLOSED

__all__ = ["READY_LIST", "WARD_LIST", "ListLine", "ListReading", "read_list"]
WARD_LIST, READY_LIST = "ward_list", "ready_list"
LONGEST = 100
LONGEST_REASON = 200
# What hospitals call each column, without spaces and signs.
_HEADINGS = {
    "hospital_number": "hospitalnumber hospitalno hospno mrn pasnumber pasid patientid unitnumber localpatientid",
    "nhs_number": "nhsnumber nhsno nhs",
    "family_name": "familyname surname lastname",
    "given_name": "givenname forename firstname",
    "born_on": "dateofbirth dob born birthdate",
    "sex": "sex gender",
    "ward": "ward wardname wardcode currentward location",
    "bay": "bay room",
    "bed": "bed bednumber bedno",
    "site": "site hospital hospitalsite",
    "visit_number": "visitnumber spellnumber spellid spell episodenumber",
    "admitted_at": "admitted admittedat admissiondate admissiondatetime dateofadmission admitdate",
    "expected_at": "expecteddischarge expecteddischargedate edd predicteddischargedate",
    "specialty": "specialty treatmentfunction",
    "ready_at": "ready readysince readydate dischargereadydate drd nolongermeetscriteriatoreside mffd medicallyfitdate",
    "reasons": "reason reasons reasonfordelay delayreason reasoncode",
    "pathway": "pathway dischargepathway",
}
_MEANING = {name: column for column, names in _HEADINGS.items() for name in names.split()}
_NO_ROW = "The list has no column for this: we cannot tell whom a row is about."
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_NOBODY = "The row names nobody: no hospital number, and no NHS number that can be used."
_NO_DATE = "“{text}” is not a date, so the {called} was left unknown. Write day, month and year, like 31/01/2026."
_TO_COME = "{text} is later than the list itself, so the {called} was left unknown."
# What cannot be later than the list that says it.
_BY_THEN = {"admitted_at": "admission date", "ready_at": "ready date", "born_on": "date of birth"}
_WHO = ("family_name", "given_name", "born_on")
_DATES = _BY_THEN | {"expected_at": "expected discharge"}


@dataclass(frozen=True, slots=True)
class ListReading:
    """A whole list: read = loaded + rejected. `findings` are of rows that were loaded all the same.

    `merged` of the loaded rows said more of somebody who was on the list already. `unread` holds the keys of people
    whose row was rejected; `whole` is False where a rejected row may be about anybody.
    """

    kind: str
    lines: tuple[ListLine, ...]
    rejected: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    merged: int = 0
    unread: frozenset[str] = frozenset()
    whole: bool = True

    @property
    def loaded(self) -> int:
        return len(self.lines) + self.merged

    @property
    def read(self) -> int:
        return self.loaded + len(self.rejected)


class _Refused(Exception):
    """A row that cannot be taken. `key` says whose it is; `anybody`, that it may be about anybody."""

    def __init__(self, reason: str, key: str = "", *, anybody: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.key, self.anybody = reason, key, anybody


@dataclass
class _List:
    """What was read so far. `first` is the row that told of somebody first."""

    kind: str
    as_at: dt.datetime | None
    columns: dict[str, str]
    lines: dict[str, ListLine] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    rejected: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    merged: int = 0
    whole: bool = True

    def take(self, row: dict[str, str] | Oversized, number: int) -> None:
        """One row of the file: loaded, joined to an earlier one about the same patient, or rejected."""
        try:
            self._add(self._line(row, number), number)
        except _Refused as refused:
            self.rejected.append(Finding(f"row {number}", refused.reason))
            self.unread.update({refused.key} - {""})
            self.whole = self.whole and not refused.anybody

    def _add(self, line: ListLine, number: int) -> None:
        before = self.lines.get(line.key)
        if before is None:
            self.lines[line.key], self.first[line.key] = line, number
            return
        problem = contradiction(before, line, places=self.kind == WARD_LIST)
        if problem:
            raise _Refused(problem.format(first=self.first[line.key]), line.key)
        self.lines[line.key] = together(before, line)
        self.merged += 1

    def _line(self, row: dict[str, str] | Oversized, number: int) -> ListLine:
        if isinstance(row, Oversized):
            raise _Refused(row.reason, anybody=True)
        cells = {column: row.get(heading, "").replace("\x00", "") for heading, column in self.columns.items()}
        values = {column: " ".join(text.split()) for column, text in cells.items()}
        found: list[Finding] = []
        key = self._key(values, number, found)
        for heading, column in self.columns.items():
            if len(values[column]) > LONGEST and column != "reasons":
                raise _Refused(f"“{heading}” is longer than {LONGEST} characters.", key)
        for column, called in _DATES.items():
            values[column] = self._date(values.get(column, ""), column, called, number, found)
        values["sex"] = values.get("sex", "")[:1].upper()
        values.pop("reasons", None)
        self.findings += found
        return ListLine(**values, reasons=_reasons(cells.get("reasons", "")))

    def _key(self, values: dict[str, str], number: int, found: list[Finding]) -> str:
        """Whose row it is. What is no NHS number is a finding, and taken out of the row."""
        own, nhs = values.get("hospital_number", ""), values.get("nhs_number", "")
        problem = nhs_number.problem(nhs) if nhs else None
        values["nhs_number"] = "" if problem or not nhs else nhs_number.parse(nhs).digits
        if len(own) > LONGEST:
            raise _Refused(f"The hospital number is longer than {LONGEST} characters.", anybody=True)
        if _ROUNDED.fullmatch(own):
            raise _Refused("A spreadsheet has rounded this hospital number, so it names nobody any more.", anybody=True)
        key = own or (f"NHS:{values['nhs_number']}" if values["nhs_number"] else "")
        if not key:
            # A bed without a patient is on many lists. It says nothing of anybody.
            raise _Refused(problem or _NOBODY, anybody=any(values.get(name) for name in _WHO) or bool(nhs))
        if problem:
            found.append(Finding(f"row {number}", problem))
        return key

    def _date(self, text: str, column: str, called: str, number: int, found: list[Finding]) -> str:
        if not text:
            return ""
        moment = list_dates.moment(text)
        if moment is None:
            found.append(Finding(f"row {number}", _NO_DATE.format(text=text[:30], called=called)))
            return ""
        if self.as_at is not None and column in _BY_THEN and moment > self.as_at:
            found.append(Finding(f"row {number}", _TO_COME.format(text=text[:30], called=called)))
            return ""
        return clock.london(moment).date().isoformat() if column == "born_on" else moment.isoformat()


def read_list(file: BinaryIO, as_at: dt.datetime | None = None) -> ListReading:
    """Read a list. A column that says when somebody was ready makes it a ready list. Raises Invalid.

    `as_at` is when the hospital wrote it: what had happened by then cannot be later. A list in which a quotation mark
    is not closed is refused whole: whoever is on the rows it takes in would look as though they had left.
    """
    try:
        if line := tables.left_open(file):
            raise Invalid({"file": NOT_CLOSED.format(line=line)})
        columns = _columns(tables.headings(file))
        kind = READY_LIST if "ready_at" in columns.values() else WARD_LIST
        found = _List(kind, as_at, columns)
        for number, row in enumerate(tables.rows(file), start=2):
            found.take(row, number)
    except FeedStopped as stopped:
        raise Invalid({"file": stopped.reason}) from None
    return ListReading(
        kind,
        tuple(found.lines.values()),
        tuple(found.rejected),
        tuple(found.findings),
        found.merged,
        frozenset(found.unread - found.lines.keys()),
        found.whole,
    )


def _columns(headings: tuple[str, ...]) -> dict[str, str]:
    """Which heading means what. A meaning that stands twice is refused: one of the two would be lost."""
    found: dict[str, str] = {}
    for heading in headings:
        column = _MEANING.get(re.sub(r"[^a-z]", "", re.sub(r" \(\d+\)$", "", heading).casefold()))
        if column in found.values():
            raise Invalid({heading: "Two columns of the list say the same thing. Remove one of them."})
        if column is not None:
            found[heading] = column
    if not {"hospital_number", "nhs_number"} & set(found.values()):
        raise Invalid({"hospital number": _NO_ROW})
    if not {"ward", "ready_at"} & set(found.values()):
        raise Invalid({"ward": "The list has no column for the ward, and none for when somebody was ready to go home."})
    return found


def _reasons(cell: str) -> tuple[str, ...]:
    parts = (" ".join(part.split())[:LONGEST_REASON] for part in re.split(r"[;|\r\n]", cell))
    return each_once(part for part in parts if part)
