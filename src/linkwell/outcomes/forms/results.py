"""Noting that results were used."""

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.outcomes.details import UseDetails


class UseForm(PlainForm):
    to_whom = forms.CharField(label="To whom did they go?", help_text="For example: the board.", max_length=120)
    what = forms.CharField(label="What was it?", help_text="For example: the report of the quarter.", max_length=200)
    used_on = DateBoxesField(label="On which day?")
    from_on = DateBoxesField(label="First day of the answers in it")
    to_on = DateBoxesField(label="Last day of the answers in it")

    def use(self) -> UseDetails:
        return UseDetails(**self.cleaned_data)
