"""Every write of referrals: arriving, being decided, and what the sender is told."""

from linkwell.referrals.actions.arriving import receive_from_public, send_referral
from linkwell.referrals.actions.asking import answer_question, ask_referrer, note_answer
from linkwell.referrals.actions.deciding import (
    decide_duplicate,
    decline,
    mark_accepted,
    raise_overdue,
    reopen_declined,
    take_over,
)
from linkwell.referrals.actions.telling import tell_referrer

__all__ = [
    "answer_question",
    "ask_referrer",
    "decide_duplicate",
    "decline",
    "mark_accepted",
    "note_answer",
    "raise_overdue",
    "receive_from_public",
    "reopen_declined",
    "send_referral",
    "take_over",
    "tell_referrer",
]
