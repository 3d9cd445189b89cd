"""Ward lists and ready-to-go-home lists as CSV: bytes in, rows or the reason why not out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import BinaryIO

from linkwell.interop.openreferral import tables
from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.stream import Oversized
from linkwell.kernel import clock, nhs_number
from linkwell.kernel.errors import Finding, Invalid

WARD_LIST, READY_LIST = "ward_list", "ready_list"
LONGEST = 100
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
_TIME = r"(?:[ T](?P<h>\d{1,2}):(?P<i>\d{2})(?::\d{2})?)?"
_DATES = (
    re.compile(rf"(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})[/.](?P<y>\d{{4}}){_TIME}", re.ASCII),
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_TIME}", re.ASCII),
)
_NO_ROW = "The list has no column for this: we cannot tell whom a row is about."


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of a list. Texts are empty and times None where it says nothing. Times are UTC."""

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
        """What names the row in the next list."""
        return self.hospital_number or f"NHS:{self.nhs_number}"


_COLUMNS = frozenset(each.name for each in fields(ListLine))


@dataclass(frozen=True, slots=True)
class ListReading:
    """A whole list: read = lines + rejected. `findings` are of rows that were taken all the same."""

    kind: str
    lines: tuple[ListLine, ...]
    rejected: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    @property
    def read(self) -> int:
        return len(self.lines) + len(self.rejected)


def read_list(file: BinaryIO) -> ListReading:
    """Read a list. A column that says when somebody was ready makes it a ready list. Raises Invalid."""
    try:
        columns = _columns(tables.headings(file))
        lines: list[ListLine] = []
        rejected: list[Finding] = []
        findings: list[Finding] = []
        seen: set[str] = set()
        for number, row in _rows(file):
            try:
                line = _line(row, columns, number, findings)
            except Invalid as wrong:
                rejected.extend(wrong.findings[:1])
                continue
            if line.key in seen:
                rejected.append(Finding(f"row {number}", "This patient is on the list twice."))
                continue
            seen.add(line.key)
            lines.append(line)
    except FeedStopped as stopped:
        raise Invalid({"file": stopped.reason}) from None
    kind = READY_LIST if "ready_at" in columns.values() else WARD_LIST
    return ListReading(kind, tuple(lines), tuple(rejected), tuple(findings))


def _rows(file: BinaryIO) -> Iterator[tuple[int, dict[str, str] | Oversized]]:
    yield from enumerate(tables.rows(file), start=2)


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


def _line(row: dict[str, str] | Oversized, columns: dict[str, str], number: int, findings: list[Finding]) -> ListLine:
    where = f"row {number}"
    if isinstance(row, Oversized):
        raise Invalid({where: row.reason})
    values: dict[str, str] = {}
    for heading, column in columns.items():
        text = " ".join(row.get(heading, "").replace("\x00", "").split())
        if len(text) > LONGEST and column != "reasons":
            raise Invalid({where: f"“{heading}” is longer than {LONGEST} characters."})
        values[column] = text
    for column in ("admitted_at", "expected_at", "ready_at"):
        values[column] = _moment(values.get(column, ""), where)
    values["born_on"] = _moment(values.get("born_on", ""), where, date_only=True)
    values["nhs_number"] = _number(values, where, findings)
    values["sex"] = values.get("sex", "")[:1].upper()
    if not values.get("hospital_number") and not values["nhs_number"]:
        raise Invalid({where: "The row names nobody: no hospital number, and no NHS number that can be used."})
    reasons = tuple(part.strip()[:60] for part in re.split(r"[;\n]", values.pop("reasons", "")) if part.strip())
    return ListLine(**{name: value for name, value in values.items() if name in _COLUMNS}, reasons=reasons)


def _number(values: dict[str, str], where: str, findings: list[Finding]) -> str:
    text = values.get("nhs_number", "")
    if not text:
        return ""
    problem = nhs_number.problem(text)
    if problem is not None:
        findings.append(Finding(where, problem))
        return ""
    return nhs_number.parse(text).digits


def _moment(text: str, where: str, *, date_only: bool = False) -> str:
    """A date, day first, with or without a time, as ISO; days and times are those of the UK."""
    if not text:
        return ""
    for form in _DATES:
        found = form.fullmatch(text)
        if found:
            try:
                day = dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
                time = dt.time(int(found["h"] or 0), int(found["i"] or 0))
            except ValueError:
                break
            return day.isoformat() if date_only else clock.at(day, time).isoformat()
    raise Invalid({where: f"“{text[:30]}” is not a date. Write day, month and year, like 31/01/2026."})
