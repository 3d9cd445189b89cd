"""Forms of the monthly report."""

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField


class SignForm(PlainForm):
    note = forms.CharField(
        label="Anything a reader should know?",
        max_length=300,
        required=False,
        help_text="For example, “two weeks of records are still to come”",
    )


class SizeForm(PlainForm):
    practice = forms.CharField(label="GP practice", max_length=200, help_text="As it is written on people’s records")
    people = forms.IntegerField(label="People on its list", min_value=1, max_value=500_000)
    counted_on = DateBoxesField(label="Counted on", help_text="For example, 1 4 2026")
