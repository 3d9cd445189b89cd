"""Who belongs together, and carers with a record of their own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.people import actions, presenters, queries
from linkwell.people.forms import LinkTogetherForm, TogetherForm
from linkwell.people.views.common import person_form


def household(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Who this person belongs together with, as far as both agreed."""
    page = {
        "name": queries.open_record(request.scope, person_id),
        "person_id": person_id,
        "back_url": presenters.person_url(person_id),
        "rows": queries.household(request.scope, person_id),
    }
    return render(request, "people/household.jinja", page)


def answer(request: ScopedRequest, person_id: UUID, together_id: UUID) -> HttpResponse:
    """Note what this one person said, asked alone."""
    if together_id not in {row.id for row in queries.household(request.scope, person_id)}:
        raise Http404
    form = TogetherForm(
        request.POST if request.method == "POST" else None,
        interpreter=queries.interpreter_for(request.scope, person_id),
    )

    def save() -> None:
        actions.answer_household(
            scope=request.scope,
            person_id=person_id,
            link_id=together_id,
            agreed=form.cleaned_data["agreed"] == "yes",
            asked_alone=form.cleaned_data["asked_alone"],
            interpreted_by=form.cleaned_data.get("interpreted_by", ""),
        )

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Ask them alone",
        done="Noted.",
        lead="Nobody else is told what they say here. Each page names the other only when both have said yes.",
        back_url=reverse("people:household", args=[person_id]),
    )


def end(request: ScopedRequest, person_id: UUID, together_id: UUID) -> HttpResponse:
    actions.end_household(scope=request.scope, person_id=person_id, link_id=together_id)
    messages.success(request, "They are no longer noted together. Their own records are as they were.")
    return redirect("people:household", person_id)


def find(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Look for the record of somebody this person belongs together with, or that a carer has of their own."""
    text = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    found = queries.people(request.scope, text, page_number(request)) if text else None
    own, related = set(queries.resolved_ids(request.scope, person_id)), _carer(request)
    page = {
        "name": queries.open_record(request.scope, person_id),
        "person_id": person_id,
        "back_url": reverse("people:household", args=[person_id]),
        "q": text,
        "related": related or "",
        "rows": [
            {"name": row.name, "link_url": _link_url(person_id, row.person_id, related)}
            for row in (found.rows if found else ())
            if row.person_id not in own
        ],
    }
    return render(request, "people/household_find.jinja", page)


def _carer(request: ScopedRequest) -> UUID | None:
    """Somebody around the person whose own record is looked for, when the page was opened from there."""
    try:
        return UUID(request.GET.get("for", ""))
    except ValueError:
        return None


def _link_url(person_id: UUID, other_id: UUID, related: UUID | None) -> str:
    if related:
        return f"{reverse('people:own_record', args=[person_id, other_id])}?for={related}"
    return reverse("people:link_household", args=[person_id, other_id])


def own_record(request: ScopedRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Somebody around a person has a record of their own: say so, once seen who it is."""
    related = _carer(request)
    if related is None:
        raise Http404
    if request.method == "POST":
        actions.point_to_own_record(
            scope=request.scope, person_id=person_id, related_id=related, own_record_id=other_id
        )
        messages.success(request, "Noted. Ask each of them alone whether their page may name the other.")
        return redirect("people:household", person_id)
    page = {
        "name": queries.open_record(request.scope, person_id),
        "other": queries.open_record(request.scope, other_id),
        "person_id": person_id,
        "back_url": presenters.contacts_url(person_id),
    }
    return render(request, "people/own_record.jinja", page)


def link(request: ScopedRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Say how the two belong together."""
    form = LinkTogetherForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        said = form.cleaned_data["relationship"]
        carer = {"they_care": person_id, "cared_for": other_id}.get(said)
        actions.link_household(
            scope=request.scope,
            one_id=person_id,
            other_id=other_id,
            relationship="carer" if carer else said,
            carer_id=carer,
        )

    return person_form(
        request,
        person_id,
        form,
        save,
        heading=f"{queries.open_record(request.scope, other_id)} and this person",
        done="Noted. Ask each of them alone whether their page may name the other.",
        lead="Nothing of one record is shown in the other.",
        back_url=reverse("people:household", args=[person_id]),
    )
