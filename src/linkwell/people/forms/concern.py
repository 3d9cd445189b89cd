"""A safeguarding concern, from raising to closing."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.people.details import ConcernDetails
from linkwell.people.forms.access import interpreted_by_field

_AGREED = {"yes": True, "no": False}


def _text(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=10_000, widget=forms.Textarea)


class ConcernForm(PlainForm):
    """Only what happened has to be there: a concern half said is better than one unsaid."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    danger_now = forms.ChoiceField(
        label="Is anyone in danger now?",
        choices=[("yes", "Yes"), ("no", "No"), ("unsure", "I am not sure")],
        widget=forms.RadioSelect,
    )
    what_happened = _text("What did you see, hear or are you worried about?", required=True)
    about = forms.CharField(
        label="Who is it about?",
        max_length=120,
        required=False,
        help_text="If it is not the person, who is it? A child?",
    )
    their_words = _text("What did they say, in their own words?")
    wants = _text("What do they want to happen?")
    capacity = _text("Can they decide this for themselves?", "If you are not sure, say why")
    agreed_to_share = forms.ChoiceField(
        label="Do they agree that this is passed on?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "I could not ask, or it was not safe to ask")],
        widget=forms.RadioSelect,
    )
    reason_without_agreement = _text(
        "If they do not agree or were not asked: why pass it on?", "For example, somebody else is in danger too"
    )

    def __init__(self, *args: Any, interpreter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if interpreter:
            field = interpreted_by_field(f"{interpreter}. Never a relative or a friend: they may be who it is about")
            field.required = False
            self.fields["interpreted_by"] = field

    def details(self) -> ConcernDetails:
        typed: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "submission_key"}
        # "Not sure" counts as danger: somebody looks sooner.
        typed["danger_now"] = typed["danger_now"] != "no"
        typed["agreed_to_share"] = _AGREED.get(typed["agreed_to_share"])
        return ConcernDetails(**typed)


class _StepForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeConcernForm(_StepForm):
    next_date = DateBoxesField(label="When will you look at it next?")


class ReferConcernForm(_StepForm):
    decision = _text("What was decided, and why?", required=True)
    referred_to = forms.CharField(
        label="Referred to", max_length=120, help_text="For example, Wexcombe adult social care"
    )
    reference = forms.CharField(label="Their reference", max_length=60, required=False)
    next_date = DateBoxesField(label="When will you ask what they did?")


class WatchConcernForm(_StepForm):
    decision = _text("What was decided, and why?", required=True)
    next_date = DateBoxesField(label="When will you look again?")


class FeedbackForm(_StepForm):
    text = _text("What did they say?", required=True)
    next_date = DateBoxesField(label="When will you look at it next?")


class NoteForm(_StepForm):
    text = _text("What was done?", required=True)
    next_date = DateBoxesField(label="When will you look at it next?")


class CloseConcernForm(_StepForm):
    outcome = _text("How did it end?", required=True)
