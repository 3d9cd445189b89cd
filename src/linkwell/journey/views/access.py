"""Everything somebody may have of their own record, what they do not agree with, and the file to hand over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linkwell.casework import queries as casework
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import saved
from linkwell.journey.bundle import bundle
from linkwell.journey.forms import StatementForm, ThirdPartyForm
from linkwell.journey.queries.access import whole_record
from linkwell.kernel.errors import NotFound
from linkwell.people import queries as people
from linkwell.people.actions.statements import decide_third_party, record_statement
from linkwell.people.permissions import RETENTION


def everything(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """What others told us, each with its decision, and the file made from these. Nothing is in it by itself."""
    scope = request.scope
    whole = whole_record(scope, person_id)
    form = ThirdPartyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        about = next((each for each in whole.told if each.id == form.cleaned_data["about"]), None)
        if about is None:
            raise Http404

        def save() -> None:
            decide_third_party(
                scope=scope,
                person_id=person_id,
                source_kind=about.kind,
                source_id=about.id,
                include=form.cleaned_data["choice"] == "include",
                reason=form.cleaned_data["reason"],
            )

        if saved(form, save):
            messages.success(request, "Noted. The file is made from what was decided so far.")
            return redirect("journey:everything", person_id)
    page = {
        "name": whole.copy.banner.name,
        "person_id": person_id,
        "whole": whole,
        "form": form,
        "left": sum(not each.included for each in whole.told),
        "may_hold": scope.may(RETENTION),
    }
    return render(request, "journey/everything.jinja", page, status=422 if form.errors else 200)


@require_safe
def everything_file(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """The zip file, made now."""
    answer = HttpResponse(bundle(request.scope, person_id), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="record.zip"'
    return answer


def do_not_agree(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """What the person says of a note, or of the whole record, kept beside it."""
    scope = request.scope
    about = (request.POST if request.method == "POST" else request.GET).get("about", "")
    kind, about_id, words = _about(scope, person_id, about)
    form = StatementForm(request.POST if request.method == "POST" else None, initial={"about": about})

    def save() -> None:
        record_statement(
            scope=scope, person_id=person_id, about_kind=kind, about_id=about_id, text=form.cleaned_data["text"]
        )

    back = reverse("casework:conversation", args=[about_id]) if kind == "interaction" else ""
    back = back or reverse("journey:everything", args=[person_id])
    if request.method == "POST" and saved(form, save):
        messages.success(request, "Kept beside what it is about. Nothing was changed.")
        return redirect(back)
    name = people.open_record(scope, person_id)
    page = {"form": form, "name": name, "person_id": person_id, "words": words, "back_url": back}
    return render(request, "journey/do_not_agree.jinja", page, status=422 if form.errors else 200)


def _about(scope: Scope, person_id: UUID, text: str) -> tuple[str, UUID, str]:
    """What a statement is about: one conversation of this person, or the whole record. 404 for anything else."""
    if not text:
        return "person", person_id, "the record as a whole"
    try:
        row = casework.interaction(scope, UUID(text))
    except (ValueError, NotFound):
        raise Http404 from None
    if row.person_id not in people.resolved_ids(scope, person_id):
        raise Http404
    return "interaction", row.id, row.newest_note
