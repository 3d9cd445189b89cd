"""Ending support, opening it again, who may hear, and summaries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms

from linkwell.casework.details import ClosingDetails, NumberCheckDetails, ToldAgreements
from linkwell.casework.endings import ENDINGS
from linkwell.casework.forms.common import VersionForm, text_area
from linkwell.casework.models import CheckedWith, ClosingReason, NumberAnswer
from linkwell.casework.rows import GoalRow
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.people.forms import ask_who_interpreted, check_who_interpreted

_GOAL = "goal_"
_GOAL_CHOICES = [("reached", "Reached"), ("partly", "Partly reached"), ("set_aside", "Set aside")]
_YES_NO = [("yes", "Yes"), ("no", "No"), ("", "Not asked")]


class WhyForm(PlainForm):
    """The first page of ending support: each reason asks for something else."""

    reason = forms.ChoiceField(
        label="Why does support end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why support ends"},
    )

    def __init__(self, *args: Any, without: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [each for each in ClosingReason.choices if each[0] not in set(without)]
        field.choice_hints = {reason: ending.hint for reason, ending in ENDINGS.items()}  # type: ignore[attr-defined]


class CloseForm(VersionForm):
    """What the reason asks for, what became of each goal, and what did not work."""

    reason = forms.ChoiceField(choices=ClosingReason.choices, widget=forms.HiddenInput)
    answer = text_area("", required=True, longest=2000)
    note = text_area("What has changed for them?", "Their GP practice can read this, if they agree.", longest=4000)
    what_did_not_work = text_area("What did not work?", "So that nobody tries the same again.", longest=4000)

    def __init__(
        self,
        *args: Any,
        reason: str = "",
        goals: Iterable[GoalRow] = (),
        something_open: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _ask_what_it_asks(self, reason)
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
            answer=given.get("answer", ""),
            note=given["note"],
            what_did_not_work=given["what_did_not_work"],
            goals=tuple((UUID(name.removeprefix(_GOAL)), given[name]) for name in self.goal_names),
            still_open_note=given.get("still_open_note", ""),
        )


def _ask_what_it_asks(form: forms.Form, reason: str) -> None:
    """Each reason has its own question, or none."""
    ending = ENDINGS.get(reason)
    if ending is None or not ending.question:
        del form.fields["answer"]
        return
    form.fields["answer"].label = ending.question
    form.fields["answer"].error_messages["required"] = ending.missing


class AskLeadForm(VersionForm):
    """A link worker asks their lead to end support."""

    reason = forms.ChoiceField(choices=ClosingReason.choices, widget=forms.HiddenInput)
    answer = text_area("", required=True, longest=2000)
    why = text_area("Why should support end?", "Your lead reads this and decides.", required=True, longest=2000)

    def __init__(self, *args: Any, reason: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_what_it_asks(self, reason)
        self.fields["why"].error_messages["required"] = "Say why support should end"


class DecideClosingForm(PlainForm):
    agreed = forms.ChoiceField(
        label="Should support end?",
        choices=[("yes", "Yes, end support"), ("no", "No, it goes on")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether support ends"},
    )
    note = text_area("What should the link worker know?", "If it goes on, say what to try.", longest=2000)

    def __init__(self, *args: Any, something_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if something_open:
            self.fields["still_open_note"] = text_area("What will become of what is still open?", longest=4000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agreed") == "no" and not given.get("note"):
            self.add_error("note", "Say why support goes on, and what to try")
        if given.get("agreed") == "yes" and "still_open_note" in self.fields and not given.get("still_open_note"):
            self.add_error("still_open_note", "Say what will become of what is still open")
        return given


class NumberCheckForm(PlainForm):
    """Whom somebody asked whether the details we try are the right ones."""

    checked_with = forms.ChoiceField(
        label="Whom did you ask?",
        choices=CheckedWith.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you asked"},
    )
    name = forms.CharField(label="Who answered?", max_length=120, required=False)
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=NumberAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    checked_on = DateBoxesField(label="When did you ask?")

    def details(self) -> NumberCheckDetails:
        given = self.cleaned_data
        return NumberCheckDetails(given["checked_with"], given["answer"], given["checked_on"], given["name"])


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

    def __init__(self, *args: Any, interpreter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_who_interpreted(self, interpreter)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = ("referrer_in_touch", "referrer_closed", "gp_summary")
        check_who_interpreted(self, given, said_yes=any(given.get(name) == "yes" for name in asked))
        return given

    def answers(self) -> ToldAgreements:
        given = self.cleaned_data
        said = {"yes": True, "no": False}
        return ToldAgreements(
            asked_alone=given["asked_alone"] == "yes",
            referrer_in_touch=said.get(given["referrer_in_touch"]),
            referrer_closed=said.get(given["referrer_closed"]),
            gp_summary=said.get(given["gp_summary"]),
            interpreted_by=given.get("interpreted_by", ""),
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
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_area("What do they need to know?", required=True)
    reason = forms.CharField(
        label="Why do they need to know?",
        max_length=300,
        error_messages={"required": "Say why they need to know"},
    )

    def __init__(self, *args: Any, recipients: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _recipient_choices(self, recipients)
