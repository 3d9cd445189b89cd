"""What the pages about going home share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from linkwell.core.routes import ScopedRequest
from linkwell.hospital import candidate_words
from linkwell.hospital.queries import freshness_of_wards
from linkwell.hospital.queries.going_home import check_planned
from linkwell.hospital.queries.trusts import TRUST
from linkwell.kernel.errors import InvalidMove, NotFound

P = ParamSpec("P")
View = Callable[Concatenate[ScopedRequest, P], HttpResponse]


def of_a_hospital(view: View[P]) -> View[P]:
    """Mark a page that only a hospital has: to any other organisation it is not there."""

    @wraps(view)
    def run(request: ScopedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "organisation_kind", "") != TRUST:
            raise NotFound
        return view(request, *args, **kwargs)

    return run


def news_of_wards(request: ScopedRequest) -> dict[str, Any]:
    """How old the news is of whatever a page about going home shows."""
    return candidate_words.feeds(freshness_of_wards(request.scope))


def at_version(request: ScopedRequest, version: int) -> QueryDict:
    """What was typed, now said of the newest version: the next saving means it."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed


def of_a_planned_stay(view: Callable[[ScopedRequest, UUID], HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that plans something for a stay: after a death it leads back to the stay, and says so there."""

    @of_a_hospital
    @wraps(view)
    def run(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
        try:
            check_planned(request.scope, stay_id)
            return view(request, stay_id)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("hospital:stay", stay_id=stay_id)

    return run
