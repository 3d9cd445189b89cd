"""The stay a message is about: PV1, PV2 and DG1."""

from __future__ import annotations

import datetime as dt

from linkwell.interop.hl7v2.messages import CLEARED, Segment
from linkwell.interop.hl7v2.patients import LONGEST
from linkwell.interop.hl7v2.times import moment
from linkwell.interop.hospital_events import Location, VisitFacts
from linkwell.kernel.errors import Invalid

PREADMIT = "preadmit"
_CLASSES = {
    "I": "inpatient",
    "IMP": "inpatient",
    "ACUTE": "inpatient",
    "B": "inpatient",
    "E": "emergency",
    "EMER": "emergency",
    "O": "outpatient",
    "AMB": "outpatient",
    "R": "outpatient",
    "P": PREADMIT,
    "N": "none",
}
# NHS Data Dictionary, admission method. 99, not known, is as good as not said.
_METHODS = frozenset(
    (
        *("11", "12", "13", "21", "22", "23", "24", "25", "2A", "2B", "2C", "2D", "28"),
        *("31", "32", "81", "82", "83", "84", "98"),
    )
)
# HL7 table 0007, where a system sends that: an emergency, of which nobody said through which door.
_EMERGENCY_TYPES, _EMERGENCY_OTHER = frozenset("AEU"), "28"


def patient_class(pv1: Segment) -> str | None:
    """PV1-2 in words, None where it is not said."""
    code = pv1.value(2).upper()
    return None if code in ("", CLEARED) else _CLASSES.get(code, "other")


def visit_facts(pid: Segment, pv1: Segment, pv2: Segment | None, diagnoses: list[Segment]) -> VisitFacts:
    """What is said of the stay. Raises Invalid for a time that cannot be read."""
    expected = pv2.value(9) if pv2 else ""
    number = _short(pv1.value(19) or pv1.value(50), "PV1-19")
    return VisitFacts(
        number="" if number == CLEARED else number,
        account=_short(pid.value(18), "PID-18"),
        stay_class=patient_class(pv1),
        location=_location(pv1),
        admitted_at=_when(pv1.value(44), "PV1-44"),
        discharged_at=_when(pv1.value(45), "PV1-45"),
        expected_discharge_at=_when(expected, "PV2-9"),
        expected_cleared=expected == CLEARED,
        admission_method=_method(pv1.value(4)),
        admission_source=_said(pv1.value(14)),
        discharge_method=_said(pv1.value(36)),
        discharge_destination=_said(pv1.value(37)),
        specialty=_said(pv1.value(10)),
        diagnoses=tuple(_diagnosis(each) for each in diagnoses if each.value(3)) or None,
    )


def _method(said: str) -> str | None:
    """PV1-4 as the national code; other types of admission, such as routine or elective, name none."""
    if said in ("", CLEARED):
        return "" if said else None
    code = said.upper()
    return _EMERGENCY_OTHER if code in _EMERGENCY_TYPES else code if code in _METHODS else None


def _location(pv1: Segment) -> Location | None:
    if not pv1.raw(3):
        return None
    parts = (pv1.value(3, number) for number in (1, 2, 3, 4))
    place = Location(*("" if part == CLEARED else _short(part, "PV1-3") for part in parts))
    return place if str(place) else None


def _diagnosis(dg1: Segment) -> tuple[str, str]:
    return dg1.value(3, 3) or dg1.value(2) or "ICD10", dg1.value(3).replace(".", "")[:20]


def _when(text: str, field: str) -> dt.datetime | None:
    return None if text in ("", CLEARED) else moment(text, field)


def _said(text: str) -> str | None:
    return "" if text == CLEARED else text[:20] or None


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST:
        raise Invalid({field: f"{field} is longer than {LONGEST} characters."})
    return text
