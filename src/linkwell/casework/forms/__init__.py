"""The forms of this app."""

from linkwell.casework.forms.attendance import GotInTheWayForm
from linkwell.casework.forms.cases import AcceptForm, AllocateForm, NextForm, PutBackForm
from linkwell.casework.forms.closing import (
    AskLeadForm,
    CloseForm,
    DecideClosingForm,
    NumberCheckForm,
    ReopenForm,
    SeparateNoteForm,
    SummaryForm,
    WhoMayHearForm,
    WhyForm,
)
from linkwell.casework.forms.common import from_draft
from linkwell.casework.forms.conversations import AppointmentForm, CancelForm, CorrectForm, MoveForm, WriteUpForm
from linkwell.casework.forms.load import ComplexityForm
from linkwell.casework.forms.offers import DecideLongerForm, LongerForm
from linkwell.casework.forms.pausing import PauseForm, PauseUntilForm
from linkwell.casework.forms.plan import AgreeForm, GoalForm, ItemForm, NeedForm, PlanWordsForm, StepForm

__all__ = [
    "AcceptForm",
    "AgreeForm",
    "AllocateForm",
    "AppointmentForm",
    "AskLeadForm",
    "CancelForm",
    "CloseForm",
    "ComplexityForm",
    "CorrectForm",
    "DecideClosingForm",
    "DecideLongerForm",
    "GoalForm",
    "GotInTheWayForm",
    "ItemForm",
    "LongerForm",
    "MoveForm",
    "NeedForm",
    "NextForm",
    "NumberCheckForm",
    "PauseForm",
    "PauseUntilForm",
    "PlanWordsForm",
    "PutBackForm",
    "ReopenForm",
    "SeparateNoteForm",
    "StepForm",
    "SummaryForm",
    "WhoMayHearForm",
    "WhyForm",
    "WriteUpForm",
    "from_draft",
]
