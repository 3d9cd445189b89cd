"""To whose record a note belongs."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from linkwell.core.plain_forms import PlainForm


class MoveNoteForm(PlainForm):
    q = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    case = forms.ChoiceField(label="Whose record does it belong to?", widget=forms.RadioSelect)
    reason = forms.CharField(label="How did it come to be here?", max_length=300)

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["case"]).choices = list(cases)
