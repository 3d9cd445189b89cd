"""The professional's form: who, why, do they know and agree, and how is it safe to reach them."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import Chips
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.forms.ask import check_second
from linkwell.referrals.forms.common import (
    CHANNELS,
    LONGEST_TEXT,
    AnswerOrNotField,
    BirthdayField,
    EitherPhoneField,
    NeedsField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    WordsField,
    first_needs_to_tap,
    more_needs_to_tap,
    safe_channels,
)

_KNOWS = [
    ("agrees", "Yes, they know and agree"),
    ("knows", "They know, and have not said yes yet"),
    ("not_asked", "No, they have not been asked"),
]


class ReferForm(PlainForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    given_name = forms.CharField(label="First name", max_length=100)
    family_name = forms.CharField(label="Last name", max_length=100)
    date_of_birth = BirthdayField(label="Date of birth", required=False)
    phone = EitherPhoneField(label="Phone number", max_length=40)
    nhs_number = NhsNumberField(label="NHS number", max_length=40, required=False)
    postcode = PostcodeField(label="Postcode", max_length=12, required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    gp_practice_name = forms.CharField(label="GP practice", max_length=200, required=False)
    language = forms.CharField(label="Language they speak best", max_length=60, required=False)
    interpreter = forms.BooleanField(label="They need an interpreter", required=False)
    needs = NeedsField(label="What would they like help with?", choices=first_needs_to_tap, widget=Chips)
    more_needs = forms.MultipleChoiceField(label="More", choices=more_needs_to_tap, widget=Chips, required=False)
    why = WordsField(label="In a sentence or two", max_length=LONGEST_TEXT, widget=forms.Textarea)
    knows = forms.ChoiceField(
        label="Do they know about this, and agree?",
        choices=_KNOWS,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they know about this and agree"},
    )
    safe = forms.MultipleChoiceField(
        label="How is it safe to reach them?",
        help_text="Tick only what they said is safe. If you have not asked, tick nothing: "
        "we will phone, and leave no message.",
        choices=CHANNELS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asked_alone = forms.BooleanField(label="I asked them when nobody else was there", required=False)
    safe_notes = forms.CharField(
        label="Anything that keeps them safe",
        help_text="For example “only phone on Monday mornings” or “do not visit alone”.",
        max_length=300,
        required=False,
    )

    second_given_name = forms.CharField(label="Their first name", max_length=100, required=False)
    second_family_name = forms.CharField(label="Their last name", max_length=100, required=False)
    second_date_of_birth = BirthdayField(label="Their date of birth", required=False)
    second_phone = PhoneField(label="Their own phone number", max_length=40, required=False)
    second_nhs_number = NhsNumberField(label="Their NHS number", max_length=40, required=False)
    second_why = WordsField(label="What would they like help with?", max_length=LONGEST_TEXT, widget=forms.Textarea)
    second_knows = AnswerOrNotField(
        label="Do they know about this, and agree?", choices=_KNOWS, widget=forms.RadioSelect
    )
    # Set once the sender has read that the team supports people of another age.
    age_known = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        said = given.get("needs") or given.get("more_needs") or str(given.get("why") or "").strip()
        if not said and "why" not in self.errors:
            self.add_error("needs", "Tap at least one, or write a sentence below")
        reachable = any(name in self.errors or given.get(name) for name in ("phone", "email", "address"))
        if not reachable:
            self.add_error("phone", "Enter a phone number, or an e-mail or address under “More about them”")
        check_second(self, given)
        return given

    @property
    def more_about_them(self) -> bool:
        """Whether the folded part holds anything, and so must be open."""
        names = ("email", "address", "gp_practice_name", "language", "interpreter")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def somebody_with_them(self) -> bool:
        """Whether the folded part about a second person holds anything."""
        return any(self[name].value() or self[name].errors for name in self.fields if name.startswith("second_"))

    def second(self, *, referrer_name: str, referrer_role: str, referrer_email: str) -> ReferralDetails | None:
        """Somebody they live with, named in the same form; None where nobody is. Only where they live is shared."""
        given = self.cleaned_data
        if not given["second_given_name"]:
            return None
        return ReferralDetails(
            given_name=given["second_given_name"],
            family_name=given["second_family_name"],
            date_of_birth=given["second_date_of_birth"],
            phone=given["second_phone"],
            nhs_number=given["second_nhs_number"],
            address=given["address"],
            postcode=given["postcode"],
            why=given["second_why"],
            knows=given["second_knows"],
            source="professional",
            referrer_name=referrer_name,
            referrer_role=referrer_role,
            referrer_email=referrer_email,
        )

    def details(self, *, referrer_name: str, referrer_role: str, referrer_email: str) -> ReferralDetails:
        """What was given, for the action."""
        given = dict(self.cleaned_data)
        ticked = given.pop("safe")
        needs = (*given.pop("needs"), *given.pop("more_needs"))
        given.pop("submission_key")
        given.pop("age_known")
        given = {name: value for name, value in given.items() if not name.startswith("second_")}
        return ReferralDetails(
            **given,
            **safe_channels(ticked),
            needs=needs,
            source="professional",
            referrer_name=referrer_name,
            referrer_role=referrer_role,
            referrer_email=referrer_email,
        )


def from_draft(kept: dict[str, list[str]]) -> dict[str, Any]:
    """What was kept as somebody typed, as the first values of the form."""
    initial: dict[str, Any] = {}
    for name, field in ReferForm.base_fields.items():
        if isinstance(field, BirthdayField):
            initial[name] = [(kept.get(f"{name}_{part}") or [""])[0] for part in ("day", "month", "year")]
        elif isinstance(field, forms.MultipleChoiceField):
            initial[name] = kept.get(name, [])
        elif isinstance(field, forms.BooleanField):
            initial[name] = bool(kept.get(name))
        else:
            initial[name] = (kept.get(name) or [""])[0]
    return initial


class AnswerForm(PlainForm):
    """The sender's words to the team, in answer to a question or because something changed."""

    text = forms.CharField(
        label="Your answer",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Write your answer"},
    )
