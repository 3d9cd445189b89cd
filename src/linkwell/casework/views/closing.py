"""Ending support, opening it again, and who may hear."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import CloseForm, ReopenForm, WhoMayHearForm, add_findings
from linkwell.casework.views.common import opened_case, posted, status_of
from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Conflict, Invalid
from linkwell.people import queries as people
from linkwell.people.details import AgreementRow


def close(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Why support ends, what became of each goal, what did not work, and what is still open."""
    case, page = opened_case(request, case_id)
    if not case.is_open:
        return redirect("casework:case", case_id=case_id)
    goals = queries.plan(request.scope, case_id).goals
    items = queries.still_open(request.scope, case_id)
    shape: dict[str, Any] = {"goals": goals, "something_open": bool(items)}
    form = CloseForm(posted(request), initial={"version": case.version}, **shape)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(
                scope=request.scope,
                case_id=case_id,
                expected_version=form.cleaned_data["version"],
                closing=form.closing(),
            )
        except Invalid as error:
            add_findings(form, error)
        except Conflict:
            changed = presenters.changed_by(queries.last_change(request.scope, case_id, case.person_id))
            form = CloseForm(initial={**form.cleaned_data, "version": case.version}, **shape)
        else:
            messages.success(request, "Support has ended.")
            return redirect("casework:summaries", case_id=case_id)
    said = {subject: people.agreement(request.scope, case.person_id, subject) for subject in ASKED}
    return render(
        request,
        "casework/close.jinja",
        {**page, "form": form, "items": items, "changed": changed, "goals": goals, "said": _said(said)},
        status=status_of(form, conflict=changed),
    )


ASKED = {
    "tell_in_touch": "Whoever referred them may hear that we are in touch",
    "tell_closed": "Whoever referred them may hear when support has ended",
    "tell_gp": "Their GP practice may have a summary",
}


def _said(answers: dict[str, AgreementRow | None]) -> list[dict[str, str]]:
    """What the person said about others hearing, for each question."""
    return [{"label": ASKED[subject], "value": _answer(row)} for subject, row in answers.items()]


def _answer(row: AgreementRow | None) -> str:
    if row is None:
        return "Not asked, so no"
    alone = "asked alone" if row.asked_alone else "not asked alone"
    return f"{'Yes' if row.agreed else 'No'}, {alone}"


def reopen(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Open support again, within 28 days of its end."""
    case, page = opened_case(request, case_id)
    form = ReopenForm(posted(request), initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.reopen(scope=request.scope, case_id=case_id, expected_version=given["version"], reason=given["reason"])
        messages.success(request, "Support has started again.")
        return redirect("casework:case", case_id=case_id)
    return render(request, "casework/reopen.jinja", {**page, "form": form}, status=status_of(form))


def who_may_hear(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Asked when nobody else can hear: may the referrer hear, may the GP practice have a summary?"""
    case, page = opened_case(request, case_id)
    form = WhoMayHearForm(posted(request), initial={"referrer_in_touch": "", "referrer_closed": "", "gp_summary": ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_who_may_hear(scope=request.scope, case_id=case_id, answers=form.answers())
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "What they said is noted.")
            return redirect("casework:case", case_id=case_id)
    said = {subject: people.agreement(request.scope, case.person_id, subject) for subject in ASKED}
    return render(
        request, "casework/who_may_hear.jinja", {**page, "form": form, "said": _said(said)}, status=status_of(form)
    )
