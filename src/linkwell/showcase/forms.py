"""Forms of publishing."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.showcase.periods import that_are_over


class PrepareForm(PlainForm):
    period = forms.ChoiceField(
        label="Which period?",
        help_text="Quarters and years that are over",
        choices=lambda: [(str(each), each.words) for each in that_are_over()],
    )
    given_to = forms.CharField(
        label="Also count us in the total of",
        max_length=20,
        required=False,
        help_text="The code of the organisation that publishes for the country. It will see your exact counts",
    )
    of_all_areas = forms.BooleanField(
        label="Add up the areas that gave us their release, instead of counting our own people", required=False
    )

    def __init__(self, *args: Any, country: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["given_to" if country else "of_all_areas"]


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=300, help_text="Everybody can read this on its page"
    )
