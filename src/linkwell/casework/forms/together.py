"""A visit to two people, written up once."""

from typing import Any

from django import forms

from linkwell.casework.details import JointVisitDetails
from linkwell.casework.forms.common import AheadField, TimeField, text_area
from linkwell.casework.models import InteractionKind
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import clock

# Two people are met; a letter or a text goes to one.
MET = ("phone", "video", "home", "face")


class TogetherWriteUpForm(PlainForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="How?",
        choices=[choice for choice in InteractionKind.choices if choice[0] in MET],
        widget=forms.RadioSelect,
    )
    together = text_area(
        "What was said with both there?", "This stands in both records, and both can read it.", required=True
    )
    own = text_area("")
    other = text_area("")
    happened_on = DateBoxesField(label="Day it happened")
    happened_at = TimeField(label="Time it happened", max_length=12)
    minutes = forms.IntegerField(label="How many minutes?", required=False, min_value=1, max_value=600)
    next_date = AheadField(label="When do you speak with each of them next?", required=False)

    def __init__(self, *args: Any, name: str, other_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, who, not_who in (("own", name, other_name), ("other", other_name, name)):
            self.fields[field].label = f"What {who} said alone"
            self.fields[field].help_text = f"Only in {who}’s record, and in nothing that {not_who} is given."

    def visit(self) -> JointVisitDetails:
        given = self.cleaned_data
        return JointVisitDetails(
            kind=given["kind"],
            happened_at=clock.at(given["happened_on"], given["happened_at"]),
            together=given["together"],
            own=given["own"],
            other=given["other"],
            minutes=given["minutes"],
            next_date=given["next_date"],
        )
