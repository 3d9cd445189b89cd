"""Who a message is about: PID and PD1."""

from __future__ import annotations

from functools import lru_cache

from linkwell.interop.ethnic_categories import category
from linkwell.interop.hl7v2.messages import CLEARED, Segment
from linkwell.interop.hl7v2.times import moment
from linkwell.interop.hospital_events import Identifier, PersonFacts
from linkwell.kernel import nhs_number
from linkwell.kernel.errors import Invalid

_NHS = {"NHS", "NH", "NHSNMBR", "NHSNUMBER", "NHSNBR", "2.16.840.1.113883.2.1.4.1", "HTTPS://FHIR.NHS.UK/ID/NHS-NUMBER"}
# Kinds of number in the order in which one names a patient of a hospital.
_HOSPITAL_KINDS = ("MR", "PI", "HOSP", "PN", "PT")
_TRACED = {"01", "NSTS01"}
LONGEST = 100


# Most messages say the same of somebody as the one before, to the letter.
@lru_cache(maxsize=4096)
def identifier(segment: Segment, field: int, facility: str) -> Identifier:
    """The hospital number with its authority: what the number itself says, else the sending facility.

    A patient with no other number is known by the NHS number. Raises Invalid.
    """
    name = f"{segment.name}-{field}"
    local = [each for each in segment.repetitions(field) if segment.pick(each) and not _is_nhs(segment, each)]
    if not local:
        number = _nhs_number(segment, field)
        if not number:
            raise Invalid({name: f"{name} has no number that names the patient."})
        return Identifier("NHS", number)
    chosen = min(local, key=lambda each: _rank(segment.pick(each, 5)))
    authority = segment.pick(chosen, 4) or segment.pick(chosen, 4, 2) or facility
    value = segment.pick(chosen)
    if value == CLEARED:
        raise Invalid({name: f"{name} has no number that names the patient."})
    if len(value) > LONGEST or len(authority) > LONGEST:
        raise Invalid({name: f"{name} is longer than {LONGEST} characters."})
    return Identifier(authority, value)


@lru_cache(maxsize=4096)
def person_facts(pid: Segment, pd1: Segment | None) -> PersonFacts:
    """What is said of the person. Raises Invalid for a date that does not exist."""
    names = pid.repetitions(5)
    name = next((each for each in names if pid.pick(each, 7) == "L"), names[0] if names else "")
    born, died_at = pid.value(7), pid.value(29)
    return PersonFacts(
        nhs_number=_nhs_number(pid, 3) or _number_in(pid.value(19)),
        nhs_verified=pid.value(32) in _TRACED,
        family_name=_said(pid.pick(name)),
        given_name=_said(pid.pick(name, 2)),
        born_on=_said(born) if born in ("", CLEARED) else moment(born[:8], "PID-7").date().isoformat(),
        sex=_said(pid.value(8)[:1]) if pid.value(8) != CLEARED else "",
        address=_said(_address(pid)),
        postcode=_said(pid.value(11, 5)),
        phone=_said(pid.value(13) or pid.value(13, 12)),
        practice_code=_said(pd1.value(3, 3) or pd1.value(3, 10)) if pd1 else None,
        language=_said(pid.value(15)),
        ethnic_category=_ethnic_category(pid),
        restricted={"Y": True, "N": False}.get(pd1.value(12)) if pd1 else None,
        died=True if died_at not in ("", CLEARED) else {"Y": True, "N": False}.get(pid.value(30)),
        died_at=moment(died_at, "PID-29") if died_at not in ("", CLEARED) else None,
    )


def _said(text: str) -> str | None:
    return "" if text == CLEARED else text or None


def _ethnic_category(pid: Segment) -> str | None:
    """From PID-22, and where that tells none from PID-10, which some systems send instead."""
    fields = [pid.repetitions(number) for number in (22, 10)]
    told = (category(pid.pick(each), pid.pick(each, 3), pid.pick(each, 2)) for field in fields for each in field)
    none = "" if [CLEARED] in fields else None
    return next((code for code in told if code), none)


def _address(pid: Segment) -> str:
    if pid.raw(11) == CLEARED:
        return CLEARED
    return ", ".join(part for number in (1, 2, 3, 4) if (part := pid.value(11, number)))


def _rank(kind: str) -> int:
    return _HOSPITAL_KINDS.index(kind) if kind in _HOSPITAL_KINDS else len(_HOSPITAL_KINDS)


def _is_nhs(segment: Segment, each: str) -> bool:
    said = (segment.pick(each, 5), segment.pick(each, 4), segment.pick(each, 4, 2))
    return any(name.upper() in _NHS for name in said)


def _nhs_number(segment: Segment, field: int) -> str | None:
    for each in segment.repetitions(field):
        if _is_nhs(segment, each):
            return _number_in(segment.pick(each))
    return None


@lru_cache(maxsize=4096)
def _number_in(text: str) -> str | None:
    """A well-formed NHS number; one that is not is as good as none, and never takes the place of a right one."""
    return None if not text or nhs_number.problem(text) else nhs_number.parse(text).digits
