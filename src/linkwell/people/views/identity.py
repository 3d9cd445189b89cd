"""Records that may be the same person, side by side. A person decides, and can undo it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved
from linkwell.people import actions, linking, presenters, queries
from linkwell.people.forms import LinkForm


def same_person(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Links that stand, and records that look alike."""
    scope = request.scope
    card = queries.contact_card(scope, person_id)
    known, phone = card.details, next((row.value for row in card.contacts if row.kind != "email"), "")
    alike = queries.possible_duplicates(
        scope,
        given_name=known.given_name,
        family_name=known.family_name,
        date_of_birth=known.date_of_birth,
        nhs_number=known.nhs_number,
        phone="" if card.restricted else phone,
        postcode="" if card.restricted else known.postcode,
        leave_out=queries.resolved_ids(scope, person_id),
    )
    page = {
        "name": queries.open_record(scope, person_id),
        "person_id": person_id,
        "back_url": presenters.person_url(person_id),
        "links": queries.identity_links(scope, person_id),
        "alike": alike,
    }
    return render(request, "people/same_person.jinja", page)


def side_by_side(request: ScopedRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    scope = request.scope
    cards = [queries.contact_card(scope, each) for each in (person_id, other_id)]
    warnings = linking.warnings(scope, person_id, other_id)
    form = LinkForm(request.POST if request.method == "POST" else None, warned=bool(warnings))

    def save() -> None:
        reason = form.cleaned_data["reason"]
        actions.link_identity(scope=scope, record_id=person_id, same_as_id=other_id, reason=reason)

    if request.method == "POST" and saved(form, save):
        messages.success(request, "The two records are now read together. You can undo this at any time.")
        return redirect("people:same_person", person_id)
    names = [queries.open_record(scope, each) for each in (person_id, other_id)]
    rows = presenters.side_by_side(*cards)
    page = {"form": form, "names": names, "rows": rows, "person_id": person_id, "warnings": warnings}
    return render(request, "people/side_by_side.jinja", page)


def undo(request: ScopedRequest, person_id: UUID, link_id: UUID) -> HttpResponse:
    actions.undo_identity_link(scope=request.scope, link_id=link_id)
    messages.success(request, "Undone. Each record is read on its own again, with everything it had.")
    return redirect("people:same_person", person_id)
