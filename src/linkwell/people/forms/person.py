"""Who somebody is, and what they need."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.people.details import PersonDetails
from linkwell.people.models import RequirementKind


class DetailsForm(PlainForm):
    """Who somebody is. Fields and lengths are those of PersonDetails; the action has the last word."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    given_name = forms.CharField(label="First name", max_length=100)
    family_name = forms.CharField(label="Family name", max_length=100)
    preferred_name = forms.CharField(
        label="What they like to be called", max_length=100, required=False, help_text="Only if it is something else"
    )
    title = forms.CharField(label="Title", max_length=30, required=False)
    pronouns = forms.CharField(
        label="Pronouns", max_length=40, required=False, help_text="Only if they want them to be used, like they/them"
    )
    date_of_birth = DateBoxesField(label="Date of birth", required=False, help_text="For example, 27 3 1964")
    gender = forms.CharField(label="Gender, in their words", max_length=60, required=False)
    ethnicity = forms.CharField(label="Ethnic background, in their words", max_length=80, required=False)
    disability = forms.CharField(
        label="Disability or long-term condition, in their words",
        max_length=120,
        required=False,
        help_text="“None” and “Prefers not to say” are answers too",
    )
    language = forms.CharField(label="Language they like best", max_length=60, required=False)
    nhs_number = forms.CharField(
        label="NHS number", max_length=30, required=False, help_text="10 digits. It helps, and is never needed"
    )
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea)
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)
    gp_practice_name = forms.CharField(label="GP practice", max_length=200, required=False)

    def details(self, before: PersonDetails) -> PersonDetails:
        """The details as typed. What the form does not ask stays as it was."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return PersonDetails(**typed, gp_practice_code=before.gp_practice_code, told_by="person")


class NeedForm(PlainForm):
    kind = forms.ChoiceField(
        label="What kind of need is it?", choices=RequirementKind.choices, widget=forms.RadioSelect
    )
    detail = forms.CharField(
        label="What is needed?",
        max_length=300,
        help_text="For example, “Polish interpreter”, “no stairs”, “large print”, “visit in pairs”",
    )


class RestrictForm(PlainForm):
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea, help_text="Only leads can read this")


class LinkForm(PlainForm):
    reason = forms.CharField(
        label="How do you know that they are the same person?",
        max_length=300,
        help_text="For example, “I asked them, and they gave both addresses”",
    )
    know = forms.BooleanField(label="I have read what linking changes, and have talked with whoever it concerns")

    def __init__(self, *args: Any, warned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warned:
            del self.fields["know"]
