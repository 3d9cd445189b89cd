"""Who gets to each step of support."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.evaluations import presenters
from linkwell.evaluations.queries.funnel import funnel


@require_safe
@one_read
def who_gets_there(request: ScopedRequest) -> HttpResponse:
    # Statistics are slow to load, and most processes never show these.
    from linkwell.evaluations.equity import by_group

    found = by_group(funnel(request.scope))
    return render(request, "evaluations/who_gets_there.jinja", {"groups": presenters.groups(found)})
