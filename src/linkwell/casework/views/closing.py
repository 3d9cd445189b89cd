"""Ending support, opening it again, and who may hear."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, presenters, queries
from linkwell.casework.endings import AFTER_TRIES, ENDINGS
from linkwell.casework.forms import (
    AskLeadForm,
    CloseForm,
    DecideClosingForm,
    NumberCheckForm,
    ReopenForm,
    WhoMayHearForm,
    WhyForm,
)
from linkwell.casework.models import ClosingReason
from linkwell.casework.permissions import DECIDE_ENDINGS
from linkwell.casework.rows import CaseRow
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid
from linkwell.people import queries as people
from linkwell.people.details import AgreementRow


def close(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Why support ends; then what that reason asks for, what became of each goal, and what is still open."""
    case, page = opened_case(request, case_id)
    if not case.is_open:
        return redirect("casework:case", case_id=case_id)
    reason = (posted(request) or request.GET).get("reason", "")
    if reason not in ENDINGS:
        return _ask_why(request, case, page)
    page |= {"reason": reason, "reason_words": ClosingReason(reason).label, "ending": ENDINGS[reason]}
    if reason == ClosingReason.DIED and not people.has_died(request.scope, case.person_id):
        return render(request, "casework/close_first.jinja", page, status=422 if request.method == "POST" else 200)
    if reason in AFTER_TRIES:
        page |= presenters.reaching(queries.reaching(request.scope, case_id))
        if page["missing"]:
            return render(request, "casework/close_first.jinja", page, status=422 if request.method == "POST" else 200)
    if queries.lead_decides(request.scope, case_id, reason) and not request.scope.may(DECIDE_ENDINGS):
        return _ask_lead(request, case, page, reason)
    return _end(request, case, page, reason)


def _ask_why(request: ScopedRequest, case: CaseRow, page: dict[str, Any]) -> HttpResponse:
    """Somebody spoken with cannot be "not reached", and nobody was lost touch with before."""
    spoken = case.first_spoken_at is not None
    form = WhyForm(posted(request), without=[ClosingReason.NOT_REACHED if spoken else ClosingReason.LOST_TOUCH])
    return render(request, "casework/close_why.jinja", {**page, "form": form}, status=status_of(form))


def _end(request: ScopedRequest, case: CaseRow, page: dict[str, Any], reason: str) -> HttpResponse:
    goals = queries.plan(request.scope, case.id).goals
    items = queries.still_open(request.scope, case.id)
    shape: dict[str, Any] = {"reason": reason, "goals": goals, "something_open": bool(items)}
    form = CloseForm(posted(request), initial={"version": case.version, "reason": reason}, **shape)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(
                scope=request.scope,
                case_id=case.id,
                expected_version=form.cleaned_data["version"],
                closing=form.closing(),
            )
        except Invalid as error:
            add_findings(form, error)
        except Conflict:
            changed = presenters.changed_by(queries.last_change(request.scope, case.id, case.person_id))
            form = CloseForm(initial={**form.cleaned_data, "version": case.version}, **shape)
        else:
            messages.success(request, "Support has ended.")
            return redirect("casework:summaries", case_id=case.id)
    said = {subject: people.agreement(request.scope, case.person_id, subject) for subject in ASKED}
    return render(
        request,
        "casework/close.jinja",
        {**page, "form": form, "items": items, "changed": changed, "goals": goals, "said": _said(said)},
        status=status_of(form, conflict=changed),
    )


def _ask_lead(request: ScopedRequest, case: CaseRow, page: dict[str, Any], reason: str) -> HttpResponse:
    """Where somebody may be at risk, or it is not safe to go on, the lead decides."""
    waiting = next((row for row in queries.closing_requests_of(request.scope, case.id) if row.decided_at is None), None)
    form = AskLeadForm(posted(request), initial={"version": case.version, "reason": reason}, reason=reason)
    changed = None
    if waiting is None and request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.ask_to_close(
                scope=request.scope,
                case_id=case.id,
                expected_version=given["version"],
                reason=reason,
                answer=given.get("answer", ""),
                why=given["why"],
            )
        except Invalid as error:
            add_findings(form, error)
        except Conflict:
            changed = presenters.changed_by(queries.last_change(request.scope, case.id, case.person_id))
            form = AskLeadForm(initial={**given, "version": case.version}, reason=reason)
        else:
            messages.success(request, "Your lead has been asked. Support goes on until they answer.")
            return redirect("casework:case", case_id=case.id)
    return render(
        request,
        "casework/close_ask_lead.jinja",
        {**page, "form": form, "waiting": waiting, "changed": changed},
        status=status_of(form, conflict=changed),
    )


def decide_closing(request: ScopedRequest, request_id: UUID) -> HttpResponse:
    """A lead reads why, what was tried, and who may be at risk; and decides."""
    row = queries.closing_request(request.scope, request_id)
    case, page = opened_case(request, row.case_id)
    items = queries.still_open(request.scope, row.case_id) if case.is_open else ()
    form = DecideClosingForm(posted(request), something_open=bool(items))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_closing(
                scope=request.scope,
                request_id=request_id,
                agreed=given["agreed"] == "yes",
                note=given["note"],
                still_open_note=given.get("still_open_note", ""),
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Support has ended." if given["agreed"] == "yes" else "Support goes on.")
            return redirect("casework:case", case_id=row.case_id)
    tried = presenters.reaching(queries.reaching(request.scope, row.case_id)) if row.reason in AFTER_TRIES else {}
    return render(
        request,
        "casework/decide_closing.jinja",
        {**page, **tried, "row": row, "asked": presenters.asked(row), "form": form, "items": items},
        status=status_of(form),
    )


def check_number(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Somebody was asked whether the details we try are right."""
    _, page = opened_case(request, case_id)
    form = NumberCheckForm(posted(request), initial={"checked_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_number(scope=request.scope, case_id=case_id, details=form.details())
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Noted. Put right on the person’s page what was different.")
            return redirect("casework:tried", case_id=case_id)
    return render(request, "casework/check_number.jinja", {**page, "form": form}, status=status_of(form))


def tried(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What was tried to reach somebody, and what else there is to try."""
    _, page = opened_case(request, case_id)
    return render(
        request, "casework/tried.jinja", {**page, **presenters.reaching(queries.reaching(request.scope, case_id))}
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
    """Open support again, soon after its end."""
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
    not_asked = {"referrer_in_touch": "", "referrer_closed": "", "gp_summary": ""}
    interpreter = people.interpreter_for(request.scope, case.person_id)
    form = WhoMayHearForm(posted(request), initial=not_asked, interpreter=interpreter)
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
