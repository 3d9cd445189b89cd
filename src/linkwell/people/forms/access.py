"""How somebody understands and is understood, and who belongs together with whom."""

from dataclasses import asdict
from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.people.access import AccessRow, AccessWords
from linkwell.people.models import (
    InterpretedBy,
    InterpreterGender,
    InterpreterKind,
    ReadingFormat,
    Relationship,
    SignLanguage,
)


def interpreted_by_field(hint: str = "") -> forms.ChoiceField:
    """ "Who interpreted?", for a person who needs an interpreter."""
    return forms.ChoiceField(
        label="Who interpreted?", help_text=hint, choices=InterpretedBy.choices, widget=forms.RadioSelect
    )


def ask_who_interpreted(form: forms.Form, wanted: str) -> None:
    """Put the question on a form that records a yes, for somebody who needs an interpreter (`wanted` is whom)."""
    if wanted:
        asked = interpreted_by_field(f"{wanted}. Never a relative or friend when they agree to something")
        asked.required = False
        form.fields["interpreted_by"] = asked


def check_who_interpreted(form: forms.Form, given: dict[str, Any], *, said_yes: bool) -> None:
    """Called in `clean`: a yes said aloud is not taken before the question is answered."""
    if said_yes and "interpreted_by" in form.fields and not given.get("interpreted_by"):
        form.add_error("interpreted_by", "Choose who interpreted")


class AccessForm(PlainForm):
    """Asked once at the start, and whenever it changes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.CharField(label="Which language do they like best?", max_length=60, required=False)
    dialect = forms.CharField(
        label="Which dialect or region?", max_length=60, required=False, help_text="For example, Sudanese Arabic"
    )
    interpreter = forms.ChoiceField(
        label="Do they need an interpreter?", choices=InterpreterKind.choices, widget=forms.RadioSelect
    )
    sign_language = forms.ChoiceField(
        label="Which sign language?",
        choices=[("", "None"), *SignLanguage.choices],
        required=False,
    )
    interpreter_gender = forms.ChoiceField(
        label="Does it matter who interprets?", choices=InterpreterGender.choices, widget=forms.RadioSelect
    )
    reading = forms.ChoiceField(
        label="How do they like to read what we send?",
        help_text="Letters and the plan are made this way by themselves",
        choices=ReadingFormat.choices,
        widget=forms.RadioSelect,
    )
    information = forms.CharField(
        label="Anything else that helps them to understand or communicate?",
        max_length=200,
        required=False,
        help_text="For example, a hearing loop, a picture board, one thing at a time",
    )
    adjustments = forms.CharField(
        label="What do we do differently for them?",
        max_length=300,
        required=False,
        help_text="Reasonable adjustments, such as a quiet room, a longer time, a visit before the first session",
    )

    @staticmethod
    def starting_from(row: AccessRow, language: str) -> dict[str, Any]:
        start = asdict(row.words) | {"version": row.version}
        return start | {"language": row.words.language or language}

    def access(self) -> AccessWords:
        return AccessWords(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class TogetherForm(PlainForm):
    """What somebody said, asked alone, about being noted together with somebody else."""

    agreed = forms.ChoiceField(
        label="May we note that they belong together?",
        choices=[("yes", "Yes, each page may name the other"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    asked_alone = forms.BooleanField(label="They were alone, and nobody else could hear", required=False)

    def __init__(self, *args: Any, interpreter: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_who_interpreted(self, interpreter)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_who_interpreted(self, given, said_yes=given.get("agreed") == "yes")
        return given


class LinkTogetherForm(PlainForm):
    relationship = forms.ChoiceField(
        label="How do they belong together?",
        choices=[choice for choice in Relationship.choices if choice[0] != Relationship.CARER]
        + [("they_care", "This person cares for the other"), ("cared_for", "The other cares for this person")],
        widget=forms.RadioSelect,
    )
