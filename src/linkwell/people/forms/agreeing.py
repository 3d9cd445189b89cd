"""The question "Who said yes?", on every form that records an agreement."""

from collections.abc import Iterable

from django import forms

from linkwell.people.capacity import CanAgree, from_value
from linkwell.people.deciding import AgreedBy, By


def agreed_by_field(choices: Iterable[CanAgree]) -> forms.ChoiceField:
    """The person is chosen already: hardly ever is it anybody else."""
    return forms.ChoiceField(
        label="Who said yes?",
        choices=[(each.value, each.words) for each in choices],
        widget=forms.RadioSelect,
        required=False,
        initial=By.PERSON.value,
    )


def agreed_by(cleaned: dict[str, object]) -> AgreedBy:
    """What was chosen on a form that is valid; the person where the question was not answered."""
    return from_value(str(cleaned.get("agreed_by") or By.PERSON.value))
