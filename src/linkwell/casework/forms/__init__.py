"""The forms of this app."""

from linkwell.casework.forms.cases import AcceptForm, AllocateForm, CoverForm, NextForm, PutBackForm, WeightForm
from linkwell.casework.forms.closing import CloseForm, ReopenForm, SeparateNoteForm, SummaryForm, WhoMayHearForm
from linkwell.casework.forms.common import add_findings, from_draft
from linkwell.casework.forms.conversations import AppointmentForm, CancelForm, CorrectForm, MoveForm, WriteUpForm
from linkwell.casework.forms.plan import AgreeForm, GoalForm, ItemForm, NeedForm, PlanWordsForm, StepForm

__all__ = [
    "AcceptForm",
    "AgreeForm",
    "AllocateForm",
    "AppointmentForm",
    "CancelForm",
    "CloseForm",
    "CorrectForm",
    "CoverForm",
    "GoalForm",
    "ItemForm",
    "MoveForm",
    "NeedForm",
    "NextForm",
    "PlanWordsForm",
    "PutBackForm",
    "ReopenForm",
    "SeparateNoteForm",
    "StepForm",
    "SummaryForm",
    "WeightForm",
    "WhoMayHearForm",
    "WriteUpForm",
    "add_findings",
    "from_draft",
]
