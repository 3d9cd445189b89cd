"""Our team: who works when, how full everyone is, who is away, who covers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.casework.permissions import ALLOCATE
from linkwell.core.routes import ScopedRequest
from linkwell.kernel import clock
from linkwell.workforce import presenters, queries
from linkwell.workforce.permissions import SEE_LOAD
from linkwell.workforce.views.common import my_team


@require_safe
def team(request: ScopedRequest) -> HttpResponse:
    """For leads with how full everyone is; for everybody with who is there."""
    mine = my_team(request)
    today = clock.today()
    members = queries.team_members(request.scope, mine.id)
    lead = request.scope.may(SEE_LOAD)
    gaps = queries.gaps(request.scope, mine.id) if request.scope.may(ALLOCATE) else ()
    return render(
        request,
        "workforce/team.jinja",
        {
            "team": mine,
            "members": [presenters.member(row, today) for row in members],
            "gaps": [presenters.gap(row) for row in gaps],
            "lead": lead,
        },
    )
