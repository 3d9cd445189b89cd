""" "I need to talk about this case", the lead's list of these, and what was decided."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.casework.views.common import opened_case
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.workforce import actions, queries
from linkwell.workforce.forms import AnswerForm, AskForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def ask(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Ask the lead to talk about this case; what was asked before and still waits."""
    _, page = opened_case(request, case_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.ask_to_talk(scope=request.scope, case_id=case_id, words=given["words"], urgent=given["urgent"])
        except InvalidMove as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, "Your lead has it in their list now.")
        return redirect("casework:case", case_id=case_id)
    waiting = queries.my_talks(request.scope, case_id)
    failed = form.is_bound and bool(form.errors)
    return render(
        request, "workforce/ask.jinja", {**page, "form": form, "waiting": waiting}, status=422 if failed else 200
    )


@require_POST
def withdraw(request: ScopedRequest, talk_id: UUID) -> HttpResponse:
    row = queries.talk(request.scope, talk_id)
    try:
        actions.withdraw_talk(scope=request.scope, talk_id=talk_id, expected_version=row.version)
    except (InvalidMove, Conflict) as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "It is taken out of your lead’s list.")
    return redirect("casework:case", case_id=row.case_id)


@require_safe
def waiting(request: ScopedRequest) -> HttpResponse:
    """The cases colleagues would like to talk about."""
    page = queries.talks_waiting(request.scope, page_number(request))
    return render(request, "workforce/talks.jinja", {"page": page})


@get_or_post
def answer(request: ScopedRequest, talk_id: UUID) -> HttpResponse:
    """One question; after talking, what was decided."""
    row = queries.talk(request.scope, talk_id)
    _, page = opened_case(request, row.case_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_talk(
                scope=request.scope, talk_id=talk_id, expected_version=given["version"], decision=given["decision"]
            )
        except Invalid as error:
            add_findings(form, error)
        except (InvalidMove, Conflict) as error:
            messages.warning(request, error.message)
            return redirect("workforce:talks")
        else:
            messages.success(request, "The decision is in the record.")
            return redirect("workforce:talks")
    failed = form.is_bound and bool(form.errors)
    return render(request, "workforce/answer.jinja", {**page, "form": form, "talk": row}, status=422 if failed else 200)


@require_safe
def decisions(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What was decided about one case with the lead."""
    _, page = opened_case(request, case_id)
    rows = queries.case_decisions(request.scope, case_id)
    return render(request, "workforce/decisions.jinja", {**page, "rows": rows})
