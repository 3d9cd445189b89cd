"""Sessions, clinics and meetings in words."""

import datetime as dt
from typing import Any

from linkwell.groupwork.queries.clinics import ClinicRow, PracticeSlot, SlotRow
from linkwell.groupwork.queries.meetings import ItemRow, MeetingRow
from linkwell.groupwork.queries.sessions import SessionRow
from linkwell.kernel import clock, words

_TONES = {"planned": "new", "held": "done", "cancelled": "closed", "to be written up": "attention"}
_SLOT_TONES = {"free": "new", "booked": "going", "used": "done", "not_used": "closed", "withdrawn": "closed"}


def tone(state: str, state_words: str) -> str:
    return _TONES.get(state_words) or _TONES[state]


def session_line(row: SessionRow) -> dict[str, Any]:
    ends = row.starts_at + dt.timedelta(minutes=row.minutes)
    return {
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "until": words.written_time(ends),
        "tone": tone(row.state, row.state_words),
        "who": _came(row) if row.state == "held" else words.counted(row.expected, "person", "people") + " expected",
        "gone": row.starts_at <= clock.now(),
    }


def _came(row: SessionRow) -> str:
    known = f"{row.came} of {words.counted(row.expected, 'person', 'people')} came"
    more = f", and {row.walk_ins} more" if row.walk_ins else ""
    return f"{known}{more}"


def clinic_line(row: ClinicRow) -> dict[str, Any]:
    return {
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "tone": tone(row.state, row.state_words),
        "room": f"{row.practice_name}, {row.room}",
        "slots": [slot_line(each) for each in row.slots],
        "gone": row.starts_at <= clock.now(),
    }


def slot_line(row: SlotRow) -> dict[str, Any]:
    return {
        "row": row,
        "time": words.written_time(row.starts_at),
        "when": words.written_datetime(row.starts_at),
        "tone": _SLOT_TONES[row.state],
        "bookable": row.state == "free" and row.starts_at > clock.now(),
    }


def practice_line(row: PracticeSlot) -> dict[str, Any]:
    return {"row": row, "when": words.written_datetime(row.starts_at)}


def meeting_line(row: MeetingRow) -> dict[str, Any]:
    return {
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "tone": tone(row.state, row.state_words),
        "people": words.counted(row.people, "person", "people"),
        "items": [item_line(each) for each in row.items],
        "gone": row.starts_at <= clock.now(),
    }


def item_line(row: ItemRow) -> dict[str, Any]:
    by = f" by {words.written_date(row.due_on)}" if row.due_on else ""
    return {
        "row": row,
        "to_do": f"{row.action}: {row.owner}{by}" if row.action else "",
        "due": f"Something to do{by}: {row.owner}" if row.action else "",
    }
