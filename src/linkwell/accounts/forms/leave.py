"""Days away, and hours."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.accounts.forms.admin import DAYS
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField

_HOURS = "Enter the hours as a number, like 22.5"


class LeaveForm(PlainForm):
    who = forms.ChoiceField(label="Who is away?", error_messages={"required": "Choose who is away"})
    starts_on = DateBoxesField(label="First day away")
    ends_on = DateBoxesField(label="Last day away")

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(colleagues)
        first = [("", "Choose somebody")] if len(choices) > 1 else []
        cast(forms.ChoiceField, self.fields["who"]).choices = [*first, *choices]


class HoursForm(PlainForm):
    hours_a_week = forms.DecimalField(
        label="Hours a week",
        help_text="Leave empty for full time.",
        required=False,
        min_value=Decimal("0.5"),
        max_value=Decimal(60),
        max_digits=4,
        decimal_places=1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), _HOURS
        ),
    )
    working_days = forms.TypedMultipleChoiceField(
        label="Working days", choices=DAYS, required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    induction_until = DateBoxesField(
        label="Getting started until",
        help_text="Until then half a caseload counts as full. Leave empty for somebody who is settled in.",
        required=False,
    )


class MoveQueueForm(PlainForm):
    """One queue of somebody who leaves: who takes over all of it."""

    queue = forms.CharField(widget=forms.HiddenInput, max_length=80)
    to = forms.TypedChoiceField(
        label="Who takes over?", coerce=UUID, error_messages={"required": "Choose who takes over"}
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", "Choose somebody"), *colleagues]
