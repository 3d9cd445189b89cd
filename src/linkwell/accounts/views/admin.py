"""Admin pages of an organisation: its details, networks and teams."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.accounts import actions
from linkwell.accounts.forms.admin import NetworkForm, NetworkMemberForm, OrganisationForm, TeamForm
from linkwell.accounts.permissions import MANAGE_STAFF, RUN_ORGANISATION, SEE_UNUSUAL_OPENING, SET_RULES
from linkwell.accounts.queries import staff
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved

# Boxes for a time or a small number: their size says what belongs in them.
NARROW = (
    "opens_at",
    "closes_at",
    "triage_working_days",
    "answer_working_days",
    "danger_working_hours",
    "full_caseload",
)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """What needs attention, and the ways to everything an administrator or lead may change."""
    lines = [
        {"words": each.words, "count": each.count, "url": reverse(each.route)}
        for each in staff.what_needs_attention(request.scope)
    ]
    may = {
        "run": request.scope.may(RUN_ORGANISATION),
        "staff": request.scope.may(MANAGE_STAFF),
        "rules": request.scope.may(SET_RULES),
        "opened": request.scope.may(SEE_UNUSUAL_OPENING),
    }
    return render(request, "accounts/admin.jinja", {"lines": lines, "may": may})


@get_or_post
def organisation(request: ScopedRequest) -> HttpResponse:
    now = staff.own_organisation(request.scope)
    form = OrganisationForm(request.POST or None, initial=asdict(now))
    if saved(form, lambda: actions.change_organisation(scope=request.scope, details=form.details(now.code))):
        return _done(request, "The details are changed.", "accounts:admin")
    context = {"form": form, "heading": "Your organisation", "lead": f"Code {now.code}. It cannot be changed."}
    return _form_page(request, context)


@require_safe
def teams(request: ScopedRequest) -> HttpResponse:
    return render(request, "accounts/teams.jinja", {"teams": staff.own_teams(request.scope)})


@get_or_post
def team_add(request: ScopedRequest) -> HttpResponse:
    form = TeamForm(request.POST or None, colleagues=_colleagues(request), initial=_new_team())
    if saved(form, lambda: actions.add_team(scope=request.scope, details=form.details())):
        return _done(request, "The team is added.", "accounts:teams")
    return _form_page(request, {"form": form, "heading": "Add a team", "cancel_url": reverse("accounts:teams")})


@get_or_post
def team(request: ScopedRequest, team_id: UUID) -> HttpResponse:
    now = staff.own_team(request.scope, team_id)
    form = TeamForm(request.POST or None, colleagues=_colleagues(request), initial=_shown(asdict(now)))
    if saved(form, lambda: actions.change_team(scope=request.scope, team_id=team_id, details=form.details())):
        return _done(request, "The team is changed.", "accounts:teams")
    return _form_page(request, {"form": form, "heading": now.name, "cancel_url": reverse("accounts:teams")})


def _colleagues(request: ScopedRequest) -> list[tuple[str, str]]:
    return [(str(user_id), name) for user_id, name in staff.colleagues(request.scope)]


def _new_team() -> dict[str, Any]:
    return {
        "opens_at": "09:00",
        "closes_at": "17:00",
        "triage_working_days": 2,
        "answer_working_days": 5,
        "danger_working_hours": 2,
        "full_caseload": 56,
        "takes_self_referrals": True,
    }


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    """Times as people type them."""
    return values | {name: values[name].strftime("%H:%M") for name in ("opens_at", "closes_at")}


@require_safe
def networks(request: ScopedRequest) -> HttpResponse:
    rows = staff.own_networks(request.scope)
    return render(request, "accounts/networks.jinja", {"networks": rows})


@get_or_post
def network_add(request: ScopedRequest) -> HttpResponse:
    form = NetworkForm(request.POST or None)
    if saved(form, lambda: actions.add_network(scope=request.scope, details=form.details())):
        return _done(request, "The network is added.", "accounts:networks")
    return _form_page(request, {"form": form, "heading": "Add a network", "cancel_url": reverse("accounts:networks")})


@get_or_post
def network_member(request: ScopedRequest, network_id: UUID) -> HttpResponse:
    if network_id not in {row.id for row in staff.own_networks(request.scope)}:
        raise Http404
    form = NetworkMemberForm(request.POST or None)

    def add() -> None:
        actions.add_to_network(scope=request.scope, network_id=network_id, code=form.cleaned_data["code"])

    if saved(form, add):
        return _done(request, "The organisation is in the network.", "accounts:networks")
    context = {
        "form": form,
        "heading": "Add an organisation to the network",
        "cancel_url": reverse("accounts:networks"),
    }
    return _form_page(request, context)


@require_POST
def network_leave(request: ScopedRequest, network_id: UUID) -> HttpResponse:
    actions.leave_network(scope=request.scope, network_id=network_id)
    return _done(request, "Your organisation has left the network.", "accounts:networks")


def _form_page(request: ScopedRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    full = {"lead": "", "cancel_url": reverse("accounts:admin"), "narrow": NARROW} | context
    return render(request, "accounts/form.jinja", full, status=status)


def _done(request: ScopedRequest, words: str, route: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse(route))
