"""Who is away when, and the hours people work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from linkwell.accounts.actions import leave as actions
from linkwell.accounts.forms.leave import HoursForm, LeaveForm
from linkwell.accounts.permissions import SET_HOURS
from linkwell.accounts.queries import leave as queries
from linkwell.accounts.queries import staff
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def away(request: ScopedRequest) -> HttpResponse:
    """Who is away now and later; a form for one's own days, or for a lead anybody's."""
    form = LeaveForm(request.POST or None, colleagues=_may_note(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_leave(
                scope=request.scope,
                user_id=UUID(given["who"]),
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "The days are noted.")
            return redirect("accounts:away")
    page = queries.away(request.scope, clock.today(), page_number(request))
    lead = request.scope.may(SET_HOURS)
    context = {"form": form, "page": page, "lead": lead, "today": clock.today()}
    return render(request, "accounts/away.jinja", context, status=422 if form.is_bound and form.errors else 200)


def _may_note(request: ScopedRequest) -> list[tuple[str, str]]:
    if request.scope.may(SET_HOURS):
        return [(str(user_id), name) for user_id, name in staff.colleagues(request.scope)]
    return [(str(request.scope.user_id), request.scope.actor_name or "Me")]


@require_POST
def cancel(request: ScopedRequest, leave_id: UUID) -> HttpResponse:
    actions.cancel_leave(scope=request.scope, leave_id=leave_id)
    messages.success(request, "The days are taken out.")
    return redirect("accounts:away")


@get_or_post
def hours(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    """Hours, working days and induction of one colleague."""
    now = queries.hours_of(request.scope, membership_id)
    start = {
        "hours_a_week": now.hours_a_week,
        "working_days": [str(day) for day in now.working_days],
        "induction_until": now.induction_until,
    }
    form = HoursForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_hours(
                scope=request.scope,
                membership_id=membership_id,
                hours_a_week=given["hours_a_week"],
                induction_until=given["induction_until"],
                working_days=tuple(given["working_days"]),
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, f"The hours of {now.name} are noted.")
            return redirect("workforce:team")
    return render(
        request,
        "accounts/hours.jinja",
        {"form": form, "name": now.name},
        status=422 if form.is_bound and form.errors else 200,
    )
