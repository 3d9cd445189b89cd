"""Forms about people we could offer support to."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from linkwell.accounts.queries import TeamRow
from linkwell.cohorts.rule import LEGAL_BASIS
from linkwell.core.plain_forms import PlainForm
from linkwell.hospital.models import NotSuitableReason
from linkwell.kernel import clock
from linkwell.referrals.forms import VersionForm

_REVIEWS = (("14", "In two weeks"), ("30", "In one month"), ("91", "In three months"), ("182", "In six months"))


class OfferForm(VersionForm):
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=(
            ("accepted", "Yes, they would like support"),
            ("thinking", "They want to think about it"),
            ("chose_not", "No, they chose not to"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    asked_alone = forms.BooleanField(label="I asked them when nobody else was there", required=False)

    @property
    def said(self) -> str:
        answer: str = self.cleaned_data["answer"]
        return "" if answer == "thinking" else answer


class NotSuitableForm(VersionForm):
    reason = forms.ChoiceField(label="Why not now?", choices=NotSuitableReason.choices, widget=forms.RadioSelect)
    review = forms.ChoiceField(
        label="When should somebody look again?",
        help_text="They come back to the list by themselves on that day.",
        choices=_REVIEWS,
        widget=forms.RadioSelect,
    )

    @property
    def review_on(self) -> dt.date:
        return clock.today() + dt.timedelta(days=int(self.cleaned_data["review"]))


class RestrictedForm(PlainForm):
    number = forms.CharField(
        label="Their hospital number or NHS number",
        help_text="The whole number. Nothing is shown for a part of it, nor for a record that is not restricted.",
        max_length=100,
    )


class RuleForm(PlainForm):
    asked = forms.BooleanField(label="Look for people by this rule", required=False)
    legal_basis = forms.CharField(label="Legal basis", max_length=400, widget=forms.Textarea)


class OwnRuleForm(PlainForm):
    text = forms.CharField(
        label="The rule",
        help_text="As the guide “Find who would gain” shows it. A rule of the same name takes its place.",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        error_messages={"required": "Write the rule"},
    )
    legal_basis = forms.CharField(label="Legal basis", max_length=400, widget=forms.Textarea, initial=LEGAL_BASIS)


class ToTeamForm(VersionForm):
    """Beside the referral form: to which team, and as whom the person was seen."""

    team = forms.ChoiceField(label="To which team?")

    def __init__(self, *args: Any, teams: Sequence[TeamRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ChoiceField)  # noqa: S101 (for the types)
        team.choices = [(str(each.id), each.name) for each in teams]
        if len(teams) == 1:
            team.widget, team.initial = forms.HiddenInput(), str(teams[0].id)
