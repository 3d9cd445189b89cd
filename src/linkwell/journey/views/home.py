"""The start page of each role, at one address."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkwell.core.paging import page_number
from linkwell.core.permissions import Role
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.journey import actions, queries
from linkwell.journey.presenters import homes
from linkwell.journey.presenters import today as presenter
from linkwell.kernel import clock


@require_safe
@one_read
def today(request: ScopedRequest) -> HttpResponse:
    """Each role's own: nobody's page shows what is another's."""
    show = HOMES.get(request.scope.role)
    if show is None:
        raise Http404
    return show(request)


def _worker(request: ScopedRequest) -> HttpResponse:
    day = presenter.worker(queries.worker_day(request.scope), clock.now(), _first(request))
    return render(request, "journey/today.jinja", day)


def _first(request: ScopedRequest) -> str:
    """The block that they chose to see first."""
    return str(getattr(request.user, "today_first", ""))


def _team_lead(request: ScopedRequest) -> HttpResponse:
    now = clock.now()
    found = queries.lead_day(request.scope)
    page, own = homes.lead(found, now), presenter.worker(found.own, now, _first(request))
    return render(request, "journey/lead.jinja", {**page, "date": own["date"], "own": own})


def _safeguarding_lead(request: ScopedRequest) -> HttpResponse:
    page = homes.safeguarding(queries.safeguarding_day(request.scope), clock.today())
    return render(request, "journey/safeguarding.jinja", page)


def _referrer(request: ScopedRequest) -> HttpResponse:
    return render(request, "journey/referrer.jinja", homes.referrer(queries.referrer_day(request.scope)))


def _administrator(request: ScopedRequest) -> HttpResponse:
    lines = [homes.attention(line) for line in queries.admin_day(request.scope)]
    return render(request, "journey/administrator.jinja", {"lines": lines})


HOMES: dict[Role, Callable[[ScopedRequest], HttpResponse]] = {
    Role.LINK_WORKER: _worker,
    Role.TEAM_LEAD: _team_lead,
    Role.SAFEGUARDING_LEAD: _safeguarding_lead,
    Role.REFERRER: _referrer,
    Role.CLINICIAN: _referrer,
    Role.ADMINISTRATOR: _administrator,
}


@require_safe
def overdue(request: ScopedRequest) -> HttpResponse:
    """Everyone whose next date has passed."""
    day = clock.today()
    page = queries.overdue_cases(request.scope, page_number(request))
    return render(request, "journey/overdue.jinja", {"page": page.map(lambda row: presenter.overdue_line(row, day))})


@require_safe
def unfinished(request: ScopedRequest) -> HttpResponse:
    page = queries.unfinished(request.scope, page_number(request))
    return render(request, "journey/unfinished.jinja", {"page": page})


@require_POST
def try_again(request: ScopedRequest, event_id: UUID) -> HttpResponse:
    actions.try_again(scope=request.scope, event_id=event_id)
    messages.success(request, "It will be tried again in a moment.")
    return redirect("journey:unfinished")
