"""How long support is offered for: used of how much, and longer when there is a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import DecideLongerForm, LongerForm
from linkwell.casework.permissions import DECIDE_ENDINGS
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove


def longer(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What has been used, every time longer was asked for, and asking."""
    case, page = opened_case(request, case_id)
    form = LongerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_longer(scope=request.scope, case_id=case_id, details=form.details())
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("casework:longer", case_id=case_id)
        else:
            decided = request.scope.may(DECIDE_ENDINGS)
            messages.success(request, "Support may last longer." if decided else "Your lead has been asked.")
            return redirect("casework:case", case_id=case_id)
    rows = queries.extensions_of(request.scope, case_id)
    page |= {
        "form": form,
        "offer": queries.offers_of(request.scope, [case_id])[case_id],
        "lines": [presenters.extension_line(row) for row in rows],
        "may_ask": case.is_open and not any(row.decided_at is None for row in rows),
    }
    return render(request, "casework/longer.jinja", page, status=status_of(form))


def decide_longer(request: ScopedRequest, extension_id: UUID) -> HttpResponse:
    """A lead reads what more time would make possible, and decides."""
    row = queries.extension(request.scope, extension_id)
    case, page = opened_case(request, row.case_id)
    form = DecideLongerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_longer(
                scope=request.scope, extension_id=extension_id, agreed=given["agreed"] == "yes", note=given["note"]
            )
        except (Conflict, InvalidMove) as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, "Noted. Their link worker is told.")
        return redirect("casework:case", case_id=row.case_id)
    page |= {
        "form": form,
        "row": row,
        "line": presenters.extension_line(row),
        "offer": queries.offers_of(request.scope, [row.case_id])[row.case_id],
        "may_decide": case.is_open and row.decided_at is None,
    }
    return render(request, "casework/decide_longer.jinja", page, status=status_of(form))
