"""People who work here: the list, inviting, changing and ending roles, leavers; and the invitation's own page."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.accounts import actions
from linkwell.accounts.actions.leaving import move_queue
from linkwell.accounts.actions.sign_in import note_sign_in
from linkwell.accounts.forms.admin import ChangeRoleForm, InviteForm
from linkwell.accounts.forms.leave import MoveQueueForm
from linkwell.accounts.forms.sign_in import AcceptInvitationForm
from linkwell.accounts.inviting import invite_again_and_tell, invite_and_tell, reset_and_tell
from linkwell.accounts.queries import staff
from linkwell.accounts.queries.invitations import open_invitation
from linkwell.accounts.queries.sign_in import user_by_id
from linkwell.accounts.views.sign_in import BACKEND
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid, InvalidMove

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people(request: ScopedRequest) -> HttpResponse:
    page = staff.people_who_work_here(request.scope, page_number(request))
    return render(request, "accounts/staff.jinja", {"page": page})


@get_or_post
def invite(request: ScopedRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, teams=_teams(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            sent = invite_and_tell(
                scope=request.scope, email=given["email"], name=given["name"], details=form.details()
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            return render(request, "accounts/invited.jinja", {"sent": sent, "name": given["name"]})
    context = {"form": form, "heading": "Invite somebody", "button": "Send the invitation"}
    return _form_page(request, context)


@require_POST
def invite_again(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    person = staff.person_who_works_here(request.scope, membership_id)
    sent = invite_again_and_tell(scope=request.scope, membership_id=membership_id)
    return render(request, "accounts/invited.jinja", {"sent": sent, "name": person.name})


@get_or_post
def reset(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    """Asks first; then somebody who lost their phone sets up their sign-in anew."""
    person = staff.person_who_works_here(request.scope, membership_id)
    refused = ""
    if request.method == "POST":
        try:
            sent = reset_and_tell(scope=request.scope, membership_id=membership_id)
        except Invalid as invalid:
            refused = invalid.message
        else:
            return render(request, "accounts/invited.jinja", {"sent": sent, "name": person.name})
    context = {"person": person, "refused": refused}
    return render(request, "accounts/reset.jinja", context, status=409 if refused else 200)


@get_or_post
def change_role(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    person = staff.person_who_works_here(request.scope, membership_id)
    lives = staff.home_postcode(request.scope, person.user_id)
    form = ChangeRoleForm(request.POST or None, teams=_teams(request), initial=_now(person) | {"home_postcode": lives})
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["home_postcode"] != lives:
                actions.record_home_postcode(
                    scope=request.scope, user_id=person.user_id, home_postcode=form.cleaned_data["home_postcode"]
                )
            actions.change_role(scope=request.scope, membership_id=membership_id, details=form.details())
        except Invalid as invalid:
            add_findings(form, invalid)
        except InvalidMove as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"{person.name}’s role is changed.")
            return HttpResponseRedirect(reverse("accounts:staff"))
    return _form_page(request, {"form": form, "heading": person.name, "button": "Save"})


def _now(person: staff.StaffRow) -> dict[str, Any]:
    return {
        "role": person.role,
        "team": str(person.team_id or ""),
        "job_title": person.job_title,
        "languages": ", ".join(person.languages),
        "working_days": [str(day) for day in person.working_days],
        "full_caseload": person.full_caseload,
    }


@get_or_post
def end_role(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    """Asks first; ends one role at once."""
    person = staff.person_who_works_here(request.scope, membership_id)
    refused = ""
    if request.method == "POST":
        try:
            actions.end_role(scope=request.scope, membership_id=membership_id)
        except InvalidMove as error:
            refused = error.message
        else:
            messages.success(request, f"{person.name} is no longer {person.role_words.lower()} here.")
            return HttpResponseRedirect(reverse("accounts:staff"))
    context = {"person": person, "refused": refused, "left": staff.still_waiting(request.scope, person.user_id)}
    return render(request, "accounts/end_role.jinja", context, status=409 if refused else 200)


@get_or_post
def leaver(request: ScopedRequest, membership_id: UUID) -> HttpResponse:
    """Shows what still waits for somebody and gives it to others; closes their sign-in here once nothing does."""
    person = staff.person_who_works_here(request.scope, membership_id)
    refused = ""
    if request.method == "POST" and "queue" in request.POST:
        refused = _move_queue(request, person.user_id)
        if not refused:
            return HttpResponseRedirect(reverse("accounts:staff_leaver", args=[membership_id]))
    elif request.method == "POST":
        try:
            actions.close_user(scope=request.scope, user_id=person.user_id)
        except InvalidMove as error:
            refused = error.message
        else:
            messages.success(request, f"{person.name} can no longer sign in here.")
            return HttpResponseRedirect(reverse("accounts:staff"))
    context = {"person": person, "refused": refused, "queues": _queues(request, person.user_id)}
    return render(request, "accounts/leaver.jinja", context, status=409 if refused else 200)


def _takers(request: ScopedRequest, user_id: UUID) -> list[tuple[str, str]]:
    return [(str(each), name) for each, name in staff.who_can_take_over(request.scope, user_id)]


def _queues(request: ScopedRequest, user_id: UUID) -> list[dict[str, Any]]:
    """Each queue with its own small form: all of it to one colleague."""
    takers = _takers(request, user_id)
    return [
        {
            "left": left,
            "form": MoveQueueForm(colleagues=takers, initial={"queue": left.name}, auto_id=f"queue-{number}-%s"),
        }
        for number, left in enumerate(staff.still_waiting(request.scope, user_id))
    ]


def _move_queue(request: ScopedRequest, user_id: UUID) -> str:
    """What stands in the way, in words; empty when it is moved."""
    takers = _takers(request, user_id)
    form = MoveQueueForm(request.POST, colleagues=takers)
    if not form.is_valid():
        return "Choose who takes over."
    given = form.cleaned_data
    try:
        move_queue(scope=request.scope, user_id=user_id, queue=given["queue"], to_user_id=given["to"])
    except (Invalid, InvalidMove) as error:
        return error.message
    name = dict(takers).get(str(given["to"]), "a colleague")
    messages.success(request, f"{given['queue'].capitalize()}: all given to {name}.")
    return ""


@get_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page an invitation leads to. Opening it changes nothing; choosing a password uses the link up."""
    found = open_invitation(token)
    if found is None:
        return render(request, "accounts/invitation_ended.jinja", status=410)
    user = user_by_id(found.user_id)
    form = AcceptInvitationForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user_id = actions.accept_invitation(token=token, password=form.cleaned_data["password"])
        request.session.flush()
        user = user_by_id(user_id)
        login(request, user, backend=BACKEND)
        record_authentication(request, user, method="password")
        note_sign_in("signed_in", user_id)
        return HttpResponseRedirect(reverse("accounts:second_step"))
    context = {"form": form, "invitation": found}
    return render(request, "accounts/invitation.jinja", context, status=422 if request.method == "POST" else 200)


def _teams(request: ScopedRequest) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in staff.own_teams(request.scope)]


def _form_page(request: ScopedRequest, context: dict[str, Any]) -> HttpResponse:
    full = {"lead": "", "narrow": ("full_caseload",), "cancel_url": reverse("accounts:staff")} | context
    return render(request, "accounts/form.jinja", full, status=422 if request.method == "POST" else 200)
