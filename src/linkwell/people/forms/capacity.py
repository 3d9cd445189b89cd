"""Whether somebody can decide one thing, who acts for them, and best-interests decisions."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import clock
from linkwell.kernel.words import sentence
from linkwell.people.capacity import FOUR_QUESTIONS, ActsForDetails, BestInterestsDetails, CapacityDetails
from linkwell.people.deciding import ACTS_AS_WORDS
from linkwell.people.forms.children import DECISIONS

_YES_NO = [("yes", "Yes"), ("no", "No")]


def _words(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea, help_text=hint)


def _question(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=FOUR_QUESTIONS[name], choices=_YES_NO, widget=forms.RadioSelect)


class CapacityForm(PlainForm):
    decision = forms.ChoiceField(label="What is there to decide?", choices=DECISIONS, widget=forms.RadioSelect)
    in_words = forms.CharField(
        label="The decision in your own words", max_length=300, help_text="One decision. Ask again for another"
    )
    assessed_by_name = forms.CharField(label="Who judged this?", max_length=120)
    assessed_on = DateBoxesField(label="When?")
    help_given = _words(
        "What was done to help them decide?", "A better time, pictures, an interpreter, a familiar face"
    )
    understands = _question("understands")
    remembers = _question("remembers")
    weighs = _question("weighs")
    tells = _question("tells")
    reasons = _words("What makes you say so?", "For each question answered no, what you saw and why it is so")

    def details(self) -> CapacityDetails:
        return CapacityDetails(
            **(self.cleaned_data | {each: self.cleaned_data[each] == "yes" for each in FOUR_QUESTIONS})
        )


class ActsForForm(PlainForm):
    kind = forms.ChoiceField(
        label="In what way do they act?",
        choices=[(each.value, sentence(words)) for each, words in ACTS_AS_WORDS.items()],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Their name", max_length=120)
    phone = forms.CharField(label="Their phone number", max_length=40, required=False)
    seen = forms.BooleanField(
        label="I have seen the document that says so",
        required=False,
        help_text="Without it they cannot agree to anything. An advocate needs none",
    )
    note = forms.CharField(label="Anything to add?", max_length=300, required=False)

    def details(self) -> ActsForDetails:
        typed = self.cleaned_data
        seen_on = clock.today() if typed["seen"] else None
        return ActsForDetails(typed["kind"], typed["name"], typed["phone"], seen_on, typed["note"])


class BestInterestsForm(PlainForm):
    decision = forms.ChoiceField(label="What was there to decide?", choices=DECISIONS, widget=forms.RadioSelect)
    agreed = forms.ChoiceField(
        label="What was decided?",
        choices=[("yes", "Yes, it goes ahead"), ("no", "No, it does not")],
        widget=forms.RadioSelect,
    )
    what_was_decided = _words("What exactly, and why is it best for them?")
    their_wishes = _words("What do they wish, or would they have wished?")
    consulted = _words("Who was asked?", "Family, carers, an advocate, and what each of them said")
    decided_by_name = forms.CharField(label="Who decided?", max_length=120)
    decided_on = DateBoxesField(label="When?")

    def details(self) -> BestInterestsDetails:
        typed: dict[str, Any] = dict(self.cleaned_data)
        return BestInterestsDetails(**(typed | {"agreed": typed["agreed"] == "yes"}))
