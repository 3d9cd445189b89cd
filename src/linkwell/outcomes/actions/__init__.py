"""Every write of this app, by noun."""

from linkwell.outcomes.actions.asking import load_pack, set_asking
from linkwell.outcomes.actions.milestones import record_milestone, take_back_milestone
from linkwell.outcomes.actions.recording import correct_answers, record_answers
from linkwell.outcomes.actions.sending import answer_own, send_questionnaire

__all__ = [
    "answer_own",
    "correct_answers",
    "load_pack",
    "record_answers",
    "record_milestone",
    "send_questionnaire",
    "set_asking",
    "take_back_milestone",
]
