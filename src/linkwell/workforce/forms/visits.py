"""Going into a visit, staying longer, and finding somebody."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.casework.forms.common import text_area
from linkwell.core.plain_forms import PlainForm

LENGTHS = [(15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "An hour"), (90, "An hour and a half")]
LONGER = [(15, "15 minutes"), (30, "30 minutes"), (60, "An hour")]


class StartForm(PlainForm):
    minutes = forms.TypedChoiceField(
        label="How long will it take?",
        choices=[*LENGTHS, (120, "Two hours"), (240, "Four hours")],
        coerce=int,
        initial=60,
    )
    place = forms.CharField(label="Where are you going?", max_length=300, required=False)
    buddy = forms.TypedChoiceField(
        label="Who rings you if you do not say that you are out?",
        required=False,
        coerce=UUID,
        empty_value=None,
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["buddy"]).choices = [("", "The duty person"), *colleagues]


class LongerForm(PlainForm):
    minutes = forms.TypedChoiceField(label="How much longer?", choices=LONGER, coerce=int)


class FoundForm(PlainForm):
    note = text_area("How do you know that they are safe, or what was done?", required=True, longest=1_000)
