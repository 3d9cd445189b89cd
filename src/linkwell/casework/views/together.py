"""Two people seen together."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, queries
from linkwell.casework.forms import AppointmentForm
from linkwell.casework.forms.together import TogetherWriteUpForm
from linkwell.casework.queries.together import TogetherRow
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, NotFound


def together(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Who they may be seen with, and what to do first."""
    _, page = opened_case(request, case_id)
    rows = queries.may_be_seen_with(request.scope, case_id)
    return render(request, "casework/together.jinja", {**page, "rows": rows})


def book(request: ScopedRequest, case_id: UUID, other_case_id: UUID) -> HttpResponse:
    """One time, an appointment in each case."""
    case, page = opened_case(request, case_id)
    other = _other(request, case_id, other_case_id)
    form = AppointmentForm(posted(request), initial={"kind": "home", "minutes": 60, "agreed": True})
    if request.method == "POST" and form.is_valid():
        try:
            actions.book_together(
                scope=request.scope, case_id=case_id, other_case_id=other_case_id, details=form.details()
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, f"Booked for {case.person_name} and {other.name}: an appointment of each.")
            return redirect("casework:case", case_id=case_id)
    return render(
        request, "casework/book_together.jinja", {**page, "form": form, "other": other}, status=status_of(form)
    )


def write_up(request: ScopedRequest, case_id: UUID, other_case_id: UUID) -> HttpResponse:
    """One form: the words of both, and a part for each alone."""
    case, page = opened_case(request, case_id)
    other = _other(request, case_id, other_case_id)
    now = clock.now()
    start = {
        "submission_key": uuid4(),
        "kind": "home",
        "happened_on": clock.today(),
        "happened_at": words.written_time(now),
    }
    form = TogetherWriteUpForm(posted(request), name=case.person_name, other_name=other.name, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_up_together(
                scope=request.scope,
                case_id=case_id,
                other_case_id=other_case_id,
                submission_key=form.cleaned_data["submission_key"],
                visit=form.visit(),
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Written up in both records, each with its own part.")
            return redirect("casework:case", case_id=case_id)
    return render(
        request, "casework/write_up_together.jinja", {**page, "form": form, "other": other}, status=status_of(form)
    )


def _other(request: ScopedRequest, case_id: UUID, other_case_id: UUID) -> TogetherRow:
    for row in queries.may_be_seen_with(request.scope, case_id):
        if row.case_id == other_case_id:
            return row
    raise NotFound
