"""What is typed on the pages that bring the other apps together."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

from django import forms

from linkwell.accounts.queries import TeamRow, WorkerRow
from linkwell.core.plain_forms import PlainForm
from linkwell.people.details import Likeness
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.forms import ReferForm
from linkwell.referrals.forms.common import safe_channels

# What the form asks under the same name as a referral keeps it; somebody they live with is added by themselves.
ABOUT_ONE = {field.name for field in fields(ReferralDetails)} - {"needs"}
NOBODY_YET = "waiting"
NONE_OF_THEM = "none"


class AddPersonForm(ReferForm):
    """Somebody a worker has on the telephone or at the door: what a referral asks, and who is telling."""

    source = forms.ChoiceField(
        label="Who is telling you this?",
        choices=[("self", "The person themselves"), ("relative", "Somebody else: a relative, a friend, a neighbour")],
        widget=forms.RadioSelect,
    )
    told_by_name = forms.CharField(label="Name of whoever is telling you", max_length=120, required=False)
    team = forms.ChoiceField(label="Which team?", widget=forms.RadioSelect)
    worker = forms.ChoiceField(label="Who will support them?", widget=forms.Select, required=False)
    same_as = forms.ChoiceField(label="Are they already here?", widget=forms.RadioSelect, required=False)

    def __init__(
        self, *args: Any, teams: Iterable[TeamRow], workers: Iterable[WorkerRow], chooses: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(each.id), each.name) for each in teams]
        self.choice("team").choices = offered
        if len(offered) == 1:
            self.fields["team"].required, self.fields["team"].widget = False, forms.HiddenInput()
            self.fields["team"].initial = offered[0][0]
        people = [(str(each.user_id), each.name) for each in workers]
        self.choice("worker").choices = [(NOBODY_YET, "Nobody yet: put them on the waiting list"), *people]
        if not chooses:
            del self.fields["worker"]

    def choice(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    def ask_whether_same(self, alike: Iterable[Likeness]) -> None:
        """Once somebody like them was found, say whether it is one of those."""
        found = [(str(each.person_id), f"Yes, this is {each.name}") for each in alike]
        field = self.choice("same_as")
        field.choices = [*found, (NONE_OF_THEM, "No, none of these")] if found else []
        field.required = bool(found)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("source") == "relative" and not given.get("told_by_name"):
            self.add_error("told_by_name", "Enter the name of whoever is telling you")
        return given

    @property
    def chosen_team(self) -> str:
        return str(self.cleaned_data.get("team") or self.fields["team"].initial or "")

    def referral(self) -> ReferralDetails:
        """What was given, for the action."""
        given = {name: value for name, value in self.cleaned_data.items() if name in ABOUT_ONE}
        return ReferralDetails(
            **given,
            **safe_channels(self.cleaned_data["safe"]),
            needs=(*self.cleaned_data["needs"], *self.cleaned_data["more_needs"]),
            referrer_name=self.cleaned_data["told_by_name"] if given["source"] == "relative" else "",
        )


class HoldForm(PlainForm):
    reason = forms.CharField(
        label="Why must this record be kept?",
        max_length=300,
        help_text="For example, an inquiry, a claim, or the person asked for it",
    )


class KeepForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why is it kept?", max_length=300)


class ThirdPartyForm(PlainForm):
    about = forms.UUIDField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label="Does it go into the copy?",
        choices=[("include", "Yes, it goes in"), ("leave_out", "No, it is left out")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="For example, “whoever said it agrees”, or “the person knows it already”",
    )


class StatementForm(PlainForm):
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    text = forms.CharField(
        label="What do they say, in their own words?",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Shown beside it from now on, and in every copy for them",
    )
