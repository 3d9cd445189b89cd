"""Every write of sessions, clinics and meetings."""

from linkwell.groupwork.actions.clinics import (
    book_slot,
    book_slot_by_practice,
    cancel_clinic,
    free_slot,
    plan_clinic,
    write_up_clinic,
)
from linkwell.groupwork.actions.meetings import add_item, cancel_meeting, plan_meeting, write_up_meeting
from linkwell.groupwork.actions.sessions import (
    add_to_register,
    cancel_session,
    plan_session,
    take_off_register,
    write_up_session,
)

__all__ = [
    "add_item",
    "add_to_register",
    "book_slot",
    "book_slot_by_practice",
    "cancel_clinic",
    "cancel_meeting",
    "cancel_session",
    "free_slot",
    "plan_clinic",
    "plan_meeting",
    "plan_session",
    "take_off_register",
    "write_up_clinic",
    "write_up_meeting",
    "write_up_session",
]
