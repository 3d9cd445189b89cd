"""Accepting, who supports whom, the waiting list, a caseload, one case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts import queries as accounts
from linkwell.casework import actions, presenters, queries
from linkwell.casework.actions.closing import last_day_to_reopen
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.forms import AcceptForm, AllocateForm, NextForm, PutBackForm
from linkwell.casework.forms.cases import WAITING
from linkwell.casework.load import factors_of, usual_level
from linkwell.casework.permissions import ALLOCATE, DECIDE_ENDINGS
from linkwell.casework.presenters.arrival import wait_status
from linkwell.casework.presenters.interpreters import interpreter_line
from linkwell.casework.rows import AppointmentRow, CaseRow, Load
from linkwell.casework.several import SEVERAL_GIVEN, SEVERAL_MOVED, SEVERAL_NEXT
from linkwell.casework.views.arriving import about_arrival
from linkwell.casework.views.common import about_case, is_part, opened_case
from linkwell.casework.views.files import about_files
from linkwell.casework.views.load import complexity_now
from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.saved import saved_lists
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.core.several import Kind
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.people import queries as people
from linkwell.referrals import queries as referrals
from linkwell.referrals.queries.triage import WAITING as WAITING_STATES
from linkwell.referrals.rows import ReferralRow, Together
from linkwell.referrals.wait_words import wait_words


def accept(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Accept a referral: who supports them, or the waiting list. As a page, or as part of the triage list."""
    row = referrals.referral(request.scope, referral_id)
    if row.state not in WAITING_STATES:
        return _taken(request, referral_id, row.decided_by)
    loads = presenters.by_room(queries.load_by_worker(request.scope, row.team_id))
    known = _known(request.scope, referral_id)
    workers = [(str(load.worker_id), load.name) for load in loads]
    form = AcceptForm(
        posted(request),
        # Several of these may be open in the triage list: labels must find their own boxes.
        auto_id=f"accept-{referral_id}-%s",
        workers=workers,
        known=known.items(),
        named_with=_other_name(row.named_with),
        initial={"version": row.version, "together": True, **_first(known), **_complexity_given(row)},
    )
    form.fields["worker"].choice_hints = presenters.worker_hints(loads)  # type: ignore[attr-defined]
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            case_id = _accept(request.scope, referral_id, form.cleaned_data, _said(form))
            _accept_other(request, row.named_with, form.cleaned_data)
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, InvalidMove):
            return _taken(request, referral_id, referrals.referral(request.scope, referral_id).decided_by)
        else:
            return _accepted(request, case_id, row.details.full_name)
    page = {"form": form, "row": row, "known": known, "loads": [presenters.worker_line(load) for load in loads]}
    page["to_join"] = queries.support_to_join(request.scope, referral_id) if known else ()
    template = f"casework/{'accept_part' if is_part(request) else 'accept'}.jinja"
    return render(request, template, page, status=200 if is_part(request) else status_of(form, conflict=conflict))


def _known(scope: Scope, referral_id: UUID) -> dict[str, str]:
    """Records the lead said are the same person, by id, with what to call them."""
    same = [person_id for person_id, said in referrals.decisions_on(scope, referral_id).items() if said]
    names = people.names(scope, same)
    return {str(person_id): f"Yes: {names.get(person_id, 'a record here')}" for person_id in same}


def _first(known: dict[str, str]) -> dict[str, str]:
    return {"same_as": next(iter(known))} if known else {}


def _complexity_given(row: ReferralRow) -> dict[str, Any]:
    """What a referral itself shows of how much time support will take: where the form begins."""
    shown = factors_of(needs=len(row.details.needs), risk=bool(row.dangers), interpreter=row.details.interpreter)
    return {"factors": list(shown), "level": usual_level(shown)}


def _said(form: AcceptForm) -> ComplexityDetails | None:
    return form.complexity() if form.gets_worker else None


def _accept(scope: Scope, referral_id: UUID, given: dict[str, Any], complexity: ComplexityDetails | None) -> UUID:
    same_as, worker = given.get("same_as"), given["worker"]
    return actions.accept_referral(
        scope=scope,
        referral_id=referral_id,
        expected_version=given["version"],
        same_as_person_id=UUID(same_as) if same_as else None,
        worker_id=None if worker == WAITING else UUID(worker),
        complexity=complexity,
    )


def _other_name(other: Together | None) -> str:
    """The second person of the request, who may be accepted in one go unless they may be known here already."""
    return other.name if other and other.state in WAITING_STATES and not other.maybe_known else ""


def _accept_other(request: ScopedRequest, other: Together | None, given: dict[str, Any]) -> None:
    """The second person of the request, where that was ticked: a record, a case and a decision of their own."""
    if other is None or not given.get("together"):
        return
    try:
        theirs = _complexity_given(referrals.referral(request.scope, other.id))
        complexity = ComplexityDetails(theirs["level"], tuple(theirs["factors"]))
        _accept(request.scope, other.id, {"worker": given["worker"], "version": other.version}, complexity)
    except (Conflict, Invalid, InvalidMove):
        messages.warning(request, f"{other.name} was not accepted with them: open their referral and decide there.")
    else:
        messages.success(request, f"{other.name} has a record and support of their own too.")


def _taken(request: ScopedRequest, referral_id: UUID, who: str) -> HttpResponse:
    """Somebody decided first: say who, and where to look."""
    page = {"who": who or "A colleague", "case": queries.case_of_referral(request.scope, referral_id)}
    part = is_part(request)
    template = f"casework/{'accept_taken_part' if part else 'accept_taken'}.jinja"
    return render(request, template, {**page, "referral_id": referral_id}, status=200 if part else 409)


def _accepted(request: ScopedRequest, case_id: UUID, name: str) -> HttpResponse:
    case = queries.case(request.scope, case_id)
    if is_part(request):
        return render(request, "casework/accepted_part.jinja", {"case": case, "name": name})
    where = f"with {case.worker_name}" if case.worker_id else "on the waiting list"
    messages.success(request, f"Accepted: {name} is {where}.")
    return redirect("casework:case", case_id=case_id)


@one_read
def waiting(request: ScopedRequest) -> HttpResponse:
    """Everyone accepted and waiting for a link worker, and how full each worker is."""
    team = accounts.my_team(request.scope)
    if team is None:
        raise NotFound
    today = clock.today()
    page = queries.waiting_list(request.scope, team.id, page_number(request))
    clocks = queries.clocks_of(request.scope, [case.referral_id for case in page if case.referral_id])
    loads = presenters.by_room(queries.load_by_worker(request.scope, team.id))
    return render(
        request,
        "casework/waiting.jinja",
        {
            "page": page.map(
                lambda case: (
                    presenters.case_line(case, today)
                    | wait_status(clocks.get(case.referral_id) if case.referral_id else None)
                )
            ),
            "wait": _wait(request.scope, team.id),
            "workers": [presenters.worker_line(load) for load in loads],
            "several": _several(request.scope, (SEVERAL_GIVEN, "Choose a link worker")),
        },
    )


def _wait(scope: Scope, team_id: UUID) -> str:
    return wait_words(referrals.expected_wait(scope, team_id), accounts.rules(team_id))


@one_read
def caseload(request: ScopedRequest) -> HttpResponse:
    """The people I support and cover for, or, for a lead, those of one worker."""
    worker_id = _whose(request)
    closed = request.GET.get("show") == "closed"
    page = queries.caseload(request.scope, worker_id, page_number(request), closed=closed)
    today = clock.today()
    offers = {} if closed else queries.offers_of(request.scope, [case.id for case in page])
    mine = worker_id == request.scope.user_id
    return render(
        request,
        "casework/caseload.jinja",
        {
            "page": page.map(lambda case: presenters.case_line(case, today, offers.get(case.id))),
            "closed": closed,
            "mine": mine,
            "whose": "" if mine else accounts.user_names([worker_id]).get(worker_id, ""),
            "worker_query": "" if mine else f"worker={worker_id}",
            "saved": saved_lists(request.scope, "casework:caseload"),
            "several": _several(
                request.scope, (SEVERAL_NEXT, "Set the next date"), (SEVERAL_MOVED, "Give to a colleague")
            ),
        },
    )


def _several(scope: Scope, *labels: tuple[Kind, str]) -> list[dict[str, str]]:
    """What this reader may do with several people at once."""
    return [{"name": kind.name, "label": label} for kind, label in labels if scope.may(kind.permission)]


def _whose(request: ScopedRequest) -> UUID:
    if request.scope.user_id is None:
        raise NotFound
    asked = request.GET.get("worker", "")
    if not asked or not request.scope.may(ALLOCATE):
        return request.scope.user_id
    try:
        return UUID(asked)
    except ValueError:
        raise NotFound from None


@one_read
def case(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """One case: what comes next, appointments, conversations."""
    found, page = opened_case(request, case_id)
    full = {**page, **_case_page(request, found), **about_arrival(request.scope, found)}
    full |= about_files(request.scope, found)
    return render(request, "casework/case.jinja", full)


def _case_page(request: ScopedRequest, found: CaseRow) -> dict[str, Any]:
    scope, now, today = request.scope, clock.now(), clock.today()
    booked = queries.appointments_of(scope, found.id, booked_only=True)
    days = accounts.rules(found.team_id).reopen_within_days
    reopen_until = last_day_to_reopen(found.closed_at, days) if found.closed_at else None
    return {
        "appointments": [presenters.appointment_line(row, now) for row in reversed(booked)],
        "interpreters": _interpreters(scope, booked),
        "told_first": _told_first(scope, found),
        "entries": [presenters.conversation_entry(row) for row in queries.interactions(scope, found.id)],
        "next": presenters.next_words(found, today),
        "overdue": presenters.overdue(found, today),
        "may_allocate": scope.may(ALLOCATE),
        "may_reopen": reopen_until is not None and today <= reopen_until,
        "first_time": found.first_spoken_at is None,
        "wait": _wait(scope, found.team_id) if found.state == "waiting" else "",
        "offer": queries.offers_of(scope, [found.id])[found.id],
        "pending": presenters.pending(queries.waits_for_lead(scope, found.id)) if found.is_open else [],
        "may_decide": scope.may(DECIDE_ENDINGS),
    }


def _told_first(scope: Scope, found: CaseRow) -> str:
    """Before the first conversation: whose words we have, unless they gave them alone."""
    if found.first_spoken_at is not None or not found.is_open:
        return ""
    said = people.safe_answers(scope, found.person_id)
    if said.asked_alone:
        return ""
    if said.told_by == "person":
        return "They gave these details themselves, perhaps not alone."
    return "These details were told to us by somebody else."


def _interpreters(scope: Scope, booked: tuple[AppointmentRow, ...]) -> dict[UUID, dict[str, Any]]:
    if not booked:
        return {}
    found = queries.interpreters_of(scope, [row.id for row in booked])
    return {key: interpreter_line(row) for key, row in found.items()}


def allocate(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Choose a link worker, or another one."""
    found = queries.case(request.scope, case_id)
    loads = [
        load
        for load in presenters.by_room(queries.load_by_worker(request.scope, found.team_id))
        if load.worker_id != found.worker_id
    ]
    form = _allocate_form(request, found, loads)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.allocate(
                scope=request.scope,
                case_id=case_id,
                expected_version=form.cleaned_data["version"],
                worker_id=UUID(form.cleaned_data["worker"]),
                complexity=form.complexity(),
            )
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, InvalidMove):
            changed = presenters.changed_by(queries.last_change(request.scope, case_id, found.person_id))
            found = queries.case(request.scope, case_id)
            form = _allocate_form(request, found, loads, chosen=form.cleaned_data["worker"])
        else:
            messages.success(request, "Their link worker has been chosen.")
            return redirect("casework:case", case_id=case_id)
    page = about_case(request, found)
    return render(
        request,
        "casework/allocate.jinja",
        {**page, "form": form, "changed": changed, "loads": [presenters.worker_line(load) for load in loads]},
        status=status_of(form, conflict=changed),
    )


def _allocate_form(request: ScopedRequest, found: CaseRow, loads: list[Load], *, chosen: str = "") -> AllocateForm:
    workers = [(str(load.worker_id), load.name) for load in loads]
    data = None if chosen else posted(request)
    start = {"version": found.version, "worker": chosen, **complexity_now(request.scope, found.id)}
    form = AllocateForm(data, workers=workers, initial=start)
    form.fields["worker"].choice_hints = presenters.worker_hints(loads)  # type: ignore[attr-defined]
    return form


def put_back(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Back to the waiting list, with a reason."""
    found, page = opened_case(request, case_id)
    form = PutBackForm(posted(request), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.put_back(
            scope=request.scope, case_id=case_id, expected_version=given["version"], reason=given["reason"]
        )
        messages.success(request, "They are back on the waiting list.")
        return redirect("casework:waiting")
    return render(request, "casework/put_back.jinja", {**page, "form": form}, status=status_of(form))


def set_next(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What comes next, and by when."""
    found, page = opened_case(request, case_id)
    start = {"version": found.version, "next_step": found.next_step, "next_date": found.next_date}
    form = NextForm(posted(request), initial=start)
    changed = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_next(
                scope=request.scope,
                case_id=case_id,
                expected_version=given["version"],
                next_date=given["next_date"],
                next_step=given["next_step"],
            )
        except Conflict:
            changed = presenters.changed_by(queries.last_change(request.scope, case_id, found.person_id))
            now = queries.case(request.scope, case_id)
            form = NextForm(initial={**given, "version": now.version})
        else:
            messages.success(request, "What comes next is noted.")
            return redirect("casework:case", case_id=case_id)
    return render(
        request,
        "casework/next.jinja",
        {**page, "form": form, "changed": changed, "theirs": presenters.next_words(found, clock.today())},
        status=status_of(form, conflict=changed),
    )
