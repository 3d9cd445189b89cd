"""Every write of this app, by noun."""

from linkwell.outcomes.actions.asking import load_pack, set_asking
from linkwell.outcomes.actions.milestones import record_milestone, take_back_milestone
from linkwell.outcomes.actions.recording import correct_answers, record_answers
from linkwell.outcomes.actions.sending import answer_own, send_questionnaire
from linkwell.outcomes.actions.stories import (
    ask_for_check,
    change_story,
    check_story,
    record_copy,
    record_story_consent,
    withdraw_story,
    write_story,
)
from linkwell.outcomes.actions.uses import record_use

__all__ = [
    "answer_own",
    "ask_for_check",
    "change_story",
    "check_story",
    "correct_answers",
    "load_pack",
    "record_answers",
    "record_copy",
    "record_milestone",
    "record_story_consent",
    "record_use",
    "send_questionnaire",
    "set_asking",
    "take_back_milestone",
    "withdraw_story",
    "write_story",
]
