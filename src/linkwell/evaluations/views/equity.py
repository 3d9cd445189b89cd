"""Who gets to each step of support: of a team's, or of those whom a hospital's rules found."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.evaluations import presenters
from linkwell.evaluations.queries import funnel, offers
from linkwell.hospital.queries.trusts import is_trust


@require_safe
@one_read
def who_gets_there(request: ScopedRequest) -> HttpResponse:
    # Statistics are slow to load, and most processes never show these.
    from linkwell.evaluations.equity import by_group

    of_a_trust = is_trust(request.scope)
    if of_a_trust:
        made = by_group(offers.offers(request.scope), offers.STEPS, offers.GROUPS)
    else:
        made = by_group(funnel.funnel(request.scope), funnel.STEPS, funnel.GROUPS)
    report, why = (None, made) if isinstance(made, str) else (presenters.shown(made), "")
    page = {"report": report, "why": why, "of_a_trust": of_a_trust}
    return render(request, "evaluations/who_gets_there.jinja", page)
