"""What an organisation decides about asking."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.outcomes.models import Occasion


class AskingForm(PlainForm):
    clinician = forms.TypedChoiceField(
        label="Who is told the same day when an answer speaks of harming oneself?",
        help_text="Until somebody is named, the questions on low mood (PHQ-9) and worry (GAD-7) are off.",
        required=False,
        coerce=UUID,
        empty_value=None,
    )
    clinical_by_link = forms.BooleanField(
        label="These may also be answered alone, from a link",
        help_text="Nobody is with them then. Off unless you tick it.",
        required=False,
    )
    asked = forms.MultipleChoiceField(
        label="Which are asked of everybody?", required=False, widget=forms.CheckboxSelectMultiple
    )
    occasions = forms.MultipleChoiceField(
        label="When?",
        help_text="Counted from the first conversation. The review is half way through the support you offer.",
        required=False,
        choices=Occasion.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, clinicians: Iterable[tuple[UUID, str]], packs: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user_id), name) for user_id, name in clinicians]
        cast(forms.ChoiceField, self.fields["clinician"]).choices = [("", "Nobody"), *people]
        cast(forms.ChoiceField, self.fields["asked"]).choices = list(packs)


class LoadForm(PlainForm):
    file = forms.FileField(
        label="The pack file", help_text="A TOML file with the wording. Your licence must allow you to use it."
    )
