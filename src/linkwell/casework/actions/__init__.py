"""Every write of casework: support from its beginning to its end."""

from linkwell.casework.actions.accepting import accept_referral
from linkwell.casework.actions.appointments import book_appointment, cancel_appointment, move_appointment
from linkwell.casework.actions.cases import allocate, arrange_cover, end_cover, put_back, set_next, set_weight
from linkwell.casework.actions.closing import close, record_who_may_hear, reopen
from linkwell.casework.actions.conversations import correct_note, write_up
from linkwell.casework.actions.plan import (
    add_goal,
    add_need,
    add_step,
    agree_plan,
    bring_back_goal,
    bring_back_need,
    bring_back_step,
    change_goal,
    change_need,
    change_step,
    end_goal,
    end_need,
    end_step,
    finish_step,
    set_goal_state,
    set_plan_words,
)
from linkwell.casework.actions.summaries import prepare_message_back, send_message_back, send_separate_note

__all__ = [
    "accept_referral",
    "add_goal",
    "add_need",
    "add_step",
    "agree_plan",
    "allocate",
    "arrange_cover",
    "book_appointment",
    "bring_back_goal",
    "bring_back_need",
    "bring_back_step",
    "cancel_appointment",
    "change_goal",
    "change_need",
    "change_step",
    "close",
    "correct_note",
    "end_cover",
    "end_goal",
    "end_need",
    "end_step",
    "finish_step",
    "move_appointment",
    "prepare_message_back",
    "put_back",
    "record_who_may_hear",
    "reopen",
    "send_message_back",
    "send_separate_note",
    "set_goal_state",
    "set_next",
    "set_plan_words",
    "set_weight",
    "write_up",
]
