"""From rows to the words on the screen. Never asks the database."""

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

__all__ = [
    "appointment_line",
    "by_room",
    "case_line",
    "case_title",
    "changed_by",
    "conversation_entry",
    "next_words",
    "overdue",
    "past_choices",
    "worker_hints",
    "worker_line",
]
