"""Support that rests, and starts again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import PauseForm, PauseUntilForm
from linkwell.casework.forms.common import VersionForm
from linkwell.casework.rows import CaseRow
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove


def pause(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Why support rests and the day it starts again; or, while it rests, another day."""
    case, page = opened_case(request, case_id)
    if not case.is_open:
        return redirect("casework:case", case_id=case_id)
    kind = PauseUntilForm if case.state == "paused" else PauseForm
    form = kind(posted(request), initial={"version": case.version, "until": case.paused_until})
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            _rest(request, case, form)
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, InvalidMove):
            case = queries.case(request.scope, case_id)
            changed = presenters.changed_by(queries.last_change(request.scope, case_id, case.person_id))
            form = kind(initial={**form.cleaned_data, "version": case.version})
        else:
            messages.success(request, "Noted. You are told when the day has come.")
            return redirect("casework:case", case_id=case_id)
    now = clock.now()
    booked = [
        presenters.appointment_line(row, now)
        for row in queries.appointments_of(request.scope, case_id, booked_only=True)
        if row.starts_at > now
    ]
    page |= {"form": form, "changed": changed, "booked": booked[::-1]}
    return render(request, "casework/pause.jinja", page, status=status_of(form, conflict=changed))


def _rest(request: ScopedRequest, case: CaseRow, form: PauseForm | PauseUntilForm) -> None:
    version = form.cleaned_data["version"]
    if isinstance(form, PauseForm):
        actions.pause(scope=request.scope, case_id=case.id, expected_version=version, details=form.details())
    else:
        actions.pause_until(
            scope=request.scope, case_id=case.id, expected_version=version, until=form.cleaned_data["until"]
        )


@require_POST
def start_again(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Earlier than planned."""
    opened_case(request, case_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Press the button again.")
        return redirect("casework:case", case_id=case_id)
    try:
        actions.start_again(scope=request.scope, case_id=case_id, expected_version=form.cleaned_data["version"])
    except Conflict as error:
        messages.warning(request, f"{error.message} This is how it stands now.")
    else:
        messages.success(request, "Support goes on.")
    return redirect("casework:case", case_id=case_id)
