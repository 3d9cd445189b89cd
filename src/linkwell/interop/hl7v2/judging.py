"""Whether a message may be kept: decided from its header alone, before anything else of it is read."""

from __future__ import annotations

from dataclasses import dataclass

from linkwell.interop.hl7v2.acknowledging import Code
from linkwell.interop.hl7v2.messages import Header, header
from linkwell.kernel.errors import Finding, Invalid

LONGEST_CONTROL_ID = 199


@dataclass(frozen=True, slots=True)
class Judgement:
    """The header where it could be read, the answer, and what is wrong where the answer is not AA."""

    header: Header | None
    code: Code
    finding: Finding | None = None


def judge(raw: bytes) -> Judgement:
    """AA: keep it, then say so. AE: a field is wrong. AR: not a message that is taken here."""
    try:
        found = header(raw)
    except Invalid as wrong:
        return Judgement(None, Code.REJECTED, wrong.findings[0])
    if not found.message_type:
        return Judgement(found, Code.ERROR, Finding("MSH-9", "MSH-9, the message type, is missing."))
    if not found.control_id:
        return Judgement(found, Code.ERROR, Finding("MSH-10", "MSH-10, the message control ID, is missing."))
    if found.message_type != "ADT":
        return Judgement(found, Code.REJECTED, Finding("MSH-9", f"MSH-9 is {found.message_type}: only ADT is taken."))
    if len(found.control_id) > LONGEST_CONTROL_ID:
        return Judgement(found, Code.ERROR, Finding("MSH-10", "MSH-10, the message control ID, is too long."))
    if found.version and not found.version.startswith("2."):
        return Judgement(found, Code.REJECTED, Finding("MSH-12", "MSH-12 is not a version 2 of HL7."))
    if b"\x00" in raw:
        return Judgement(found, Code.ERROR, Finding("MSH", "The message holds a NUL character, which no text has."))
    return Judgement(found, Code.ACCEPTED)
