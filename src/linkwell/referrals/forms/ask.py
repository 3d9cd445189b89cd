"""Asking for help, one thing a page. Each step is a small form; what was given so far travels in the page, signed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import AnswerButtons, Chips
from linkwell.referrals.forms.common import (
    FIRST_NEEDS,
    LONGEST_TEXT,
    MORE_NEEDS,
    AnswerOrNotField,
    BirthdayField,
    EitherEmailField,
    EitherPhoneField,
    NeedsField,
    PhoneField,
    PostcodeField,
    WordsField,
)

Answers = dict[str, Any]


class WhoForm(PlainForm):
    who = forms.ChoiceField(
        label="Who needs help?",
        choices=[("me", "I do"), ("other", "Someone I care about")],
        widget=AnswerButtons,
        error_messages={"required": "Choose who needs help"},
    )


class YouForm(PlainForm):
    """Only when asking for somebody else."""

    referrer_name = forms.CharField(label="Your name", max_length=120)
    referrer_role = forms.CharField(
        label="Who are you to them?",
        help_text="For example their daughter, friend or neighbour.",
        max_length=120,
        error_messages={"required": "Say who you are to them"},
    )
    referrer_phone = PhoneField(label="Your phone number", max_length=40, required=False)
    referrer_email = forms.EmailField(label="Your e-mail", max_length=254, required=False)


class NameForm(PlainForm):
    given_name = forms.CharField(label="First name", max_length=100)
    family_name = forms.CharField(label="Last name", max_length=100)


class BornForm(PlainForm):
    date_of_birth = BirthdayField(label="Date of birth", required=False)


class HelpForm(PlainForm):
    needs = NeedsField(label="Tap all that fit", choices=FIRST_NEEDS, widget=Chips)
    more_needs = forms.MultipleChoiceField(label="More", choices=MORE_NEEDS, widget=Chips, required=False)
    why = WordsField(label="In your own words", max_length=LONGEST_TEXT, widget=forms.Textarea)

    def clean(self) -> Answers:
        given: Answers = super().clean() or {}
        if not (given.get("needs") or given.get("more_needs") or str(given.get("why") or "").strip()):
            self.add_error("needs", "Tap at least one, or write a few words")
        return given


class ReachForm(PlainForm):
    phone = EitherPhoneField(label="Phone number", max_length=40)
    email = EitherEmailField(label="E-mail", max_length=254)
    postcode = PostcodeField(label="Postcode", max_length=12, required=False)

    def clean(self) -> Answers:
        given: Answers = super().clean() or {}
        if not any(name in self.errors or given.get(name) for name in ("phone", "email")):
            self.add_error("phone", "Enter a phone number or an e-mail")
        return given


_YES_NO = [("yes", "Yes"), ("no", "No")]


class SafeForm(PlainForm):
    """Each way to make contact is safe, or not, or nobody said. A first call always asks for the person."""

    safe_phone = AnswerOrNotField(label="Is it safe to phone?", choices=_YES_NO, widget=forms.RadioSelect)
    safe_voicemail = AnswerOrNotField(
        label="Is it safe to leave a voicemail?", choices=_YES_NO, widget=forms.RadioSelect
    )
    safe_text = AnswerOrNotField(label="Is it safe to send a text?", choices=_YES_NO, widget=forms.RadioSelect)
    safe_email = AnswerOrNotField(label="Is it safe to send an e-mail?", choices=_YES_NO, widget=forms.RadioSelect)
    safe_notes = forms.CharField(
        label="Is there a good time, or anything we must not do?", max_length=300, required=False
    )


class AloneForm(PlainForm):
    alone = AnswerOrNotField(
        label="Is anyone with you now?",
        choices=[("yes", "No, I am on my own"), ("no", "Yes, someone is with me")],
        widget=AnswerButtons,
    )


class KnowsForm(PlainForm):
    knows = forms.ChoiceField(
        label="Do they know you are asking?",
        choices=[
            ("agrees", "Yes, and they want help"),
            ("knows", "Yes, but they have not said yes"),
            ("not_asked", "No, they do not know"),
        ],
        widget=AnswerButtons,
        error_messages={"required": "Choose whether they know you are asking"},
    )


class NeedForm(PlainForm):
    language = forms.CharField(
        label="Which language is best?", help_text="Leave this empty for English.", max_length=60, required=False
    )
    interpreter = forms.BooleanField(label="An interpreter would help", required=False)


class SecondForm(PlainForm):
    """Somebody they live with: a request of their own. Left empty, there is none."""

    second_given_name = forms.CharField(label="Their first name", max_length=100, required=False)
    second_family_name = forms.CharField(label="Their last name", max_length=100, required=False)
    second_date_of_birth = BirthdayField(label="Their date of birth", required=False)
    second_phone = PhoneField(label="Their own phone number", max_length=40, required=False)
    second_why = WordsField(label="What would help them?", max_length=LONGEST_TEXT, widget=forms.Textarea)
    second_knows = AnswerOrNotField(
        label="Do they know you are asking?",
        choices=[
            ("agrees", "Yes, and they want help"),
            ("knows", "Yes, but they have not said yes"),
            ("not_asked", "No, they do not know"),
        ],
        widget=forms.RadioSelect,
    )

    def clean(self) -> Answers:
        given: Answers = super().clean() or {}
        check_second(self, given)
        return given


def check_second(form: forms.Form, given: Answers) -> None:
    """Nothing at all, or enough for a request of their own."""
    names = [name for name in form.fields if name.startswith("second_")]
    if not any(given.get(name) or name in form.errors for name in names):
        return
    needed = {
        "second_given_name": "Enter their first name",
        "second_family_name": "Enter their last name",
        "second_why": "Write what would help them",
        "second_knows": "Choose whether they know about this",
    }
    for name, message in needed.items():
        if name not in form.errors and not str(given.get(name) or "").strip():
            form.add_error(name, message)


@dataclass(frozen=True, slots=True)
class AskStep:
    """One page of the form. `title` for oneself, `title_other` for somebody else; `applies` leaves pages out."""

    name: str
    form: type[PlainForm]
    title: str
    title_other: str
    hint: str = ""
    hint_other: str = ""
    applies: Callable[[Answers], bool] = lambda answers: True
    # Only for those who ask for it, on the last page.
    optional: bool = False

    def words(self, answers: Answers) -> tuple[str, str]:
        """The heading and the line below it."""
        other = for_another(answers)
        return (self.title_other, self.hint_other) if other else (self.title, self.hint)


def for_another(answers: Answers) -> bool:
    return bool(answers.get("who") == "other")


def _for_me(answers: Answers) -> bool:
    return not for_another(answers)


STEPS: tuple[AskStep, ...] = (
    AskStep("who", WhoForm, "Who needs help?", "Who needs help?"),
    AskStep("you", YouForm, "About you", "About you", "", "So we can ask you if we need to.", for_another),
    AskStep("name", NameForm, "What is your name?", "What is their name?"),
    AskStep(
        "born",
        BornForm,
        "When were you born?",
        "When were they born?",
        "You can leave this empty.",
        "You can leave this empty if you do not know.",
    ),
    AskStep("help", HelpForm, "What would help?", "What would help them?"),
    AskStep("knows", KnowsForm, "", "Do they know you are asking?", applies=for_another),
    AskStep(
        "reach",
        ReachForm,
        "How can we reach you?",
        "How can we reach them?",
        "A phone number is best. The postcode tells us where you live.",
        "A phone number is best. The postcode tells us where they live.",
    ),
    AskStep(
        "safe",
        SafeForm,
        "Is it safe to contact you like this?",
        "Is it safe to contact them like this?",
        "Think about who else can hear your calls or read your messages. If you leave something empty, "
        "we will only phone, and leave no message.",
        "Think about who else can hear their calls or read their messages. The first time, we will ask to speak "
        "with them alone.",
    ),
    AskStep("alone", AloneForm, "Is anyone with you now?", "", applies=_for_me),
    AskStep("need", NeedForm, "What makes talking easier?", "What makes talking easier for them?"),
    AskStep(
        "second",
        SecondForm,
        "Who lives with you and would like help too?",
        "Who lives with them and would like help too?",
        "We make a separate request for them, and speak with each of you alone. Leave everything empty if there is "
        "nobody.",
        "We make a separate request for them, and speak with each person alone. Leave everything empty if there is "
        "nobody.",
        optional=True,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
