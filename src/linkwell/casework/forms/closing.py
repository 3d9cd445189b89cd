"""Ending support, opening it again, who may hear, and summaries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.casework.details import ClosingDetails, ToldAgreements
from linkwell.casework.forms.common import VersionForm, text_area
from linkwell.casework.models import ClosingReason
from linkwell.casework.rows import GoalRow
from linkwell.core.plain_forms import PlainForm

_GOAL = "goal_"
_GOAL_CHOICES = [("reached", "Reached"), ("partly", "Partly reached"), ("set_aside", "Set aside")]
_YES_NO = [("yes", "Yes"), ("no", "No"), ("", "Not asked")]


class CloseForm(VersionForm):
    """Why support ends, what became of each goal, and what did not work."""

    reason = forms.ChoiceField(
        label="Why does support end?",
        choices=ClosingReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why support ends"},
    )
    note = text_area("What has changed for them?", "Their GP practice can read this, if they agree.", longest=4000)
    what_did_not_work = text_area("What did not work?", "So that nobody tries the same again.", longest=4000)

    def __init__(self, *args: Any, goals: Iterable[GoalRow] = (), something_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in goals:
            self.fields[f"{_GOAL}{goal.id}"] = forms.ChoiceField(
                label=goal.words,
                choices=_GOAL_CHOICES,
                widget=forms.RadioSelect,
                initial=goal.state if goal.state != "open" else None,
                error_messages={"required": f"Choose what became of “{goal.words}”"},
            )
        if something_open:
            note = text_area("What will become of what is still open?", required=True, longest=4000)
            note.error_messages["required"] = "Say what will become of what is still open"
            self.fields["still_open_note"] = note

    @property
    def goal_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(_GOAL)]

    def closing(self) -> ClosingDetails:
        given = self.cleaned_data
        return ClosingDetails(
            reason=given["reason"],
            note=given["note"],
            what_did_not_work=given["what_did_not_work"],
            goals=tuple((UUID(name.removeprefix(_GOAL)), given[name]) for name in self.goal_names),
            still_open_note=given.get("still_open_note", ""),
        )


class ReopenForm(VersionForm):
    reason = forms.CharField(
        label="Why does support start again?",
        max_length=300,
        error_messages={"required": "Say why support starts again"},
    )


def _asked(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_YES_NO, widget=forms.RadioSelect, required=False)


class WhoMayHearForm(PlainForm):
    """Asked when nobody else can hear. Not asked counts as no."""

    asked_alone = forms.ChoiceField(
        label="Were they alone when you asked?",
        help_text="Nobody else in the room or on the call, and no speaker phone.",
        choices=[("yes", "Yes, alone"), ("no", "No, or not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they were alone"},
    )
    referrer_in_touch = _asked("May whoever referred you hear that we are in touch?")
    referrer_closed = _asked("May they hear when support has ended?")
    gp_summary = _asked("May your GP practice have a summary at the end? You can read it first.")

    def answers(self) -> ToldAgreements:
        given = self.cleaned_data
        said = {"yes": True, "no": False}
        return ToldAgreements(
            asked_alone=given["asked_alone"] == "yes",
            referrer_in_touch=said.get(given["referrer_in_touch"]),
            referrer_closed=said.get(given["referrer_closed"]),
            gp_summary=said.get(given["gp_summary"]),
        )


def _recipient_choices(form: forms.Form, choices: Iterable[tuple[str, str]]) -> None:
    field = form.fields["recipient"]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class SummaryForm(PlainForm):
    recipient = forms.ChoiceField(
        label="Who is it for?", widget=forms.RadioSelect, error_messages={"required": "Choose who it is for"}
    )

    def __init__(self, *args: Any, recipients: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _recipient_choices(self, recipients)


class SeparateNoteForm(PlainForm):
    recipient = forms.ChoiceField(
        label="Who needs to know?", widget=forms.RadioSelect, error_messages={"required": "Choose who needs to know"}
    )
    text = text_area("What do they need to know?", required=True)
    reason = forms.CharField(
        label="Why do they need to know?",
        max_length=300,
        error_messages={"required": "Say why they need to know"},
    )

    def __init__(self, *args: Any, recipients: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _recipient_choices(self, recipients)
