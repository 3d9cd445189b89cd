"""Records whose time is over: what would go, proposed by one lead and agreed by another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved
from linkwell.journey.forms import HoldForm, KeepForm
from linkwell.journey.queries import retention as queries
from linkwell.kernel import words
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.people import actions as people_actions
from linkwell.people import queries as people
from linkwell.people.actions import retention as actions
from linkwell.people.permissions import RETENTION

_CHANGED = "Somebody decided this in the meantime. Here is how it stands now."


@require_safe
def due(request: ScopedRequest) -> HttpResponse:
    """Everything whose time is over, what waits for a second person, and what has gone."""
    scope = request.scope
    page = {
        "page": queries.due_records(scope, page_number(request)),
        "waiting": queries.disposals(scope, waiting=True).rows,
        "past": queries.disposals(scope).rows,
    }
    return render(request, "journey/retention.jinja", page)


def preview(request: ScopedRequest, record_id: UUID) -> HttpResponse:
    """What would go with one record, before anybody proposes it."""
    scope = request.scope
    row = queries.due_record(scope, record_id)
    error = ""
    if request.method == "POST":
        try:
            made = actions.propose_disposal(scope=scope, kind=row.kind, records=row.records, due_on=row.due_on)
        except Invalid as invalid:
            error = invalid.message
        else:
            messages.success(request, "Proposed. Nothing goes before a second person agrees.")
            return redirect("journey:disposal", made)
    counts = queries.would_go(scope, row.kind, row.records)
    page = {"row": row, "counts": counts, "error": error}
    return render(request, "journey/retention_preview.jinja", page, status=422 if error else 200)


def disposal(request: ScopedRequest, disposal_id: UUID) -> HttpResponse:
    """One proposal, with what would go, or how much of what went."""
    scope = request.scope
    row = queries.disposal(scope, disposal_id)
    form = KeepForm(initial={"version": row.version})
    counts = queries.would_go(scope, row.kind, row.records) if row.state == "proposed" else row.counts
    own = row.proposed_by_id == scope.user_id
    return render(request, "journey/disposal.jinja", {"row": row, "form": form, "counts": counts, "own": own})


@require_POST
def agree(request: ScopedRequest, disposal_id: UUID) -> HttpResponse:
    queries.disposal(request.scope, disposal_id)
    try:
        actions.agree_disposal(scope=request.scope, disposal_id=disposal_id, expected_version=_version(request))
    except Invalid as invalid:
        messages.error(request, invalid.message)
    except (Conflict, InvalidMove):
        messages.warning(request, _CHANGED)
    else:
        messages.success(request, "Agreed. It is going now, for good.")
    return redirect("journey:disposal", disposal_id)


@require_POST
def keep(request: ScopedRequest, disposal_id: UUID) -> HttpResponse:
    queries.disposal(request.scope, disposal_id)
    try:
        actions.keep_after_all(
            scope=request.scope,
            disposal_id=disposal_id,
            expected_version=_version(request),
            reason=request.POST.get("reason", ""),
        )
    except Invalid as invalid:
        messages.error(request, invalid.message)
        return redirect("journey:disposal", disposal_id)
    except (Conflict, InvalidMove):
        messages.warning(request, _CHANGED)
        return redirect("journey:disposal", disposal_id)
    messages.success(request, "Kept.")
    return redirect("journey:retention")


def hold(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """How long one record is kept, what holds it, and holding it."""
    scope = request.scope
    form = HoldForm(request.POST if request.method == "POST" else None)
    may = scope.may(RETENTION)

    def save() -> None:
        people_actions.place_hold(scope=scope, person_id=person_id, reason=form.cleaned_data["reason"])

    if request.method == "POST" and saved(form, save):
        messages.success(request, "The record is held until somebody ends this.")
        return redirect("journey:hold", person_id)
    name = people.open_record(scope, person_id)
    kept = queries.keeping(scope, person_id)
    until = words.written_date(kept.due_on) if kept.due_on else ""
    page = {"form": form, "name": name, "person_id": person_id, "kept": kept, "until": until, "may": may}
    return render(request, "journey/hold.jinja", page, status=422 if form.errors else 200)


@require_POST
def end_hold(request: ScopedRequest, person_id: UUID, hold_id: UUID) -> HttpResponse:
    people_actions.end_hold(scope=request.scope, person_id=person_id, hold_id=hold_id)
    messages.success(request, "Ended. The ordinary time counts again.")
    return redirect("journey:hold", person_id)


def _version(request: ScopedRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
