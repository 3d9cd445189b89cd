"""The shortlist of one person's support: kept while looking, printed, sent."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linkwell.accounts.scopes import link_scope
from linkwell.casework import queries as casework
from linkwell.core.routes import ScopedRequest
from linkwell.directory import queries as directory
from linkwell.directory.shortlist_views import beside_each_other, on_a_sheet
from linkwell.kernel.errors import Invalid
from linkwell.onward.actions import shortlists as actions
from linkwell.onward.queries.lists import opened_list


def shortlist(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What was put aside for one person: side by side, to print, to send."""
    scope = request.scope
    case = casework.case(scope, case_id)
    rows = directory.shortlist(scope, case_id)
    context = beside_each_other(request, rows) | {"case": case, "submission_key": uuid4()}
    context["off"] = {row.id: reverse("onward:take_off", args=[case_id, row.id]) for row in rows}
    context["print_url"] = reverse("onward:shortlist_print", args=[case_id])
    context["takes_referrals"] = {row.id for row in rows if row.referral_email}
    return render(request, "onward/shortlist.jinja", context)


def sheet(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    casework.case(request.scope, case_id)
    shown = on_a_sheet(directory.shortlist(request.scope, case_id), request.GET.get("look", ""))
    back = reverse("onward:shortlist", args=[case_id])
    return render(request, "directory/shortlist_print.jinja", shown | {"back": back})


@require_POST
def put_aside(request: ScopedRequest, case_id: UUID, service_id: UUID) -> HttpResponse:
    try:
        actions.put_aside_for(scope=request.scope, case_id=case_id, service_id=service_id)
    except Invalid as full:
        messages.error(request, full.message)
    else:
        messages.success(request, "Put on their shortlist.")
    return redirect("onward:shortlist", case_id=case_id)


@require_POST
def take_off(request: ScopedRequest, case_id: UUID, service_id: UUID) -> HttpResponse:
    actions.take_off_for(scope=request.scope, case_id=case_id, service_id=service_id)
    messages.success(request, "Taken off their shortlist.")
    return redirect("onward:shortlist", case_id=case_id)


@require_POST
def send(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """To the person, or to whoever referred them."""
    try:
        if request.POST.get("to") == "referrer":
            key = _key(request.POST.get("submission_key", ""))
            actions.send_list_to_referrer(scope=request.scope, case_id=case_id, submission_key=key)
            messages.success(request, "The list is sent to whoever referred them.")
        else:
            actions.send_list(scope=request.scope, case_id=case_id)
            messages.success(request, "They get a message with a link to the list. It names nobody and says no reason.")
    except Invalid as problem:
        messages.error(request, problem.message)
    return redirect("onward:shortlist", case_id=case_id)


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid({"": "Open the page again and send it from there."}) from None


def places(request: HttpRequest, list_token: str) -> HttpResponse:
    """The list behind a link, as it is today. It says nothing of who was sent it."""
    found = opened_list(list_token)
    if found is None:
        return render(request, "onward/places_over.jinja", {}, status=404)
    rows = directory.listed_services(link_scope(found.organisation_id, found.id, found.id), found.service_ids)
    shown = on_a_sheet(rows, request.GET.get("look", found.look))
    return render(request, "onward/places.jinja", shown | {"list_token": list_token})
