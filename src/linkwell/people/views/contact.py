"""Safe contact, numbers, people around somebody, and getting into their home."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved
from linkwell.people import actions, presenters, queries, safe
from linkwell.people.forms import ContactPointForm, HomeNoteForm, HomeReasonForm, RelatedForm, SafeContactForm
from linkwell.people.views.common import person_form


def safe_contact(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    scope = request.scope
    stands = queries.safe_answers(scope, person_id)
    start = SafeContactForm.starting_from(stands)
    known = queries.contact_card(scope, person_id).contacts
    form = SafeContactForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        contacts=known,
        interpreter=queries.interpreter_for(scope, person_id),
    )
    history = (
        [] if request.method == "POST" else presenters.safe_history(queries.safe_contact_history(scope, person_id))
    )
    reasons = () if request.method == "POST" else queries.safe_reasons(scope, person_id)

    def save() -> None:
        actions.record_safe_contact(
            scope=scope,
            person_id=person_id,
            answers=form.answers(),
            numbers=form.numbers(),
            interpreted_by=form.cleaned_data.get("interpreted_by", ""),
        )
        _warn_of_unconfirmed(request, person_id)

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="How is it safe to reach them?",
        done="The answers are saved.",
        template="people/safe_contact.jinja",
        unusable=safe.not_yet_usable(stands, known),
        history=history,
        reasons=reasons,
    )


def _warn_of_unconfirmed(request: ScopedRequest, person_id: UUID) -> None:
    """A yes to texts without a number of theirs sends nothing: say so at once, with what to do."""
    card = queries.contact_card(request.scope, person_id)
    for line in safe.not_yet_usable(queries.safe_answers(request.scope, person_id), card.contacts):
        messages.warning(request, f"{line}. Ask them which is theirs and only theirs, then answer that here.")


def contacts(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = ContactPointForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.add_contact_point(scope=request.scope, person_id=person_id, **form.cleaned_data)

    card = queries.contact_card(request.scope, person_id)
    related = queries.related_contacts(request.scope, person_id)
    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Phone, e-mail and people around them",
        done="Added.",
        template="people/contacts.jinja",
        card=card,
        related=related,
        back_url=request.path if request.method == "POST" else "",
    )


def confirm_contact(request: ScopedRequest, person_id: UUID, point_id: UUID) -> HttpResponse:
    actions.confirm_contact_point(scope=request.scope, person_id=person_id, point_id=point_id)
    return redirect("people:contacts", person_id)


def end_contact(request: ScopedRequest, person_id: UUID, point_id: UUID) -> HttpResponse:
    actions.end_contact_point(scope=request.scope, person_id=person_id, point_id=point_id)
    return redirect("people:contacts", person_id)


def add_related(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = RelatedForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.add_related_contact(scope=request.scope, person_id=person_id, details=form.details())

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Add somebody around them",
        done="Added.",
        back_url=presenters.contacts_url(person_id),
    )


def end_related(request: ScopedRequest, person_id: UUID, related_id: UUID) -> HttpResponse:
    actions.end_related_contact(scope=request.scope, person_id=person_id, related_id=related_id)
    return redirect("people:contacts", person_id)


def home_access(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Asks why first; the note is shown once, in the answer to that question, and never kept by the browser."""
    form = HomeReasonForm(request.POST if request.method == "POST" else None)
    shown: dict[str, object] = {"note": "", "opened": False, "edit": HomeNoteForm()}

    def save() -> None:
        note = actions.open_home_access(scope=request.scope, person_id=person_id, reason=form.cleaned_data["reason"])
        shown.update(note=note, opened=True, edit=HomeNoteForm(initial={"note": note}))

    if request.method == "POST":
        saved(form, save)
    name = queries.open_record(request.scope, person_id)
    page = {"form": form, "name": name, "person_id": person_id, "back_url": presenters.person_url(person_id), **shown}
    return render(request, "people/home_access.jinja", page)


def change_home_access(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = HomeNoteForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_home_access(scope=request.scope, person_id=person_id, note=form.cleaned_data["note"])

    return person_form(request, person_id, form, save, heading="Getting into their home", done="The note is saved.")
