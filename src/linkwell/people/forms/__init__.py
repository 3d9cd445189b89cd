"""The forms of this app."""

from linkwell.people.forms.access import (
    AccessForm,
    LinkTogetherForm,
    TogetherForm,
    ask_who_interpreted,
    check_who_interpreted,
    interpreted_by_field,
)
from linkwell.people.forms.concern import (
    CloseConcernForm,
    ConcernForm,
    FeedbackForm,
    NoteForm,
    ReferConcernForm,
    TakeConcernForm,
    WatchConcernForm,
)
from linkwell.people.forms.contact import (
    ContactPointForm,
    HomeNoteForm,
    HomeReasonForm,
    RelatedForm,
    SafeContactForm,
)
from linkwell.people.forms.person import DetailsForm, LinkForm, NeedForm, RestrictForm
from linkwell.people.forms.record import AboutMeForm, AgreementForm, RiskForm, WithdrawForm

__all__ = [
    "AboutMeForm",
    "AccessForm",
    "AgreementForm",
    "CloseConcernForm",
    "ConcernForm",
    "ContactPointForm",
    "DetailsForm",
    "FeedbackForm",
    "HomeNoteForm",
    "HomeReasonForm",
    "LinkForm",
    "LinkTogetherForm",
    "NeedForm",
    "NoteForm",
    "ReferConcernForm",
    "RelatedForm",
    "RestrictForm",
    "RiskForm",
    "SafeContactForm",
    "TakeConcernForm",
    "TogetherForm",
    "WatchConcernForm",
    "WithdrawForm",
    "ask_who_interpreted",
    "check_who_interpreted",
    "interpreted_by_field",
]
