"""The interpreter of an appointment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, queries
from linkwell.casework.forms.interpreters import InterpreterForm
from linkwell.casework.presenters.interpreters import interpreter_line
from linkwell.casework.views.common import about_person
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import queries as people


def interpreter(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """How far it has got, and who it is."""
    row = queries.appointment(request.scope, appointment_id)
    found = queries.interpreters_of(request.scope, [appointment_id]).get(appointment_id)
    form = InterpreterForm(posted(request), initial=InterpreterForm.starting_from(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_interpreter(
                scope=request.scope,
                appointment_id=appointment_id,
                expected_version=form.cleaned_data["version"],
                details=form.details(),
            )
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "Saved.")
            return redirect("casework:case", case_id=row.case_id)
    page = {
        **about_person(request, row.person_id),
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "line": interpreter_line(found) if found else None,
        "wanted": found.wanted if found else people.interpreter_for(request.scope, row.person_id),
        "form": form,
    }
    return render(request, "casework/interpreter.jinja", page, status=status_of(form))
