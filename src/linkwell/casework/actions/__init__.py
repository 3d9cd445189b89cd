"""Every write of casework: support from its beginning to its end."""

from linkwell.casework.actions.accepting import accept_referral
from linkwell.casework.actions.appointments import book_appointment, cancel_appointment, move_appointment, usual_minutes
from linkwell.casework.actions.attendance import record_what_got_in_the_way
from linkwell.casework.actions.cases import allocate, put_back, set_next
from linkwell.casework.actions.closing import close, record_who_may_hear, reopen
from linkwell.casework.actions.conversations import correct_note, write_up
from linkwell.casework.actions.cover import arrange_cover, close_past_covers, end_cover
from linkwell.casework.actions.deciding import ask_to_close, check_number, decide_closing, drop_questions
from linkwell.casework.actions.giving_time import send_time
from linkwell.casework.actions.hand_overs import (
    carry_answer_back,
    offer_hand_over,
    raise_silent_hand_over,
    take_back_hand_over,
)
from linkwell.casework.actions.interpreters import (
    chase_interpreter,
    need_interpreter,
    record_interpreter,
    release_interpreter,
)
from linkwell.casework.actions.joining import join_referral
from linkwell.casework.actions.load import review_complexity
from linkwell.casework.actions.misplaced import move_interaction
from linkwell.casework.actions.offers import ask_for_longer, decide_longer
from linkwell.casework.actions.pausing import pause, pause_until, start_again, start_again_by_itself
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
from linkwell.casework.actions.together import book_together, write_up_together

__all__ = [
    "accept_referral",
    "add_goal",
    "add_need",
    "add_step",
    "agree_plan",
    "allocate",
    "arrange_cover",
    "ask_for_longer",
    "ask_to_close",
    "book_appointment",
    "book_together",
    "bring_back_goal",
    "bring_back_need",
    "bring_back_step",
    "cancel_appointment",
    "carry_answer_back",
    "change_goal",
    "change_need",
    "change_step",
    "chase_interpreter",
    "check_number",
    "close",
    "close_past_covers",
    "correct_note",
    "decide_closing",
    "decide_longer",
    "drop_questions",
    "end_cover",
    "end_goal",
    "end_need",
    "end_step",
    "finish_step",
    "join_referral",
    "move_appointment",
    "move_interaction",
    "need_interpreter",
    "offer_hand_over",
    "pause",
    "pause_until",
    "prepare_message_back",
    "put_back",
    "raise_silent_hand_over",
    "record_interpreter",
    "record_what_got_in_the_way",
    "record_who_may_hear",
    "release_interpreter",
    "reopen",
    "review_complexity",
    "send_message_back",
    "send_separate_note",
    "send_time",
    "set_goal_state",
    "set_next",
    "set_plan_words",
    "start_again",
    "start_again_by_itself",
    "take_back_hand_over",
    "usual_minutes",
    "write_up",
    "write_up_together",
]
