"""The directory for everybody, without signing in: of organisations that give it away, and only what is public."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts.queries import organisation_by_code
from linkwell.core.paging import page_number
from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope
from linkwell.core.throttle import count_one
from linkwell.directory import presenters, queries
from linkwell.directory.finding import look, shown
from linkwell.directory.forms import FindForm
from linkwell.directory.models import ServiceStatus
from linkwell.directory.queries import published
from linkwell.kernel.danger import dangers_in
from linkwell.kernel.errors import NotFound

# A library or a surgery's waiting room shares one address.
MOST_A_MINUTE = 60
KEPT_SECONDS = 300
SORRY = "You have looked very often. Wait a minute, and look again."


def find(request: HttpRequest, code: str) -> HttpResponse:
    """The search and its results. Of what was not found, the kind of need and the district are counted, no words."""
    scope = _scope(request, code)
    form = FindForm(request.GET)
    context: dict[str, object] = {"form": form, "code": code, "found": None}
    context["dangers"] = dangers_in(request.GET.get("words", ""))
    if form.is_valid():
        context |= shown(form, look(scope, form, page_number(request)), request.GET)
    # What somebody typed stands in the address: nobody on the way shall keep the answer to it.
    return _kept(render(request, "directory/public_find.jinja", context), "private" if request.GET else "public")


def service(request: HttpRequest, code: str, service_id: UUID) -> HttpResponse:
    """One group or service. An identifier that another listing speaks for leads to that one."""
    row = queries.service(_scope(request, code), service_id)
    if row.status == ServiceStatus.WITHDRAWN:
        raise NotFound
    if row.id != service_id:
        return redirect("directory:public_service", code=code, service_id=row.id)
    page = presenters.service_page(replace(row, contact="", room_said_by=""))
    return _kept(render(request, "directory/public_service.jinja", {"service": page, "code": code}), "public")


def _scope(request: HttpRequest, code: str) -> Scope:
    count_one(request, "directory", MOST_A_MINUTE, SORRY)
    organisation = organisation_by_code(code)
    scope = Scope(ActorKind.PUBLIC, None, organisation.id, Role.PUBLIC, "looking through the published directory")
    if not published.gives_its_directory(scope):
        raise NotFound
    return scope


def _kept(sent: HttpResponse, by: str) -> HttpResponse:
    sent["Cache-Control"] = f"{by}, max-age={KEPT_SECONDS}"
    return sent
