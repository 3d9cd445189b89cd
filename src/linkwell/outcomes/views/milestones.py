"""What changed in somebody's life, beside their scores."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.outcomes import actions, forms, queries
from linkwell.outcomes.presenters import milestones as presenter
from linkwell.outcomes.views.common import about_person, opened_case


def changed(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Everything that changed, and adding to it."""
    case, page = opened_case(request, case_id)
    form = forms.MilestoneForm(posted(request), initial={"submission_key": uuid4(), "said_by": "person"})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submission_key"]
        try:
            actions.record_milestone(scope=request.scope, case_id=case_id, submission_key=key, given=form.given())
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("outcomes:changed", case_id=case_id)
        else:
            messages.success(request, "Noted.")
            return redirect("outcomes:changed", case_id=case_id)
    rows = [row for row in queries.milestones_of(request.scope, [case.person_id]) if row.case_id == case_id]
    page |= {"form": form, "lines": [presenter.line(row) for row in rows]}
    return render(request, "outcomes/changed.jinja", page, status=status_of(form))


def take_back(request: ScopedRequest, milestone_id: UUID) -> HttpResponse:
    """It was not so: it stays, with the reason, and counts no more."""
    row = queries.milestone(request.scope, milestone_id)
    if row.taken_back_why:
        raise Http404
    form = forms.TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back_milestone(
                scope=request.scope, milestone_id=milestone_id, reason=form.cleaned_data["reason"]
            )
        except (Conflict, Invalid) as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, "Taken back. It stays on the record with your reason.")
        return redirect("outcomes:changed", case_id=row.case_id)
    _, page = about_person(request, row.person_id)
    page |= {"form": form, "row": row, "line": presenter.line(row)}
    return render(request, "outcomes/take_back.jinja", page, status=status_of(form))
