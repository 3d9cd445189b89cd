"""Recording, gently, that somebody has died, and putting a mistake right."""

from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.kernel.words import sentence
from linkwell.people.death import DeathDetails
from linkwell.people.models import DeathSource


def _number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=most,
        widget=forms.TextInput,
        error_messages={
            "invalid": f"{label} must be a number.",
            "min_value": f"{label} must be 1 or more.",
            "max_value": f"{label} must be {most} or less.",
        },
    )


class DeathForm(PlainForm):
    """What we were told. Only who told us, and whether it is certain, must be answered."""

    source = forms.ChoiceField(
        label="Who told us?",
        choices=[(each.value, sentence(each.label)) for each in DeathSource if each != DeathSource.FEED],
        widget=forms.RadioSelect,
    )
    told_by_name = forms.CharField(label="Their name, if you know it", max_length=120, required=False)
    day = _number("Day", 31)
    month = _number("Month", 12)
    year = _number("Year", 9999)
    confirmed = forms.ChoiceField(
        label="Is it certain?",
        choices=[("yes", "Yes"), ("no", "Not yet. Somebody will make sure")],
        widget=forms.RadioSelect,
        help_text="Certain means that the family, a clinician or a notice said so, and that it is this person",
    )

    @staticmethod
    def starting_from(known: DeathDetails | None) -> dict[str, Any]:
        if known is None:
            return {}
        return {
            "source": known.source,
            "told_by_name": known.told_by_name,
            "day": known.day,
            "month": known.month,
            "year": known.year,
            "confirmed": "yes" if known.confirmed else "no",
        }

    def details(self) -> DeathDetails:
        typed = self.cleaned_data
        return DeathDetails(
            source=typed["source"],
            confirmed=typed["confirmed"] == "yes",
            year=typed["year"],
            month=typed["month"],
            day=typed["day"],
            told_by_name=typed["told_by_name"],
        )


class UndoDeathForm(PlainForm):
    reason = forms.CharField(
        label="How did the mistake come about?",
        max_length=300,
        help_text="For example, another person of the same name",
    )
