"""Writing up, putting a note right, and appointments."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from linkwell.casework.details import AppointmentDetails, ConversationDetails
from linkwell.casework.forms.common import LONGEST_NOTE, AheadField, TimeField, VersionForm, text_area
from linkwell.casework.models import IN_WRITING, NOT_ATTENDED, CancelledBy, InteractionKind, InteractionOutcome
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import AnswerButtons, DateBoxesField
from linkwell.kernel import clock
from linkwell.people.forms import ask_who_interpreted, check_who_interpreted
from linkwell.referrals.forms.common import WordsField

WEEKS = {"1": 7, "2": 14, "4": 28}
_OUTCOMES = [
    (InteractionOutcome.TALKED.value, "Talked"),
    (InteractionOutcome.TRIED.value, "Tried, no answer"),
]
_DID_NOT_ATTEND = (InteractionOutcome.MISSED.value, "Did not attend")
# Said of children always, and of anybody whom somebody else was to bring.
_NOT_BROUGHT = (InteractionOutcome.NOT_BROUGHT.value, "Was not brought")


class WriteUpForm(VersionForm):
    """Kind and outcome by tap, a box to write in, and what comes next."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    appointment = forms.ChoiceField(label="Which appointment was it?", required=False, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="What happened?", widget=AnswerButtons, error_messages={"required": "Choose what happened"}
    )
    kind = forms.ChoiceField(
        label="How?",
        choices=InteractionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you tried to speak"},
    )
    # Needed when they talked, and not when nobody answered: the form says which.
    note = WordsField(
        label="What did you talk about, or what happened?",
        help_text="The person can read this. It is saved as you type.",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
    )
    third_party_note = text_area(
        "What somebody else told you",
        "Kept apart. It never goes into anything the person or their GP is sent.",
    )
    with_whom = forms.CharField(label="Who else was there?", max_length=200, required=False)
    minutes = forms.IntegerField(label="How many minutes?", required=False, min_value=1, max_value=600)
    add_need = forms.CharField(
        label="Anything to add to the plan?",
        help_text="Something they would like to change, in their words",
        max_length=300,
        required=False,
    )
    next_step = forms.CharField(label="What comes next?", max_length=300, required=False)
    when = forms.ChoiceField(
        label="By when?",
        choices=[("1", "In a week"), ("2", "In 2 weeks"), ("4", "In 4 weeks"), ("day", "On another day")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose by when"},
    )
    next_date = AheadField(label="Which day?", required=False)
    happened_on = DateBoxesField(label="Day it happened")
    happened_at = TimeField(label="Time it happened", max_length=12)

    def __init__(
        self,
        *args: Any,
        appointments: Iterable[tuple[str, str]] = (),
        interpreter: str = "",
        brought: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if interpreter:
            self._ask_who_interpreted(interpreter)
        agreed = list(appointments)
        missed = [_NOT_BROUGHT] if brought else [_DID_NOT_ATTEND, _NOT_BROUGHT]
        outcome, which = self.fields["outcome"], self.fields["appointment"]
        if isinstance(outcome, forms.ChoiceField) and isinstance(which, forms.ChoiceField):
            outcome.choices = [*_OUTCOMES, *missed] if agreed else _OUTCOMES
            which.choices = [*agreed, ("", "None of these")]
        if not agreed:
            del self.fields["appointment"]

    def _ask_who_interpreted(self, wanted: str) -> None:
        ask_who_interpreted(self, wanted)
        self.fields["interpreter_name"] = forms.CharField(
            label="Name of the interpreter", max_length=120, required=False
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("when") == "day" and not given.get("next_date") and "next_date" not in self.errors:
            self.add_error("next_date", "Enter the day by which something comes next")
        talked = given.get("outcome") == InteractionOutcome.TALKED
        check_who_interpreted(self, given, said_yes=talked)
        if given.get("outcome") in NOT_ATTENDED and not given.get("appointment"):
            self.add_error("appointment", "Choose the appointment that was missed")
        if given.get("outcome") == InteractionOutcome.TALKED and not (
            given.get("note") or given.get("third_party_note")
        ):
            self.add_error("note", "Write a few words about the conversation")
        return given

    def conversation(self) -> ConversationDetails:
        given = self.cleaned_data
        weeks = WEEKS.get(given["when"])
        return ConversationDetails(
            kind=given["kind"],
            outcome=given["outcome"],
            happened_at=clock.at(given["happened_on"], given["happened_at"]),
            note=given["note"],
            third_party_note=given["third_party_note"],
            minutes=given["minutes"],
            with_whom=given["with_whom"],
            next_step=given["next_step"],
            next_date=clock.today() + dt.timedelta(days=weeks) if weeks else given["next_date"],
            appointment_id=given.get("appointment") or None,
            expected_version=given["version"],
            add_need=given["add_need"],
            interpreted_by=given.get("interpreted_by", "") if given["outcome"] == InteractionOutcome.TALKED else "",
            interpreter_name=given.get("interpreter_name", ""),
        )


class CorrectForm(PlainForm):
    """`corrections` is how many there were when the page was made."""

    corrections = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = text_area("What the note should say")
    third_party_note = text_area("What somebody else told you")
    reason = forms.CharField(
        label="Why is it corrected?", max_length=300, error_messages={"required": "Say why it is corrected"}
    )


class AppointmentForm(PlainForm):
    kind = forms.ChoiceField(
        label="How will you meet?",
        choices=[choice for choice in InteractionKind.choices if choice[0] not in IN_WRITING],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you will meet"},
    )
    day = AheadField(label="Which day?")
    time = TimeField(label="What time?", help_text="For example, 2:30pm", max_length=12)
    minutes = forms.IntegerField(label="How many minutes?", min_value=5, max_value=480, initial=45)
    place = forms.CharField(label="Where?", help_text="And how to get there", max_length=300, required=False)
    agreed = forms.BooleanField(label="The person agreed to this time", required=False)
    anyway = forms.BooleanField(label="Take this time all the same", required=False)

    def details(self) -> AppointmentDetails:
        given = self.cleaned_data
        return AppointmentDetails(
            starts_at=clock.at(given["day"], given["time"]),
            kind=given["kind"],
            minutes=given["minutes"],
            place=given["place"],
            agreed_with_person=given["agreed"],
            only_if_free=not given["anyway"],
        )


class MoveForm(AppointmentForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(label="Why is it moved?", max_length=300, required=False)


class CancelForm(VersionForm):
    by = forms.ChoiceField(
        label="Who cancelled it?",
        choices=[each for each in CancelledBy.choices if each[0] != CancelledBy.NO_ANSWER],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who cancelled it"},
    )
    reason = forms.CharField(
        label="Why is it cancelled?", max_length=300, error_messages={"required": "Say why it is cancelled"}
    )
