"""Cover, and sharing out a caseload."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.casework.forms.common import AheadField
from linkwell.core.plain_forms import PlainForm
from linkwell.workforce.rows import CaseToGive

Choices = Iterable[tuple[str, str]]


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = [("", "Choose somebody"), *choices]


class CoverDaysForm(PlainForm):
    """Who is away, and when."""

    worker = forms.TypedChoiceField(
        label="Who is away?", coerce=UUID, error_messages={"required": "Choose who is away"}
    )
    starts_on = AheadField(label="From")
    ends_on = AheadField(label="Until, and including")

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "worker", workers)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", "Cover cannot end before it starts")
        return given


class CoverForm(CoverDaysForm):
    """Who is away, when, and who looks after everybody."""

    covered_by = forms.TypedChoiceField(
        label="Who looks after their people?",
        help_text="To share them between several colleagues, choose the days and press “Share between several”.",
        coerce=UUID,
        error_messages={"required": "Choose who looks after their people"},
    )

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        listed = list(workers)
        super().__init__(*args, workers=listed, **kwargs)
        _offer(self, "covered_by", listed)


def field_of(case: CaseToGive) -> str:
    return f"to_{case.case_id}"


def shared_form(
    data: Any, cases: Sequence[CaseToGive], colleagues: Sequence[tuple[str, str]], *, rest: bool, start: dict[str, str]
) -> PlainForm:
    """One choice of colleague for each person of a caseload; with `rest`, also who has whatever comes meanwhile."""
    form = PlainForm(data, initial=start)
    for case in cases:
        form.fields[field_of(case)] = forms.TypedChoiceField(
            label=f"Who takes on {case.name}?",
            choices=colleagues,
            coerce=UUID,
            error_messages=dict.fromkeys(("required", "invalid_choice"), f"Choose who takes on {case.name}"),
        )
    if rest:
        form.fields["rest"] = forms.TypedChoiceField(
            label="Who has everything else that comes meanwhile?",
            help_text="New people, and things to do about nobody in particular.",
            choices=colleagues,
            coerce=UUID,
        )
    return form


def chosen(form: PlainForm, cases: Sequence[CaseToGive]) -> dict[UUID, UUID]:
    """Case id to colleague, from a valid form."""
    return {case.case_id: form.cleaned_data[field_of(case)] for case in cases}
