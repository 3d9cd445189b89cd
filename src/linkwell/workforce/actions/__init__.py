"""Every write of the workforce."""

from linkwell.workforce.actions.moving import move_caseload, undo_move
from linkwell.workforce.actions.supervision import record_supervision
from linkwell.workforce.actions.talking import answer_talk, ask_to_talk, withdraw_talk
from linkwell.workforce.actions.visits import (
    extend_visit,
    found_safe,
    i_am_out,
    look_for,
    start_visit,
    tell_next_person,
)

__all__ = [
    "answer_talk",
    "ask_to_talk",
    "extend_visit",
    "found_safe",
    "i_am_out",
    "look_for",
    "move_caseload",
    "record_supervision",
    "start_visit",
    "tell_next_person",
    "undo_move",
    "withdraw_talk",
]
