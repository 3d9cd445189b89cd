"""A story, what they agreed to, a second person's check, where it went, and taking it back."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.outcomes.details import StoryWords
from linkwell.outcomes.models import MilestoneKind, StoryUse
from linkwell.people.models import AgreementHow

LONGEST = 8_000


class StoryForm(PlainForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="Title", max_length=120)
    called = forms.CharField(
        label="What are they called in it?", help_text="Another name than their own.", max_length=60
    )
    words = forms.CharField(
        label="Their story, in their own words",
        help_text="No names, places, dates or anything rare that tells who it is.",
        max_length=LONGEST,
        widget=forms.Textarea,
    )
    tags = forms.MultipleChoiceField(
        label="What does it show?",
        required=False,
        choices=MilestoneKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def story(self) -> StoryWords:
        data = self.cleaned_data
        return StoryWords(data["title"], data["called"], data["words"], tuple(data["tags"]))


class ConsentForm(PlainForm):
    """Yes or no to each use. What nobody asked stays not asked, and what was said before stands."""

    how = forms.ChoiceField(label="How did they say so?", choices=AgreementHow.choices, initial="spoken")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for use in StoryUse:
            self.fields[use.value] = forms.ChoiceField(
                label=str(use.label),
                choices=[("yes", "Yes"), ("no", "No"), ("ask", "Not asked")],
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, bool]:
        data = self.cleaned_data
        return {use.value: data[use.value] == "yes" for use in StoryUse if data[use.value] in ("yes", "no")}


class CheckForm(PlainForm):
    """Both must be true, or it goes back with what to change."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    identity = forms.BooleanField(label="Nobody who knows them can tell from it who they are", required=False)
    safety = forms.BooleanField(label="Nobody is put at risk if anybody at all reads it", required=False)
    note = forms.CharField(
        label="If not: what has to be changed?", required=False, max_length=2_000, widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        both = data.get("identity") and data.get("safety")
        if not both and not data.get("note", "").strip():
            raise forms.ValidationError("Tick both, or say what has to be changed.")
        if both and data.get("note", "").strip():
            raise forms.ValidationError("Tick both and leave the words empty, or say what has to be changed.")
        return data


class CopyForm(PlainForm):
    use = forms.ChoiceField(label="How was it used?", choices=StoryUse.choices)
    on = DateBoxesField(label="On which day?")
    place = forms.CharField(label="Where did it go?", max_length=200, help_text="A leaflet, an address, a course.")


class WithdrawForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Who asked, or why?", max_length=300)
