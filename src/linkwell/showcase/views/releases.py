"""Pages of those who prepare and sign releases."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from linkwell.showcase import actions, presenters, queries
from linkwell.showcase.forms import PrepareForm, WithdrawForm
from linkwell.showcase.periods import Period
from linkwell.showcase.permissions import SIGN_RELEASE

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def releases(request: ScopedRequest) -> HttpResponse:
    page = queries.releases(request.scope, page_number(request))
    return render(request, "showcase/releases.jinja", {"page": page})


@get_or_post
def prepare(request: ScopedRequest) -> HttpResponse:
    """Choose a period; what the gate lets through is shown next."""
    form = PrepareForm(
        request.POST if request.method == "POST" else None, country=actions.is_country(request.scope.organisation_id)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.prepare_release(
                scope=request.scope,
                period=Period.read(given["period"]),
                given_to_code=given.get("given_to", ""),
                of_all_areas=given.get("of_all_areas", False),
            )
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, NotFound) as error:
            form.add_error(None, str(error))
        else:
            return redirect("showcase:release", release_id=made)
    status = 422 if request.method == "POST" else 200
    return render(request, "showcase/prepare.jinja", {"form": form}, status=status)


@require_safe
def release(request: ScopedRequest, release_id: UUID) -> HttpResponse:
    """What the gate let through, what it kept back and why, and what can be done now."""
    row = queries.release(request.scope, release_id)
    mine = row.prepared_by_id == request.scope.user_id
    context = {
        "row": row,
        "lines": presenters.lines(row),
        "waits": row.state == "prepared",
        "may_sign": row.state == "prepared" and not mine and request.scope.may(SIGN_RELEASE),
        "mine": mine,
    }
    return render(request, "showcase/release.jinja", context)


@require_POST
def sign_off(request: ScopedRequest, release_id: UUID) -> HttpResponse:
    # What is not theirs is not there, whatever they sent with it.
    queries.release(request.scope, release_id)
    try:
        actions.sign_off_release(scope=request.scope, release_id=release_id, expected_version=_version(request))
    except (Conflict, NotAllowed) as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "It is published. Those who recorded the scores are told.")
    return redirect("showcase:release", release_id=release_id)


@require_POST
def discard(request: ScopedRequest, release_id: UUID) -> HttpResponse:
    queries.release(request.scope, release_id)
    try:
        actions.discard_release(scope=request.scope, release_id=release_id, expected_version=_version(request))
    except Conflict as error:
        messages.info(request, str(error))
        return redirect("showcase:release", release_id=release_id)
    messages.success(request, "It is not published.")
    return redirect("showcase:releases")


@get_or_post
def withdraw(request: ScopedRequest, release_id: UUID) -> HttpResponse:
    """Say why; its page says so from then on."""
    row = queries.release(request.scope, release_id)
    if row.state != "published":
        raise NotFound
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_release(
            scope=request.scope, release_id=release_id, expected_version=row.version, reason=reason
        )
        messages.success(request, "It is withdrawn, and its page says so.")
        return redirect("showcase:release", release_id=release_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "showcase/withdraw.jinja", {"form": form, "row": row}, status=status)


def _version(request: ScopedRequest) -> int:
    """The version somebody saw. Raises Conflict for none at all."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Conflict
    return int(text)
