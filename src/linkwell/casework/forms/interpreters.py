"""The interpreter of an appointment."""

from decimal import Decimal
from typing import Any

from django import forms

from linkwell.casework.details import InterpreterDetails
from linkwell.casework.queries.interpreters import InterpreterRow
from linkwell.core.plain_forms import PlainForm


class InterpreterForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    state = forms.ChoiceField(
        label="How far has it got?",
        choices=[
            ("needed", "Not booked yet"),
            ("booked", "Booked, not confirmed yet"),
            ("confirmed", "Confirmed: they will be there"),
            ("failed", "They could not come"),
            ("not_needed", "No interpreter is needed this time"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="What happened?", max_length=300, required=False)
    agency = forms.CharField(label="Agency", max_length=120, required=False)
    reference = forms.CharField(label="Their reference", max_length=60, required=False)
    name = forms.CharField(label="Name of the interpreter", max_length=120, required=False)
    phone = forms.CharField(label="Phone number for that day", max_length=40, required=False)
    cost = forms.DecimalField(
        label="Cost in pounds", required=False, min_value=Decimal(0), max_digits=8, decimal_places=2
    )

    @staticmethod
    def starting_from(row: InterpreterRow | None) -> dict[str, Any]:
        if row is None:
            return {"version": 0, "state": "booked"}
        fields = ("version", "state", "agency", "reference", "name", "phone", "cost")
        return {name: getattr(row, name) for name in fields}

    def details(self) -> InterpreterDetails:
        return InterpreterDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})
