"""About me, agreements and risks."""

from collections.abc import Iterable
from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.kernel.words import sentence
from linkwell.people.capacity import CanAgree
from linkwell.people.details import AboutMeWords
from linkwell.people.forms.access import interpreted_by_field
from linkwell.people.forms.agreeing import agreed_by_field
from linkwell.people.models import AgreementAnswer, AgreementHow, AgreementSubject


def _words(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=4000, widget=forms.Textarea)


class AboutMeForm(PlainForm):
    """The questions of "About me", in the order people like to be asked. Any may stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    matters_most = _words("What matters most to me", "In their own words, as they say them")
    people_important = _words("People who are important to me")
    how_i_communicate = _words("How I communicate, and how to communicate with me")
    my_wellness = _words("My wellness: how I am on a good day, and on a bad one")
    please_do = _words("Please do")
    please_do_not = _words("Please don’t")
    how_and_when = _words("How and when to support me")
    also_know = _words("Also worth knowing about me")
    supported_by = forms.CharField(
        label="Who helped them to say this?", max_length=120, required=False, help_text="Leave empty if nobody did"
    )

    def words(self) -> AboutMeWords:
        return AboutMeWords(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class AgreementForm(PlainForm):
    subject = forms.ChoiceField(
        label="What is it about?",
        choices=[(each.value, sentence(each.label)) for each in AgreementSubject if each != "refer_onward"],
        widget=forms.RadioSelect,
    )
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[(AgreementAnswer.AGREED, "Yes, they agree"), (AgreementAnswer.OBJECTED, "No, they do not want this")],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label="How did they say it?",
        choices=[(each.value, sentence(each.label)) for each in AgreementHow],
        widget=forms.RadioSelect,
    )
    asked_alone = forms.BooleanField(label="They were alone, and nobody else could hear", required=False)
    note = forms.CharField(label="Anything to add?", max_length=300, required=False)

    def __init__(self, *args: Any, interpreter: str = "", can_agree: Iterable[CanAgree] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"] = agreed_by_field(can_agree)
        if interpreter:
            self.fields["interpreted_by"] = interpreted_by_field(interpreter)


class WithdrawForm(PlainForm):
    how = forms.ChoiceField(
        label="How did they say it?",
        choices=[(each.value, sentence(each.label)) for each in AgreementHow],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Anything to add?", max_length=300, required=False)


class RiskForm(PlainForm):
    kind = forms.ChoiceField(
        label="What did you find?",
        choices=[("none", "I asked, and no risk is known"), ("risk", "There is a risk")],
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(
        label="What is the risk, and what helps?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Only if there is one. For worries about abuse or neglect, raise a safeguarding concern instead",
    )
