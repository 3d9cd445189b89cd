"""What changed in somebody's life."""

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.outcomes.details import MilestoneDetails
from linkwell.outcomes.models import Each, MilestoneKind, SaidBy


class MilestoneForm(PlainForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What changed?", choices=[("", "Choose"), *MilestoneKind.choices])
    on = DateBoxesField(label="Since when?")
    said_by = forms.ChoiceField(label="Who says so?", choices=SaidBy.choices, widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label="Hours a week", help_text="Of paid work or volunteering.", required=False, max_digits=4, decimal_places=1
    )
    amount = forms.DecimalField(
        label="How much money, in pounds?",
        required=False,
        max_digits=9,
        decimal_places=2,
        help_text="For money: a benefit, a grant, a debt cleared.",
    )
    each = forms.ChoiceField(label="How often?", required=False, choices=[("", "Choose"), *Each.choices])
    note = forms.CharField(label="Anything to add?", required=False, max_length=300)

    def given(self) -> MilestoneDetails:
        data = dict(self.cleaned_data)
        data.pop("submission_key")
        return MilestoneDetails(**data)


class TakeBackForm(PlainForm):
    reason = forms.CharField(label="Why was it not so?", max_length=300)
