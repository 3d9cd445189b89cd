"""A keeper looks at a listing: what its group asked for, who keeps it, what it said; and writes to the group."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.core.routes import ScopedRequest
from linkwell.directory import actions as directory_actions
from linkwell.directory import queries as directory
from linkwell.directory.permissions import DECIDE_LISTING
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, TooMany
from linkwell.messaging import queries as messaging
from linkwell.onward import listing_presenters as presenters
from linkwell.onward.actions import listing_team
from linkwell.onward.listing_forms import DecideForm
from linkwell.onward.presenters import posts


def desk(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    scope = request.scope
    row = directory.listing_desk(scope, service_id)
    return render(
        request,
        "onward/listing_desk.jinja",
        {
            "row": row,
            "trust": presenters.trust_tag(row),
            "limits": presenters.limits_lines(row.limits),
            "rooms": [presenters.room_line(each) for each in row.rooms],
            "posts": posts(messaging.thread(scope, service_id), scope),
            "may_decide": scope.may(DECIDE_LISTING),
            "said": directory.who_said(scope, service_id),
        },
    )


@require_POST
def write(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    """One of the three e-mails that a colleague can send to a group."""
    try:
        listing_team.write_to_listing(scope=request.scope, service_id=service_id, what=request.POST.get("what", ""))
    except (Invalid, TooMany) as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "The e-mail is on its way.")
    return redirect("onward:listing_desk", service_id=service_id)


@require_POST
def decide_change(request: ScopedRequest, service_id: UUID, change_id: UUID) -> HttpResponse:
    def act(take: bool, answer: str, version: int) -> None:
        directory_actions.decide_change(
            scope=request.scope, change_id=change_id, expected_version=version, take=take, answer=answer
        )

    return _decide(request, service_id, act, "Thank you. The group hears of it.")


@require_POST
def decide_claim(request: ScopedRequest, service_id: UUID, claim_id: UUID) -> HttpResponse:
    def act(take: bool, answer: str, version: int) -> None:
        directory_actions.decide_claim(
            scope=request.scope, claim_id=claim_id, expected_version=version, let_in=take, why=answer
        )

    return _decide(request, service_id, act, "Thank you. They hear of it by e-mail.")


def _decide(
    request: ScopedRequest, service_id: UUID, act: Callable[[bool, str, int], None], thanks: str
) -> HttpResponse:
    # A stranger's listing is not there, whatever was typed.
    directory.listing_desk(request.scope, service_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            act(data["take"], data["answer"], data["version"])
        except (Invalid, Conflict, InvalidMove) as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, thanks)
    else:
        messages.error(request, "Choose whether it is right.")
    return redirect("onward:listing_desk", service_id=service_id)


@require_POST
def end_keeping(request: ScopedRequest, service_id: UUID, steward_id: UUID) -> HttpResponse:
    directory_actions.end_keeping(scope=request.scope, steward_id=steward_id)
    messages.success(request, "They no longer look after this listing. Their link has stopped working.")
    return redirect("onward:listing_desk", service_id=service_id)
