"""Accepting, choosing a link worker, cover, and what comes next."""

from collections.abc import Iterable
from typing import Any

from django import forms

from linkwell.casework.forms.common import AheadField, VersionForm
from linkwell.core.plain_forms import PlainForm

WAITING = "waiting"


class AcceptForm(VersionForm):
    """Who supports them, or the waiting list; and whether they are somebody already known here."""

    same_as = forms.ChoiceField(label="Is this somebody we know?", required=False, widget=forms.RadioSelect)
    worker = forms.ChoiceField(
        label="Who will support them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a link worker or the waiting list"},
    )

    def __init__(
        self, *args: Any, workers: Iterable[tuple[str, str]], known: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("worker", [*workers, (WAITING, "Waiting list")])
        alike = list(known)
        if alike:
            self._choices("same_as", [*alike, ("", "No, make a new record")])
        else:
            del self.fields["same_as"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class AllocateForm(VersionForm):
    worker = forms.ChoiceField(
        label="Who will support them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a link worker"},
    )

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(workers)


class PutBackForm(VersionForm):
    reason = forms.CharField(
        label="Why do they go back to the waiting list?",
        max_length=300,
        error_messages={"required": "Say why they go back to the waiting list"},
    )


class NextForm(VersionForm):
    next_step = forms.CharField(label="What comes next?", max_length=300)
    next_date = AheadField(label="By when?")


class WeightForm(VersionForm):
    """How heavy a case is for a caseload. Heavier for more time, not for a person being difficult."""

    weight = forms.TypedChoiceField(
        label="How much time does this support take?",
        choices=[
            (1, "As usual"),
            (2, "Twice as much as usual"),
            (3, "Three times"),
            (4, "Four times"),
            (5, "Five times or more"),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much time it takes"},
    )


class CoverForm(PlainForm):
    worker = forms.ChoiceField(label="Who is away?")
    covered_by = forms.ChoiceField(label="Who looks after their people?")
    starts_on = AheadField(label="From")
    ends_on = AheadField(label="Until, and including")

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose somebody"), *workers]
        for name in ("worker", "covered_by"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
