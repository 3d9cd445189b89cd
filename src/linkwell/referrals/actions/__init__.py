"""Every write of referrals: arriving, being decided, and what the sender is told."""

from linkwell.referrals.actions.arriving import receive_from_public, send_referral, take_back
from linkwell.referrals.actions.asking import answer_question, ask_referrer, note_answer
from linkwell.referrals.actions.batches import forget_files, look_at_batch, send_batch
from linkwell.referrals.actions.deciding import (
    decide_duplicate,
    decline,
    mark_accepted,
    mark_joined,
    raise_overdue,
    reopen_declined,
    take_over,
)
from linkwell.referrals.actions.dying import sender_says_died
from linkwell.referrals.actions.telling import tell_referrer
from linkwell.referrals.actions.waits import keep_expected_wait
from linkwell.referrals.actions.words import forget_decline_words, set_decline_words

__all__ = [
    "answer_question",
    "ask_referrer",
    "decide_duplicate",
    "decline",
    "forget_decline_words",
    "forget_files",
    "keep_expected_wait",
    "look_at_batch",
    "mark_accepted",
    "mark_joined",
    "note_answer",
    "raise_overdue",
    "receive_from_public",
    "reopen_declined",
    "send_batch",
    "send_referral",
    "sender_says_died",
    "set_decline_words",
    "take_back",
    "take_over",
    "tell_referrer",
]
