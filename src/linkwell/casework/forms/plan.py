"""The parts of the plan, each edited in its place."""

from collections.abc import Iterable
from typing import Any

from django import forms

from linkwell.casework.details import StepDetails
from linkwell.casework.forms.common import VersionForm, text_area
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField, TenDotsField
from linkwell.people.capacity import CanAgree
from linkwell.people.forms import ask_who_interpreted, check_who_interpreted
from linkwell.people.forms.agreeing import agreed_by_field


class ItemForm(PlainForm):
    """The hidden part of each: which item, and its version as it was seen. New items have neither."""

    target = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class NeedForm(ItemForm):
    words = forms.CharField(
        label="What I would like to change",
        help_text="In their own words",
        max_length=300,
        error_messages={"required": "Write what they would like to change"},
    )


class GoalForm(ItemForm):
    words = forms.CharField(label="Goal", max_length=300, error_messages={"required": "Write the goal"})
    importance = TenDotsField(
        label="How much does this matter to you?", low="a little", high="more than anything", required=False
    )


class StepForm(ItemForm):
    words = forms.CharField(label="Step", max_length=300, error_messages={"required": "Write the step"})
    who = forms.CharField(label="Who will do it?", max_length=120, error_messages={"required": "Say who will do it"})
    due_on = DateBoxesField(label="By when?", required=False)
    confidence = TenDotsField(
        label="How sure are you, as things are now?", low="not sure at all", high="very sure", required=False
    )

    def step(self) -> StepDetails:
        given = self.cleaned_data
        return StepDetails(
            words=given["words"], who=given["who"], due_on=given["due_on"], confidence=given["confidence"]
        )


class PlanWordsForm(ItemForm):
    strengths = text_area("What I am good at, and who helps me", longest=4000)
    review_on = DateBoxesField(label="When will you look at the plan again?", required=False)


class AgreeForm(VersionForm):
    agreed = forms.ChoiceField(
        label="Does the person agree with this plan?",
        choices=[("yes", "Yes, they agree"), ("no", "No, or not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they agree"},
    )
    how = forms.ChoiceField(
        label="How did they say so?",
        choices=[("spoken", "In person or by phone"), ("written", "In writing"), ("online", "Online")],
        widget=forms.RadioSelect,
        required=False,
    )
    why_not = forms.CharField(label="Why not?", max_length=300, required=False)

    def __init__(self, *args: Any, can_agree: Iterable[CanAgree] = (), interpreter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"] = agreed_by_field(can_agree)
        ask_who_interpreted(self, interpreter)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agreed") == "yes" and not given.get("how"):
            self.add_error("how", "Choose how they said so")
        if given.get("agreed") == "no" and not given.get("why_not"):
            self.add_error("why_not", "Say why they do not agree yet")
        aloud = given.get("agreed") == "yes" and given.get("how") == "spoken"
        check_who_interpreted(self, given, said_yes=aloud)
        return given
