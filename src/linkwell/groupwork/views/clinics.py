"""Clinics at a practice: for the team, and for the practice."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.casework import queries as casework
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.groupwork import actions, presenters, queries
from linkwell.groupwork.forms import CancelForm, ClinicForm, ClinicWriteUpForm, next_hour
from linkwell.groupwork.queries import PracticeSlot
from linkwell.groupwork.queries.clinics import ClinicRow, SlotRow
from linkwell.groupwork.views.common import chosen, form_page, planned, searched
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.referrals.forms import ReferForm


def clinics(request: ScopedRequest) -> HttpResponse:
    past = request.GET.get("show") == "past"
    page = queries.clinics(request.scope, page_number(request), past=past)
    return render(request, "groupwork/clinics.jinja", {"page": page.map(presenters.clinic_line), "past": past})


def plan(request: ScopedRequest) -> HttpResponse:
    practices = [(str(each.id), each.name) for each in accounts.organisations() if each.kind == "practice"]
    start = {**next_hour(), "slot_minutes": 45, "slots": 4, "weeks": 1, "who_books": "both"}
    form = ClinicForm(posted(request), practices=practices, initial=start)

    def act() -> tuple[str, str]:
        made = actions.plan_clinic(scope=request.scope, details=form.details())
        return planned(len(made), "clinics"), _page(made[0])

    return form_page(request, "groupwork/plan_clinic.jinja", {}, form, act)


def clinic(request: ScopedRequest, clinic_id: UUID) -> HttpResponse:
    line = presenters.clinic_line(queries.clinic(request.scope, clinic_id))
    return render(request, "groupwork/clinic.jinja", {"line": line})


def book(request: ScopedRequest, clinic_id: UUID, slot_id: UUID) -> HttpResponse:
    """A time for somebody we support: look for them, then give it to them."""
    row, slot = _clinic_and_slot(request.scope, clinic_id, slot_id)
    if request.method == "POST":
        case_id = chosen(request, "case")
        if case_id is None:
            raise NotFound
        try:
            actions.book_slot(scope=request.scope, slot_id=slot_id, expected_version=slot.version, case_id=case_id)
        except (Conflict, Invalid) as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, "Booked. It is in their appointments.")
        return redirect("groupwork:clinic", clinic_id=clinic_id)
    looked = searched(request)
    cases = casework.open_cases_of(request.scope, tuple(each.person_id for each in looked["found"]))
    page = {
        "line": presenters.clinic_line(row),
        "slot": presenters.slot_line(slot),
        "q": looked["q"],
        "cases": [case for case in cases.values() if case.worker_id is not None],
    }
    return render(request, "groupwork/book_slot.jinja", page)


def free(request: ScopedRequest, clinic_id: UUID, slot_id: UUID) -> HttpResponse:
    _, slot = _clinic_and_slot(request.scope, clinic_id, slot_id)
    form = CancelForm(posted(request), initial={"version": slot.version})

    def act() -> tuple[str, str]:
        actions.free_slot(scope=request.scope, slot_id=slot_id, **form.given())
        return "The time is free again.", _page(clinic_id)

    page = {"title": "Give this time back", "what": presenters.slot_line(slot)["when"]}
    return form_page(request, "groupwork/cancel.jinja", page, form, act)


def _clinic_and_slot(scope: Scope, clinic_id: UUID, slot_id: UUID) -> tuple[ClinicRow, SlotRow]:
    row = queries.clinic(scope, clinic_id)
    slot = next((each for each in row.slots if each.id == slot_id), None)
    if slot is None:
        raise NotFound
    return row, slot


def write_up(request: ScopedRequest, clinic_id: UUID) -> HttpResponse:
    row = queries.clinic(request.scope, clinic_id)
    register = [
        (str(each.id), f"{presenters.slot_line(each)['time']} {each.who}")
        for each in row.slots
        if each.state == "booked"
    ]
    form = ClinicWriteUpForm(posted(request), register=register, initial={"version": row.version, "walk_ins": 0})

    def act() -> tuple[str, str]:
        given = form.cleaned_data
        actions.write_up_clinic(
            scope=request.scope,
            clinic_id=clinic_id,
            expected_version=given["version"],
            came=form.who_came,
            walk_ins=given["walk_ins"],
        )
        return "Written up. Write up each conversation on its own page.", _page(clinic_id)

    page = {"line": presenters.clinic_line(row)}
    return form_page(request, "groupwork/write_up_clinic.jinja", page, form, act)


def cancel(request: ScopedRequest, clinic_id: UUID) -> HttpResponse:
    row = queries.clinic(request.scope, clinic_id)
    form = CancelForm(posted(request), initial={"version": row.version})

    def act() -> tuple[str, str]:
        actions.cancel_clinic(scope=request.scope, clinic_id=clinic_id, **form.given())
        return "Cancelled. The appointments in it are cancelled too: tell people, by safe ways.", _page(clinic_id)

    page = {"title": "Cancel this clinic", "what": presenters.clinic_line(row)["when"]}
    return form_page(request, "groupwork/cancel.jinja", page, form, act)


def _page(clinic_id: UUID) -> str:
    return reverse("groupwork:clinic", args=[clinic_id])


def practice(request: ScopedRequest) -> HttpResponse:
    """The times a practice may book in clinics in its own rooms."""
    page = queries.practice_slots(request.scope, page_number(request))
    return render(request, "groupwork/practice.jinja", {"page": page.map(presenters.practice_line)})


def practice_book(request: ScopedRequest, slot_id: UUID) -> HttpResponse:
    """The three questions of a referral, and the time is kept."""
    slot = queries.practice_slot(request.scope, slot_id)
    form = ReferForm(posted(request), initial={"submission_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            sent = _send(request, slot, form)
        except Invalid as error:
            add_findings(form, error)
        except Conflict as error:
            messages.warning(request, error.message)
            return redirect("groupwork:practice")
        else:
            return HttpResponseRedirect(f"{reverse('referrals:mine_one', args=[sent])}?sent=1")
    page = {"form": form, "line": presenters.practice_line(slot), "team": accounts.team(slot.team_id)}
    return render(request, "groupwork/practice_book.jinja", page, status=status_of(form))


def _send(request: ScopedRequest, slot: PracticeSlot, form: ReferForm) -> UUID:
    scope = request.scope
    details = form.details(
        referrer_name=scope.actor_name,
        referrer_role=accounts.organisation(scope.organisation_id).name[:120],
        referrer_email=accounts.user_email(scope.user_id) if scope.user_id else "",
    )
    sent = actions.book_slot_by_practice(
        scope=scope,
        slot_id=slot.id,
        expected_version=slot.version,
        submission_key=form.cleaned_data["submission_key"],
        details=details,
    )
    return sent.referral_id
