"""Asking for help, one thing a page. Each step is a small form; what was given so far travels in the page, signed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import AnswerButtons, Chips
from linkwell.kernel.tongue import marked, say
from linkwell.referrals.forms.common import (
    LONGEST_TEXT,
    AnswerOrNotField,
    BirthdayField,
    EitherEmailField,
    EitherPhoneField,
    NeedsField,
    PhoneField,
    PostcodeField,
    WordsField,
    first_needs_to_tap,
    more_needs_to_tap,
)

Answers = dict[str, Any]


class WhoForm(PlainForm):
    who = forms.ChoiceField(
        label=_("Who needs help?"),
        choices=[("me", _("I do")), ("other", _("Someone I care about"))],
        widget=AnswerButtons,
        error_messages={"required": _("Choose who needs help")},
    )


class YouForm(PlainForm):
    """Only when asking for somebody else."""

    referrer_name = forms.CharField(label=_("Your name"), max_length=120)
    referrer_role = forms.CharField(
        label=_("Who are you to them?"),
        help_text=_("For example their daughter, friend or neighbour."),
        max_length=120,
        error_messages={"required": _("Say who you are to them")},
    )
    referrer_phone = PhoneField(label=_("Your phone number"), max_length=40, required=False)
    referrer_email = forms.EmailField(label=_("Your e-mail"), max_length=254, required=False)


class NameForm(PlainForm):
    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100)


class BornForm(PlainForm):
    date_of_birth = BirthdayField(label=_("Date of birth"), required=False)


class HelpForm(PlainForm):
    needs = NeedsField(label=_("Tap all that fit"), choices=first_needs_to_tap, widget=Chips)
    more_needs = forms.MultipleChoiceField(label=_("More"), choices=more_needs_to_tap, widget=Chips, required=False)
    why = WordsField(label=_("In your own words"), max_length=LONGEST_TEXT, widget=forms.Textarea)

    def clean(self) -> Answers:
        given: Answers = super().clean() or {}
        if not (given.get("needs") or given.get("more_needs") or str(given.get("why") or "").strip()):
            self.add_error("needs", say("Tap at least one, or write a few words"))
        return given


class ReachForm(PlainForm):
    phone = EitherPhoneField(label=_("Phone number"), max_length=40)
    email = EitherEmailField(label=_("E-mail"), max_length=254)
    postcode = PostcodeField(label=_("Postcode"), max_length=12, required=False)

    def clean(self) -> Answers:
        given: Answers = super().clean() or {}
        if not any(name in self.errors or given.get(name) for name in ("phone", "email")):
            self.add_error("phone", say("Enter a phone number or an e-mail"))
        return given


_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class SafeForm(PlainForm):
    """Each way to make contact is safe, or not, or nobody said. A first call always asks for the person."""

    safe_phone = AnswerOrNotField(label=_("Is it safe to phone?"), choices=_YES_NO, widget=forms.RadioSelect)
    safe_voicemail = AnswerOrNotField(
        label=_("Is it safe to leave a voicemail?"), choices=_YES_NO, widget=forms.RadioSelect
    )
    safe_text = AnswerOrNotField(label=_("Is it safe to send a text?"), choices=_YES_NO, widget=forms.RadioSelect)
    safe_email = AnswerOrNotField(label=_("Is it safe to send an e-mail?"), choices=_YES_NO, widget=forms.RadioSelect)
    safe_notes = forms.CharField(
        label=_("Is there a good time, or anything we must not do?"), max_length=300, required=False
    )


class AloneForm(PlainForm):
    alone = AnswerOrNotField(
        label=_("Is anyone with you now?"),
        choices=[("yes", _("No, I am on my own")), ("no", _("Yes, someone is with me"))],
        widget=AnswerButtons,
    )


class KnowsForm(PlainForm):
    knows = forms.ChoiceField(
        label=_("Do they know you are asking?"),
        choices=[
            ("agrees", _("Yes, and they want help")),
            ("knows", _("Yes, but they have not said yes")),
            ("not_asked", _("No, they do not know")),
        ],
        widget=AnswerButtons,
        error_messages={"required": _("Choose whether they know you are asking")},
    )


class NeedForm(PlainForm):
    language = forms.CharField(
        label=_("Which language is best?"), help_text=_("Leave this empty for English."), max_length=60, required=False
    )
    interpreter = forms.BooleanField(label=_("An interpreter would help"), required=False)


class SecondForm(PlainForm):
    """Somebody they live with: a request of their own. Left empty, there is none."""

    second_given_name = forms.CharField(label=_("Their first name"), max_length=100, required=False)
    second_family_name = forms.CharField(label=_("Their last name"), max_length=100, required=False)
    second_date_of_birth = BirthdayField(label=_("Their date of birth"), required=False)
    second_phone = PhoneField(label=_("Their own phone number"), max_length=40, required=False)
    second_why = WordsField(label=_("What would help them?"), max_length=LONGEST_TEXT, widget=forms.Textarea)
    second_knows = AnswerOrNotField(
        label=_("Do they know you are asking?"),
        choices=[
            ("agrees", _("Yes, and they want help")),
            ("knows", _("Yes, but they have not said yes")),
            ("not_asked", _("No, they do not know")),
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
        "second_given_name": say("Enter their first name"),
        "second_family_name": say("Enter their last name"),
        "second_why": say("Write what would help them"),
        "second_knows": say("Choose whether they know about this"),
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
        title, hint = (self.title_other, self.hint_other) if other else (self.title, self.hint)
        return say(title), say(hint)


def for_another(answers: Answers) -> bool:
    return bool(answers.get("who") == "other")


def _for_me(answers: Answers) -> bool:
    return not for_another(answers)


STEPS: tuple[AskStep, ...] = (
    AskStep("who", WhoForm, marked("Who needs help?"), marked("Who needs help?")),
    AskStep(
        "you",
        YouForm,
        marked("About you"),
        marked("About you"),
        "",
        marked("So we can ask you if we need to."),
        for_another,
    ),
    AskStep("name", NameForm, marked("What is your name?"), marked("What is their name?")),
    AskStep(
        "born",
        BornForm,
        marked("When were you born?"),
        marked("When were they born?"),
        marked("You can leave this empty."),
        marked("You can leave this empty if you do not know."),
    ),
    AskStep("help", HelpForm, marked("What would help?"), marked("What would help them?")),
    AskStep("knows", KnowsForm, "", marked("Do they know you are asking?"), applies=for_another),
    AskStep(
        "reach",
        ReachForm,
        marked("How can we reach you?"),
        marked("How can we reach them?"),
        marked("A phone number is best. The postcode tells us where you live."),
        marked("A phone number is best. The postcode tells us where they live."),
    ),
    AskStep(
        "safe",
        SafeForm,
        marked("Is it safe to contact you like this?"),
        marked("Is it safe to contact them like this?"),
        marked(
            "Think about who else can hear your calls or read your messages. If you leave something empty, "
            "we will only phone, and leave no message."
        ),
        marked(
            "Think about who else can hear their calls or read their messages. The first time, we will ask to speak "
            "with them alone."
        ),
    ),
    AskStep("alone", AloneForm, marked("Is anyone with you now?"), "", applies=_for_me),
    AskStep("need", NeedForm, marked("What makes talking easier?"), marked("What makes talking easier for them?")),
    AskStep(
        "second",
        SecondForm,
        marked("Who lives with you and would like help too?"),
        marked("Who lives with them and would like help too?"),
        marked(
            "We make a separate request for them, and speak with each of you alone. Leave everything empty if there is "
            "nobody."
        ),
        marked(
            "We make a separate request for them, and speak with each person alone. Leave everything empty if there is "
            "nobody."
        ),
        optional=True,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
