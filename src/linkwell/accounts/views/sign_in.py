"""Choosing a role, setting up a second step, and one-click sign-in for the demonstration."""

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linkwell.accounts.actions.sign_in import choose_role, note_sign_in
from linkwell.accounts.adapter import is_relative
from linkwell.accounts.middleware import MEMBERSHIP, StaffRequest
from linkwell.accounts.queries.demo import demo_allowed, demo_people, demo_user
from linkwell.accounts.queries.sign_in import roles_held, second_steps
from linkwell.accounts.scopes import staff_scope

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only ever a page here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_relative(wanted) else "/"


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: StaffRequest) -> HttpResponse:
    """The roles somebody holds; a press of a button chooses one, openly."""
    roles = roles_held(request.user.pk)
    if request.method == "POST":
        chosen = next((role for role in roles if str(role.membership_id) == request.POST.get("membership")), None)
        if chosen is None:
            raise Http404
        scope = staff_scope(
            user_id=request.user.pk, name=request.user.name, organisation_id=chosen.organisation_id, role=chosen.role
        )
        choose_role(scope=scope, membership_id=chosen.membership_id)
        request.session.cycle_key()
        request.session[MEMBERSHIP] = str(chosen.membership_id)
        return HttpResponseRedirect(_next(request))
    now = request.session.get(MEMBERSHIP) if request.scope is not None else None
    return render(request, "accounts/switch.jinja", {"roles": roles, "now": now, "next": _next(request)})


@require_GET
def second_step(request: StaffRequest) -> HttpResponse:
    """Explains the second step and offers the ways to set one up."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"))
    if second_steps(request.user.pk):
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "accounts/second_step.jinja", {"next": _next(request)})


@require_GET
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration, one press each."""
    if not demo_allowed():
        raise Http404
    return render(request, "accounts/demo_sign_in.jinja", {"people": demo_people()})


@require_POST
def demo_sign_in_as(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as one of the made-up people."""
    user = demo_user(user_id) if demo_allowed() else None
    if user is None:
        raise Http404
    request.session.flush()
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="demo")
    note_sign_in("signed_in", user.pk)
    return HttpResponseRedirect("/")
