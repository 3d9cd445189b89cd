"""Who can decide, who acts for somebody, and best-interests decisions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.routes import ScopedRequest
from linkwell.people import actions, presenters, queries
from linkwell.people.forms.capacity import ActsForForm, BestInterestsForm, CapacityForm
from linkwell.people.views.common import person_form


def capacity(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    page = {
        "name": queries.open_record(request.scope, person_id),
        "person_id": person_id,
        "back_url": presenters.person_url(person_id),
        "found": queries.capacity(request.scope, person_id),
    }
    return render(request, "people/capacity.jinja", page)


def judge(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = CapacityForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_capacity(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Can they decide this?",
        lead="Always about one decision, at one time, and after everything was done to help them decide.",
        done="Recorded.",
        back_url=_page(person_id),
    )


def add_acts_for(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = ActsForForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.add_acts_for(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request, person_id, form, save, heading="Who acts for them?", done="Added.", back_url=_page(person_id)
    )


def document_seen(request: ScopedRequest, person_id: UUID, acts_for_id: UUID) -> HttpResponse:
    actions.say_document_seen(scope=request.scope, person_id=person_id, acts_for_id=acts_for_id)
    return redirect(_page(person_id))


def end_acts_for(request: ScopedRequest, person_id: UUID, acts_for_id: UUID) -> HttpResponse:
    actions.end_acts_for(scope=request.scope, person_id=person_id, acts_for_id=acts_for_id)
    return redirect(_page(person_id))


def best_interests(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = BestInterestsForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_best_interests(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Decide in their best interests",
        done="Recorded.",
        back_url=_page(person_id),
    )


def end_best_interests(request: ScopedRequest, person_id: UUID, best_interests_id: UUID) -> HttpResponse:
    actions.end_best_interests(scope=request.scope, person_id=person_id, best_interests_id=best_interests_id)
    return redirect(_page(person_id))


def _page(person_id: UUID) -> str:
    return reverse("people:capacity", args=[person_id])
