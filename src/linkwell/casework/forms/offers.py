"""Longer support, asked for and decided."""

from typing import Any

from django import forms

from linkwell.casework.details import ExtensionDetails
from linkwell.casework.forms.common import text_area
from linkwell.core.plain_forms import PlainForm


class LongerForm(PlainForm):
    weeks = forms.IntegerField(label="How many more weeks?", min_value=0, max_value=26, required=False)
    conversations = forms.IntegerField(label="How many more conversations?", min_value=0, max_value=24, required=False)
    why = text_area("What would more time make possible?", "Your lead reads this and decides.", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].error_messages["required"] = "Say what more time would make possible"

    def details(self) -> ExtensionDetails:
        given = self.cleaned_data
        return ExtensionDetails(given["weeks"] or 0, given["conversations"] or 0, given["why"])


class DecideLongerForm(PlainForm):
    agreed = forms.ChoiceField(
        label="May support last longer?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    note = text_area("What should the link worker know?", "If no, say why.", longest=2000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agreed") == "no" and not given.get("note"):
            self.add_error("note", "Say why not")
        return given
