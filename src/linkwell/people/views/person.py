"""The People list, details, needs and restriction."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.paging import page_number
from linkwell.core.permissions import LEADS
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.saved import saved_lists
from linkwell.kernel.errors import Conflict
from linkwell.people import actions, presenters, queries
from linkwell.people.forms import DetailsForm, NeedForm, RestrictForm
from linkwell.people.views.common import person_form


@one_read
def people(request: ScopedRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:100].replace("\x00", "")
    page = queries.people(request.scope, text, page_number(request))
    alike = queries.people_alike(request.scope, text) if text and not page.rows else ()
    shown = {"page": page.map(presenters.person_row), "alike": [presenters.person_row(row) for row in alike]}
    saved = saved_lists(request.scope, "people:list")
    return render(request, "people/list.jinja", {**shown, "q": text, "saved": saved})


def details(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    card = queries.contact_card(request.scope, person_id)
    start = asdict(card.details) | {"version": card.version}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=start)
    conflict: dict[str, object] = {"who": "", "when": "", "rows": []}

    def save() -> None:
        actions.change_person(
            scope=request.scope,
            person_id=person_id,
            expected_version=form.cleaned_data["version"],
            details=form.details(card.details),
        )

    try:
        return person_form(
            request,
            person_id,
            form,
            save,
            heading="Details",
            done="The details are saved.",
            template="people/details.jinja",
            conflict=conflict,
            card=card,
        )
    except Conflict as error:
        # What was typed stays in the form; its version becomes the newest, so that saving again is a decision.
        theirs = presenters.as_typed(asdict(card.details))
        conflict = presenters.conflict(error, form, theirs)
        form.data = presenters.with_version(form, card.version)
        name = queries.open_record(request.scope, person_id)
        page = {
            "form": form,
            "heading": "Details",
            "name": name,
            "person_id": person_id,
            "lead": "",
            "conflict": conflict,
            "card": card,
            "back_url": presenters.person_url(person_id),
        }
        return render(request, "people/details.jinja", page, status=409)


def needs(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = NeedForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.add_requirement(scope=request.scope, person_id=person_id, **form.cleaned_data)

    rows = queries.requirements(request.scope, person_id)
    return person_form(
        request,
        person_id,
        form,
        save,
        heading="What they need",
        done="Added.",
        rows=rows,
        template="people/needs.jinja",
        back_url=request.path if request.method == "POST" else "",
    )


def end_need(request: ScopedRequest, person_id: UUID, requirement_id: UUID) -> HttpResponse:
    actions.end_requirement(scope=request.scope, person_id=person_id, requirement_id=requirement_id)
    return redirect("people:needs", person_id)


def restrict(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    card = queries.contact_card(request.scope, person_id)
    form = RestrictForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.restrict_person(
            scope=request.scope, person_id=person_id, restricted=not card.restricted, reason=form.cleaned_data["reason"]
        )

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Lift the restriction" if card.restricted else "Restrict this record",
        done="The restriction is lifted." if card.restricted else "The record is restricted.",
        template="people/restrict.jinja",
        card=card,
        back_url=reverse("people:details", args=[person_id]),
        may=request.scope.role in LEADS,
    )
