"""What got in the way of coming."""

from django import forms

from linkwell.casework.attendance import COULD_HELP
from linkwell.casework.details import GotInTheWayDetails
from linkwell.casework.forms.common import text_area
from linkwell.casework.models import Barrier
from linkwell.core.plain_forms import PlainForm


class GotInTheWayForm(PlainForm):
    barriers = forms.MultipleChoiceField(
        label="What got in the way?",
        help_text="Choose all that they say. Each has an idea of what might help.",
        choices=Barrier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = text_area("In their own words", longest=2000)
    what_could_help = text_area("What would help next time?", longest=2000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["barriers"].choice_hints = dict(COULD_HELP)  # type: ignore[attr-defined]

    def details(self) -> GotInTheWayDetails:
        given = self.cleaned_data
        return GotInTheWayDetails(tuple(given["barriers"]), given["words"], given["what_could_help"])
