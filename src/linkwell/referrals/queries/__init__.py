"""Every read of referrals."""

from linkwell.referrals.queries.one import (
    decided_same,
    decisions_on,
    last_change,
    news,
    other_referrals,
    referral,
    team_to_warn,
)
from linkwell.referrals.queries.sent import sent_referral, sent_referrals
from linkwell.referrals.queries.triage import Filters, by_state, overdue, referrals_held, triage, triage_summary
from linkwell.referrals.queries.words import decline_words, words_for

__all__ = [
    "Filters",
    "by_state",
    "decided_same",
    "decline_words",
    "decisions_on",
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
