"""The forms of the workforce."""

from linkwell.workforce.forms.cover import CoverDaysForm, CoverForm, shared_form
from linkwell.workforce.forms.supervision import SupervisionForm
from linkwell.workforce.forms.talking import AnswerForm, AskForm
from linkwell.workforce.forms.visits import FoundForm, LongerForm, StartForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "CoverDaysForm",
    "CoverForm",
    "FoundForm",
    "LongerForm",
    "StartForm",
    "SupervisionForm",
    "shared_form",
]
