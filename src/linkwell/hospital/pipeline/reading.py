"""What was received, read into events."""

from __future__ import annotations

from linkwell.interop.hl7v2.adt import events_of
from linkwell.interop.hospital_events import HospitalEvent, from_json


def read(raw: bytes, *, is_message: bool) -> tuple[HospitalEvent, ...]:
    """A message as it came, or one change of a list as we kept it. Raises Invalid naming the field."""
    return events_of(raw) if is_message else (from_json(raw),)
