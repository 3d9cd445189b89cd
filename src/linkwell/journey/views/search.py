"""The one search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.journey import queries
from linkwell.journey.presenters.search import found
from linkwell.people.permissions import PERSON_SEARCH

LONGEST = 100


@require_safe
@one_read
def search(request: ScopedRequest) -> HttpResponse:
    """People, groups and services, and referrals by reference."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    result = found(queries.everything(request.scope, text), text)
    may = {"people": request.scope.may(PERSON_SEARCH), "services": request.scope.may(FIND_SERVICES)}
    return render(request, "journey/search.jinja", {"q": text, "may": may, **result})
