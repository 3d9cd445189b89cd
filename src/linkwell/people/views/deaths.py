"""That somebody has died: recording it, seeing what it stopped, and putting a mistake right."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linkwell.core.routes import ScopedRequest
from linkwell.people import actions, queries
from linkwell.people.forms.deaths import DeathForm, UndoDeathForm
from linkwell.people.views.common import person_form


def death(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    known = queries.death_of(request.scope, person_id)
    start = DeathForm.starting_from(known.details if known else None)
    form = DeathForm(request.POST if request.method == "POST" else None, initial=start)

    def save() -> None:
        actions.record_death(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="They have died",
        done="Recorded. Nothing more is sent to them.",
        template="people/death.jinja",
        known=known,
        stopped=queries.stopped_by_death(request.scope, person_id),
        undone=queries.undone_death(request.scope, person_id),
    )


def undo_death(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    page = reverse("people:death", args=[person_id])
    if queries.death_of(request.scope, person_id) is None:
        # Somebody else's person is not there, rather than alive.
        queries.contact_card(request.scope, person_id)
        return redirect(page)
    form = UndoDeathForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.undo_death(scope=request.scope, person_id=person_id, reason=form.cleaned_data["reason"])

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="They have not died",
        done="Put right. See below what somebody still has to do.",
        template="people/undo_death.jinja",
        back_url=page,
    )
