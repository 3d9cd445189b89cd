"""How complex one support is: now, and as it was said before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import ComplexityForm
from linkwell.casework.load import usual_level
from linkwell.casework.rows import ComplexityRow
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Conflict, Invalid


def weigh(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Choose low, medium or high and say why; what was chosen before stays below."""
    found, page = opened_case(request, case_id)
    history = queries.complexity_history(request.scope, case_id)
    start = {"version": found.version, **complexity_now(request.scope, case_id, history)}
    form = ComplexityForm(posted(request), initial=start)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_complexity(
                scope=request.scope,
                case_id=case_id,
                expected_version=form.cleaned_data["version"],
                complexity=form.complexity(),
            )
        except Invalid as error:
            add_findings(form, error)
        except Conflict:
            changed = presenters.changed_by(queries.last_change(request.scope, case_id, found.person_id))
            form = ComplexityForm(initial={**form.cleaned_data, "version": found.version})
        else:
            messages.success(request, "Noted: caseloads count it so from now on.")
            return redirect("casework:case", case_id=case_id)
    return render(
        request,
        "casework/weigh.jinja",
        {**page, "form": form, "changed": changed, "history": [_line(row) for row in history]},
        status=status_of(form, conflict=changed),
    )


def complexity_now(scope: Scope, case_id: UUID, history: tuple[ComplexityRow, ...] | None = None) -> dict[str, object]:
    """What a form begins with: what was said last; the first time, what the record itself shows."""
    said = queries.complexity_history(scope, case_id) if history is None else history
    if said:
        return {"factors": list(said[0].factors), "level": said[0].level}
    known = queries.factors_known(scope, case_id)
    return {"factors": list(known), "level": usual_level(known)}


def _line(row: ComplexityRow) -> dict[str, object]:
    why = "; ".join((*row.factor_words, *([row.note] if row.note else ())))
    return {"level": row.level_words, "why": why or "Nothing named", "by": row.by, "at": row.at}
