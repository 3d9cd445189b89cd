"""Every read of sessions, clinics and meetings."""

from linkwell.groupwork.queries.clinics import (
    PracticeSlot,
    clinic,
    clinics,
    practice_slot,
    practice_slots,
)
from linkwell.groupwork.queries.counting import GroupCounts, counts
from linkwell.groupwork.queries.meetings import meeting, meeting_item, meetings
from linkwell.groupwork.queries.sessions import session, sessions

__all__ = [
    "GroupCounts",
    "PracticeSlot",
    "clinic",
    "clinics",
    "counts",
    "meeting",
    "meeting_item",
    "meetings",
    "practice_slot",
    "practice_slots",
    "session",
    "sessions",
]
