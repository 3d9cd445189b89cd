"""What was typed beside a record that is like it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from linkwell.journey.forms import AddPersonForm
from linkwell.kernel import words
from linkwell.people.details import Likeness


@dataclass(frozen=True, slots=True)
class Beside:
    """One record that may be the same person: its page, and the rows of a table with what was typed."""

    id: UUID
    name: str
    url: str
    rows: tuple[dict[str, str], ...]
    alike: tuple[str, ...]
    different: tuple[str, ...]


def beside(form: AddPersonForm, one: Likeness) -> Beside:
    typed = form.cleaned_data
    born = typed.get("date_of_birth")
    rows = (
        {"label": "Name", "left": f"{typed['given_name']} {typed['family_name']}", "right": one.name},
        {
            "label": "Date of birth",
            "left": words.short_date(born) if born else "",
            "right": words.short_date(one.date_of_birth) if one.date_of_birth else "",
        },
    )
    url = reverse("journey:person", args=[one.person_id])
    return Beside(one.person_id, one.name, url, rows, one.reasons, one.differences)
