"""Raising a safeguarding concern, and the lead's queue."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved
from linkwell.kernel.errors import Conflict
from linkwell.people import actions, forms, presenters, queries
from linkwell.people.views.common import person_form

# What can be done from here: the words of the button, its form, and its action. Which of them depends on the state.
STEPS: dict[str, Any] = {
    "take": ("I have it", forms.TakeConcernForm, actions.take_concern),
    "note": ("Add what was done", forms.NoteForm, actions.note_on_concern),
    "refer": ("Refer it", forms.ReferConcernForm, actions.refer_concern),
    "feedback": ("They answered", forms.FeedbackForm, actions.record_feedback),
    "watch": ("No referral, keep watching", forms.WatchConcernForm, actions.watch_concern),
    "close": ("Close it", forms.CloseConcernForm, actions.close_concern),
}
LEADS_TO = {"lead_told": "take", "referred": "refer", "feedback": "feedback", "watching": "watch", "closed": "close"}


def raise_concern(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = forms.ConcernForm(
        request.POST if request.method == "POST" else None,
        initial={"submission_key": uuid4()},
        interpreter=queries.interpreter_for(request.scope, person_id),
    )

    def save() -> None:
        actions.raise_concern_once(
            scope=request.scope,
            submission_key=form.cleaned_data["submission_key"],
            person_id=person_id,
            concern=form.details(),
        )

    done = "The safeguarding lead has been told. If anyone is in danger now, phone 999."
    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Raise a safeguarding concern",
        done=done,
        template="people/raise_concern.jinja",
    )


def queue(request: ScopedRequest) -> HttpResponse:
    closed = request.GET.get("show") == "closed"
    page = queries.concerns(request.scope, page_number(request), closed=closed)
    waiting = queries.open_concerns(request.scope)
    view = {"page": page.map(presenters.concern_row), "closed": closed, "waiting": waiting}
    return render(request, "people/concerns.jinja", view)


def concern(request: ScopedRequest, concern_id: UUID) -> HttpResponse:
    record = queries.concern(request.scope, concern_id)
    can = [LEADS_TO[state] for state in LEADS_TO if state in presenters.concern_moves(record.row.state)]
    steps = [
        (name, STEPS[name][0]) for name in STEPS if name in can or (name == "note" and record.row.state != "closed")
    ]
    return render(
        request, "people/concern.jinja", {"view": presenters.concern(record), "steps": steps, "id": concern_id}
    )


def step(request: ScopedRequest, concern_id: UUID, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404
    label, make, act = STEPS[name]
    record = queries.concern(request.scope, concern_id)
    form = make(request.POST if request.method == "POST" else None, initial={"version": record.version})

    def save() -> None:
        typed = dict(form.cleaned_data)
        act(scope=request.scope, concern_id=concern_id, expected_version=typed.pop("version"), **typed)

    changed = False
    try:
        if request.method == "POST" and saved(form, save):
            messages.success(request, "Saved.")
            return redirect("safeguarding:concern", concern_id)
    except Conflict:
        changed = True
        form.data = presenters.with_version(form, record.version)
    page = {
        "form": form,
        "heading": label,
        "changed": changed,
        "name": record.row.person_name,
        "lead": "",
        "back_url": reverse("safeguarding:concern", args=[concern_id]),
    }
    return render(request, "people/concern_step.jinja", page, status=409 if changed else 200)
