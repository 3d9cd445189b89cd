"""Noting a supervision session."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.casework.forms.common import text_area
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import clock


class SupervisionForm(PlainForm):
    whose = forms.ChoiceField(
        label="Whose supervision was it?",
        choices=[("mine", "Mine"), ("theirs", "My colleague’s: I listened")],
        widget=forms.RadioSelect,
    )
    other = forms.TypedChoiceField(label="With whom?", coerce=UUID, error_messages={"required": "Choose a colleague"})
    held_on = DateBoxesField(label="When did you meet?")
    topics = text_area(
        "What did you talk about?", "Leave out the names of the people you support.", required=True, longest=10_000
    )
    cases = forms.TypedMultipleChoiceField(
        label="Which of the people supported did you talk about?",
        help_text="Kept as a link, so that no name has to be written above.",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = text_area("What did you agree to do?", longest=10_000)
    next_on = DateBoxesField(label="When do you meet next?", required=False)

    def __init__(
        self, *args: Any, colleagues: Iterable[tuple[str, str]], cases: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["other"]).choices = [("", "Choose somebody"), *colleagues]
        listed = list(cases)
        if listed:
            cast(forms.ChoiceField, self.fields["cases"]).choices = listed
        else:
            del self.fields["cases"]

    def clean_held_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError("The day of the session cannot be ahead")
        return day
