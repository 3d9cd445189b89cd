"""Accepting, choosing a link worker, and what comes next."""

from collections.abc import Iterable
from typing import Any

from django import forms

from linkwell.casework.forms.common import AheadField, VersionForm
from linkwell.casework.forms.load import ComplexityFields

WAITING = "waiting"


class AcceptForm(ComplexityFields, VersionForm):
    """Who supports them and how complex that is, or the waiting list; and whether they are already known here."""

    same_as = forms.ChoiceField(label="Is this somebody we know?", required=False, widget=forms.RadioSelect)
    worker = forms.ChoiceField(
        label="Who will support them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a link worker or the waiting list"},
    )

    together = forms.BooleanField(label="Accept both", required=False)

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[str, str]],
        known: Iterable[tuple[str, str]] = (),
        named_with: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if named_with:
            self.fields["together"].label = f"Accept {named_with} too, with a record and support of their own"
        else:
            del self.fields["together"]
        self._choices("worker", [*workers, (WAITING, "Waiting list")])
        alike = list(known)
        if alike:
            self._choices("same_as", [*alike, ("", "No, make a new record")])
        else:
            del self.fields["same_as"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("worker") == WAITING:
            # Nobody's caseload counts it yet: it is asked when a worker is chosen.
            self.errors.pop("level", None)
        return given

    @property
    def gets_worker(self) -> bool:
        return bool(self.cleaned_data.get("worker")) and self.cleaned_data["worker"] != WAITING

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class AllocateForm(ComplexityFields, VersionForm):
    field_order = ("version", "factors", "level", "worker")

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
