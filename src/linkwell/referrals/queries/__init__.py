"""Every read of referrals."""

from linkwell.referrals.queries.batches import BatchLine, BatchRow, batch, batches
from linkwell.referrals.queries.one import (
    came_along,
    decided_same,
    decisions_on,
    hand_over_answer,
    last_change,
    news,
    other_referrals,
    referral,
    team_to_warn,
)
from linkwell.referrals.queries.sent import sent_referral, sent_referrals
from linkwell.referrals.queries.triage import Filters, by_state, overdue, referrals_held, triage, triage_summary
from linkwell.referrals.queries.waits import expected_wait
from linkwell.referrals.queries.words import decline_words, words_for

__all__ = [
    "BatchLine",
    "BatchRow",
    "Filters",
    "batch",
    "batches",
    "by_state",
    "came_along",
    "decided_same",
    "decisions_on",
    "decline_words",
    "expected_wait",
    "hand_over_answer",
    "last_change",
    "news",
    "other_referrals",
    "overdue",
    "referral",
    "referrals_held",
    "sent_referral",
    "sent_referrals",
    "team_to_warn",
    "triage",
    "triage_summary",
    "words_for",
]
