"""On a visit: going in, longer, out; and looking for somebody who is not back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.workforce import actions, presenters, queries
from linkwell.workforce.forms import FoundForm, LongerForm, StartForm
from linkwell.workforce.views.common import colleagues

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def now(request: ScopedRequest) -> HttpResponse:
    """Everybody who is on a visit now; those who are not back first."""
    moment = clock.now()
    rows = [presenters.visit(row, moment) for row in queries.visits_now(request.scope)]
    mine = queries.my_visit(request.scope)
    return render(request, "workforce/visits.jinja", {"rows": rows, "mine": mine.id if mine else None})


@get_or_post
def start(request: ScopedRequest) -> HttpResponse:
    """Going in somewhere: how long, where, and who rings if they do not come out."""
    form = StartForm(request.POST if request.method == "POST" else None, colleagues=colleagues(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            visit_id = actions.start_visit(
                scope=request.scope, minutes=given["minutes"], buddy_id=given["buddy"], place=given["place"]
            )
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("workforce:visits")
        else:
            return redirect("workforce:visit", visit_id=visit_id)
    failed = form.is_bound and bool(form.errors)
    return render(request, "workforce/start.jinja", {"form": form}, status=422 if failed else 200)


@require_POST
def start_for(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """One tap beside an appointment: as long as it is meant to take, and the duty person rings."""
    try:
        visit_id = actions.start_visit(scope=request.scope, appointment_id=appointment_id)
    except InvalidMove as error:
        messages.warning(request, error.message)
        return redirect("workforce:visits")
    return redirect("workforce:visit", visit_id=visit_id)


@require_safe
def visit(request: ScopedRequest, visit_id: UUID) -> HttpResponse:
    """One visit: for whoever is on it the large buttons, for colleagues whom to ring and where to look."""
    return _page(request, visit_id, FoundForm())


def _page(request: ScopedRequest, visit_id: UUID, form: FoundForm) -> HttpResponse:
    row = queries.visit(request.scope, visit_id)
    failed = form.is_bound and bool(form.errors)
    return render(
        request,
        "workforce/visit.jinja",
        {
            "visit": presenters.visit(row, clock.now()),
            "row": row,
            "mine": row.worker_id == request.scope.user_id,
            "form": form,
            "longer": LongerForm.base_fields["minutes"].choices,  # type: ignore[attr-defined]
        },
        status=422 if failed else 200,
    )


@require_POST
def out(request: ScopedRequest, visit_id: UUID) -> HttpResponse:
    actions.i_am_out(scope=request.scope, visit_id=visit_id)
    messages.success(request, "Good. Nobody will ring.")
    return redirect("journey:today")


@require_POST
def longer(request: ScopedRequest, visit_id: UUID) -> HttpResponse:
    queries.visit(request.scope, visit_id)
    form = LongerForm(request.POST)
    if form.is_valid():
        actions.extend_visit(scope=request.scope, visit_id=visit_id, minutes=form.cleaned_data["minutes"])
        messages.success(request, "Noted. Nobody will ring before then.")
    else:
        messages.error(request, "Choose how much longer.")
    return redirect("workforce:visit", visit_id=visit_id)


@require_POST
def looking(request: ScopedRequest, visit_id: UUID) -> HttpResponse:
    actions.look_for(scope=request.scope, visit_id=visit_id)
    messages.success(request, "Noted: you are finding out. Nobody else is told.")
    return redirect("workforce:visit", visit_id=visit_id)


@require_POST
def found(request: ScopedRequest, visit_id: UUID) -> HttpResponse:
    queries.visit(request.scope, visit_id)
    form = FoundForm(request.POST)
    if form.is_valid():
        actions.found_safe(scope=request.scope, visit_id=visit_id, note=form.cleaned_data["note"])
        messages.success(request, "Noted. The visit is over.")
        return redirect("workforce:visits")
    return _page(request, visit_id, form)
