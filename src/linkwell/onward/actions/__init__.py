"""Every write of onward."""

from linkwell.onward.actions.answering import (
    answer_ask,
    answer_no,
    answer_waiting,
    answer_yes,
    say_attendance,
    say_details_right,
    say_full,
    say_worried,
)
from linkwell.onward.actions.codes import reveal, send_code
from linkwell.onward.actions.coming import note_told_attendance
from linkwell.onward.actions.following import (
    ask_who_came,
    end,
    mark_overdue,
    reply_to_group,
    stop_for_ended_support,
    stop_for_withdrawn_agreement,
)
from linkwell.onward.actions.owners import follow_case
from linkwell.onward.actions.referring import refer_onward, say_whether_they_went, signpost, withdraw
from linkwell.onward.actions.undelivered import find_another_way

__all__ = [
    "answer_ask",
    "answer_no",
    "answer_waiting",
    "answer_yes",
    "ask_who_came",
    "end",
    "find_another_way",
    "follow_case",
    "mark_overdue",
    "note_told_attendance",
    "refer_onward",
    "reply_to_group",
    "reveal",
    "say_attendance",
    "say_details_right",
    "say_full",
    "say_whether_they_went",
    "say_worried",
    "send_code",
    "signpost",
    "stop_for_ended_support",
    "stop_for_withdrawn_agreement",
    "withdraw",
]
