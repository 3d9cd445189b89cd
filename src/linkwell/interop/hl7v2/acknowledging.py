"""Answers to a sender: taken, or not and why."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from linkwell.interop.hl7v2.messages import Header
from linkwell.interop.hl7v2.times import written
from linkwell.kernel.errors import Finding

_NOBODY = Header("", "", "", "", "", "", "", "", "P", "2.4")


class Code(StrEnum):
    """AA: kept for good. AE: something in it is wrong. AR: not a message that is taken here."""

    ACCEPTED = "AA"
    ERROR = "AE"
    REJECTED = "AR"


def acknowledge(
    header: Header | None, code: Code, own_id: str, now: dt.datetime, finding: Finding | None = None
) -> bytes:
    """The answer to a message with this header; None where it had none that could be read."""
    to = header or _NOBODY
    lines = [
        "|".join(
            (
                "MSH",
                "^~\\&",
                *(_same(name) for name in (to.receiving_application, to.receiving_facility)),
                *(_same(name) for name in (to.sending_application, to.sending_facility)),
                written(now),
                "",
                f"ACK^{_same(to.trigger)}^ACK" if to.trigger else "ACK",
                own_id,
                _same(to.processing_id) or "P",
                _same(to.version) or "2.4",
            )
        ),
        f"MSA|{code}|{_same(to.control_id)}|{_escaped(finding.message) if finding else ''}".rstrip("|"),
    ]
    if finding:
        lines.append(f"ERR||{_place(finding.where)}||E||||{_escaped(finding.message)}")
    return ("\r".join(lines) + "\r").encode()


def _place(where: str) -> str:
    """ "PID-3" as the standard writes a place: segment, which of them, field."""
    segment, _, field = where.partition("-")
    return f"{segment}^1^{field}" if field else segment


def _same(name: str) -> str:
    """A field given back as it came, if it can stand in one."""
    if name.isprintable() and "|" not in name:
        return name
    return "".join(letter for letter in name if letter.isprintable() and letter != "|")


def _escaped(text: str) -> str:
    for letter, name in (("\\", "E"), ("|", "F"), ("^", "S"), ("&", "T"), ("~", "R")):
        text = text.replace(letter, f"\\{name}\\")
    return text
