from linkwell.referrals.forms.ask import STEPS, AskStep
from linkwell.referrals.forms.batches import BatchForm
from linkwell.referrals.forms.refer import AnswerForm, ReferForm
from linkwell.referrals.forms.triage import (
    AskForm,
    DeclineForm,
    DuplicateForm,
    ReopenForm,
    VersionForm,
    WhyNotForm,
    WordsForm,
)

__all__ = [
    "STEPS",
    "AnswerForm",
    "AskForm",
    "AskStep",
    "BatchForm",
    "DeclineForm",
    "DuplicateForm",
    "ReferForm",
    "ReopenForm",
    "VersionForm",
    "WhyNotForm",
    "WordsForm",
]
