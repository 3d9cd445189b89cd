"""How to reach somebody, who is around them, and getting into their home."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.people.actions import HOME_REASONS
from linkwell.people.details import CHANNELS, ContactRow, RelatedDetails, SafeAnswers
from linkwell.people.forms.access import ask_who_interpreted, check_who_interpreted
from linkwell.people.models import ContactKind, InterpretedBy, ToldBy

WHO_TOLD = [
    (ToldBy.PERSON, "The person"),
    (ToldBy.RELATIVE, "A relative or friend"),
    (ToldBy.REFERRER, "Whoever referred"),
]
NUMBER_WORDS = {"mobile": "number", "landline": "number", "email": "e-mail address"}
_ANSWERS = {"yes": True, "no": False}
QUESTIONS = {
    "phone": "Is it safe to phone you?",
    "voicemail": "Is it safe to leave a voicemail?",
    "text": "Is it safe to send you a text?",
    "email": "Is it safe to e-mail you?",
    "letter": "Is it safe to send you a letter?",
}


_ABOUT_NUMBER = [
    ("theirs", "Yes, theirs and only theirs"),
    ("shared", "Somebody else can see or hear what comes there"),
    ("ended", "Not theirs any more"),
    ("", "Not asked"),
]


def _point_name(row: ContactRow) -> str:
    return f"number_{row.id.hex}"


def _about_number(row: ContactRow) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Is {row.shown} still your {NUMBER_WORDS[row.kind]}, and only yours?",
        choices=_ABOUT_NUMBER,
        widget=forms.RadioSelect,
        required=False,
        initial="theirs" if row.confirmed else "",
    )


def _answer(channel: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=QUESTIONS[channel],
        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked")],
        widget=forms.RadioSelect,
    )


class SafeContactForm(PlainForm):
    """The five questions, asked with nobody else listening, and which numbers and addresses the answers are about."""

    told_by = forms.ChoiceField(
        label="Who told you?",
        choices=WHO_TOLD,
        widget=forms.RadioSelect,
    )
    asked_alone = forms.BooleanField(
        label="They were alone, and nobody else could hear",
        required=False,
        help_text="Only an answer given alone opens texts, e-mail, letters and voicemail",
    )
    phone = _answer("phone")
    voicemail = _answer("voicemail")
    text = _answer("text")
    email = _answer("email")
    letter = _answer("letter")
    best_times = forms.CharField(label="When is a good time?", max_length=200, required=False)
    instruction = forms.CharField(
        label="What must everyone do, or never do, to keep them safe?",
        max_length=300,
        required=False,
        help_text="Everyone who may phone or visit sees this. Like “Never phone after 5pm”. Leave out the reason",
    )
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Only you, their link worker and the leads can read this",
    )

    def __init__(self, *args: Any, contacts: Iterable[ContactRow] = (), interpreter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_who_interpreted(self, interpreter)
        self.about = {_point_name(row): row.id for row in contacts}
        for row in contacts:
            self.fields[_point_name(row)] = _about_number(row)

    @property
    def number_names(self) -> tuple[str, ...]:
        return tuple(self.about)

    def numbers(self) -> dict[UUID, str]:
        """What was said of each number and address; those not asked about are left out."""
        said = {point_id: self.cleaned_data.get(name, "") for name, point_id in self.about.items()}
        return {point_id: answer for point_id, answer in said.items() if answer}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        alone = typed.get("told_by") == ToldBy.PERSON and typed.get("asked_alone")
        for name in self.about:
            if typed.get(name) == "theirs" and name in self.changed_data and not alone:
                self.add_error(name, "Only the person can say this, when nobody else can hear. Choose “Not asked”.")
        check_who_interpreted(self, typed, said_yes=bool(alone))
        if alone and typed.get("interpreted_by") == InterpretedBy.RELATIVE:
            self.add_error("interpreted_by", "A relative or friend hears it too. Untick “They were alone”")
        return typed

    @staticmethod
    def starting_from(stands: SafeAnswers) -> dict[str, Any]:
        said = {True: "yes", False: "no", None: "not_asked"}
        start: dict[str, Any] = {channel: said[stands.answer(channel)] for channel in CHANNELS}
        return start | {
            "told_by": "person",
            "best_times": stands.best_times,
            "instruction": "; ".join(stands.instructions),
        }

    def answers(self) -> SafeAnswers:
        typed = self.cleaned_data
        said: dict[str, Any] = {channel: _ANSWERS.get(typed[channel]) for channel in CHANNELS}
        alone = typed["told_by"] == ToldBy.PERSON and typed["asked_alone"]
        # What stands is shown in the box; somebody else's words only add to it when they are new.
        repeated = not alone and typed["instruction"] == self.initial.get("instruction", "")
        return SafeAnswers(
            **said,
            best_times=typed["best_times"],
            instruction="" if repeated else typed["instruction"],
            reason=typed["reason"],
            asked_alone=typed["asked_alone"],
            told_by=typed["told_by"],
        )


class ContactPointForm(PlainForm):
    kind = forms.ChoiceField(label="What is it?", choices=ContactKind.choices, widget=forms.RadioSelect)
    value = forms.CharField(label="Number or e-mail address", max_length=254)
    told_by = forms.ChoiceField(
        label="Who told you?",
        choices=WHO_TOLD,
        widget=forms.RadioSelect,
    )


class RelatedForm(PlainForm):
    name = forms.CharField(label="Their name", max_length=120)
    relationship = forms.CharField(
        label="Who are they to the person?", max_length=60, help_text="For example, daughter, neighbour"
    )
    phone = forms.CharField(label="Their phone number", max_length=40, required=False)
    is_carer = forms.BooleanField(label="They are a carer for the person", required=False)
    may_contact = forms.BooleanField(
        label="The person has said that we may contact them",
        required=False,
        help_text="Leave this empty unless the person said so themselves",
    )

    def details(self) -> RelatedDetails:
        return RelatedDetails(**self.cleaned_data)


class HomeReasonForm(PlainForm):
    reason = forms.ChoiceField(
        label="Why do you need this?", choices=list(HOME_REASONS.items()), widget=forms.RadioSelect
    )


class HomeNoteForm(PlainForm):
    note = forms.CharField(
        label="How to get in",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="Key safe, entry code, dog",
    )
