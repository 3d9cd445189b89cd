"""Support that rests, with a day to start again."""

from django import forms

from linkwell.casework.details import PauseDetails
from linkwell.casework.forms.common import AheadField, VersionForm
from linkwell.casework.models import PauseReason


class PauseForm(VersionForm):
    reason = forms.ChoiceField(
        label="Why does support rest?",
        choices=PauseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why support rests"},
    )
    until = AheadField(label="Which day does it start again?", help_text="You are told that day. You can change it.")
    note = forms.CharField(label="Anything to know until then?", max_length=300, required=False)

    def details(self) -> PauseDetails:
        given = self.cleaned_data
        return PauseDetails(given["reason"], given["until"], given["note"])


class PauseUntilForm(VersionForm):
    until = AheadField(label="Which day does it start again?")
