"""From rows to the words on the screen. Never asks the database."""

from linkwell.casework.presenters.attendance import asked_why, how_to_give
from linkwell.casework.presenters.common import (
    appointment_line,
    by_room,
    case_line,
    case_title,
    changed_by,
    conversation_entry,
    next_words,
    overdue,
    past_choices,
    worker_hints,
    worker_line,
)
from linkwell.casework.presenters.ending import asked, reaching
from linkwell.casework.presenters.offers import extension_line, pending

__all__ = [
    "appointment_line",
    "asked",
    "asked_why",
    "by_room",
    "case_line",
    "case_title",
    "changed_by",
    "conversation_entry",
    "extension_line",
    "how_to_give",
    "next_words",
    "overdue",
    "past_choices",
    "pending",
    "reaching",
    "worker_hints",
    "worker_line",
]
