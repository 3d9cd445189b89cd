"""How much of a caseload support takes."""

from typing import Any

from django import forms

from linkwell.casework.details import ComplexityDetails
from linkwell.casework.forms.common import VersionForm
from linkwell.casework.models import Complexity, Factor
from linkwell.core.plain_forms import PlainForm

LEVEL_HINTS = {
    "low": "None or one of these. Counts once.",
    "medium": "Two or three of these. Counts twice.",
    "high": "More, or a risk together with a housing or legal case. Counts three times.",
}


class ComplexityFields(PlainForm):
    """Heavier for more time, not for a person being difficult."""

    factors = forms.MultipleChoiceField(
        label="What makes this take time?",
        choices=Factor.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    level = forms.ChoiceField(
        label="How complex is it?",
        choices=Complexity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose low, medium or high"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choice_hints = LEVEL_HINTS  # type: ignore[attr-defined]

    def complexity(self) -> ComplexityDetails:
        given = self.cleaned_data
        return ComplexityDetails(given["level"], tuple(given["factors"]), given.get("note", ""))


class ComplexityForm(ComplexityFields, VersionForm):
    note = forms.CharField(label="Anything to add?", max_length=300, required=False)
