"""School and care, the adults around a child, and what a young person decides."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.routes import ScopedRequest
from linkwell.people import actions, presenters, queries
from linkwell.people.forms.children import AdultForm, OwnDecisionForm, YoungPersonForm
from linkwell.people.views.common import person_form


def young_person(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Everything about who is responsible, on one page."""
    page = {
        "name": queries.open_record(request.scope, person_id),
        "person_id": person_id,
        "back_url": presenters.person_url(person_id),
        "young": queries.young_person(request.scope, person_id),
    }
    return render(request, "people/young_person.jinja", page)


def school(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    row = queries.young_person(request.scope, person_id)
    start = {
        "version": row.version,
        "school": row.details.school,
        "looked_after": row.details.looked_after,
        "local_authority": row.details.local_authority,
    }
    form = YoungPersonForm(request.POST if request.method == "POST" else None, initial=start)

    def save() -> None:
        version = form.cleaned_data["version"]
        actions.record_young_person(
            scope=request.scope, person_id=person_id, expected_version=version, details=form.details()
        )

    return person_form(
        request, person_id, form, save, heading="School and care", done="Saved.", back_url=_page(person_id)
    )


def add_adult(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = AdultForm(request.POST if request.method == "POST" else None, initial=AdultForm.starting_from(None))

    def save() -> None:
        actions.add_responsible_adult(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(request, person_id, form, save, heading="Add an adult", done="Added.", back_url=_page(person_id))


def change_adult(request: ScopedRequest, person_id: UUID, adult_id: UUID) -> HttpResponse:
    row = queries.responsible_adult(request.scope, person_id, adult_id)
    form = AdultForm(request.POST if request.method == "POST" else None, initial=AdultForm.starting_from(row))

    def save() -> None:
        actions.change_responsible_adult(
            scope=request.scope,
            person_id=person_id,
            adult_id=adult_id,
            expected_version=form.cleaned_data["version"] or 0,
            details=form.details(),
        )

    return person_form(
        request, person_id, form, save, heading=row.details.name, done="Saved.", back_url=_page(person_id)
    )


def end_adult(request: ScopedRequest, person_id: UUID, adult_id: UUID) -> HttpResponse:
    actions.end_responsible_adult(scope=request.scope, person_id=person_id, adult_id=adult_id)
    return redirect(_page(person_id))


def own_decision(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = OwnDecisionForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_own_decision(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Do they decide this themselves?",
        done="Recorded.",
        back_url=_page(person_id),
    )


def _page(person_id: UUID) -> str:
    return reverse("people:young_person", args=[person_id])
