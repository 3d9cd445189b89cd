"""School and care, the adults around a child, and what a young person decides."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel.words import sentence
from linkwell.people.children import AdultDetails, AdultRow, OwnDecisionDetails, YoungDetails
from linkwell.people.deciding import DECISION_WORDS, Decision
from linkwell.people.models import HowKnown, LookedAfter, MayContact, Responsibility

_SAFE = [("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked")]
_ANSWERS = {"yes": True, "no": False}
_SAID = {True: "yes", False: "no", None: "not_asked"}


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(each.value, sentence(each.label)) for each in kind]


DECISIONS = [(each.value, sentence(DECISION_WORDS[each])) for each in Decision]


class YoungPersonForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    school = forms.CharField(label="School or college", max_length=160, required=False)
    looked_after = forms.ChoiceField(
        label="Are they looked after?", choices=_choices(LookedAfter), widget=forms.RadioSelect
    )
    local_authority = forms.CharField(
        label="Which council?", max_length=120, required=False, help_text="The council that looks after them"
    )

    def details(self) -> YoungDetails:
        typed = self.cleaned_data
        return YoungDetails(typed["school"], typed["looked_after"], typed["local_authority"])


class AdultForm(PlainForm):
    """A parent or another adult. Parents are apart: each has their own answers."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Their name", max_length=120)
    relationship = forms.CharField(label="Who are they to the child?", max_length=60, help_text="For example, mother")
    responsibility = forms.ChoiceField(
        label="Do they have parental responsibility?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known yet")],
        widget=forms.RadioSelect,
        help_text="The right in law to decide for a child. Not every parent has it",
    )
    how_known = forms.ChoiceField(
        label="How do we know?",
        choices=_choices(HowKnown),
        widget=forms.RadioSelect,
        required=False,
        help_text="Only if they have it",
    )
    may_contact = forms.ChoiceField(
        label="May we contact them?",
        choices=_choices(MayContact),
        widget=forms.RadioSelect,
        help_text="“Do not contact” is followed everywhere, whatever anybody else says",
    )
    phone = forms.CharField(label="Their phone number", max_length=40, required=False)
    email = forms.CharField(label="Their e-mail address", max_length=254, required=False)
    safe_text = forms.ChoiceField(label="Did they say that texts are safe?", choices=_SAFE, widget=forms.RadioSelect)
    safe_email = forms.ChoiceField(label="Did they say that e-mail is safe?", choices=_SAFE, widget=forms.RadioSelect)

    @staticmethod
    def starting_from(row: AdultRow | None) -> dict[str, Any]:
        if row is None:
            return {"responsibility": Responsibility.NOT_KNOWN, "may_contact": MayContact.NOT_ASKED,
                    "safe_text": "not_asked", "safe_email": "not_asked"}  # fmt: skip
        given = row.details
        names = ("name", "relationship", "responsibility", "how_known", "may_contact", "email")
        start: dict[str, Any] = {name: getattr(given, name) for name in names}
        said = {"safe_text": _SAID[given.safe_text], "safe_email": _SAID[given.safe_email]}
        return start | said | {"phone": row.phone_shown, "version": row.version}

    def details(self) -> AdultDetails:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        said = {name: _ANSWERS.get(typed[name]) for name in ("safe_text", "safe_email")}
        return AdultDetails(**(typed | said))


class OwnDecisionForm(PlainForm):
    """Whether a young person decides one thing for themselves (Gillick)."""

    decision = forms.ChoiceField(label="What is there to decide?", choices=DECISIONS, widget=forms.RadioSelect)
    decides = forms.ChoiceField(
        label="Do they understand enough to decide it themselves?",
        choices=[("yes", "Yes, they decide"), ("no", "No, not this")],
        widget=forms.RadioSelect,
    )
    judged_by_name = forms.CharField(label="Who judged this?", max_length=120)
    judged_on = DateBoxesField(label="When?")
    reasons = forms.CharField(
        label="Why?", max_length=4000, widget=forms.Textarea, help_text="What they understood, in their own words"
    )

    def details(self) -> OwnDecisionDetails:
        return OwnDecisionDetails(**(self.cleaned_data | {"decides": self.cleaned_data["decides"] == "yes"}))
