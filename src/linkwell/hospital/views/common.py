"""What the pages about going home share."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from linkwell.core.routes import ScopedRequest
from linkwell.hospital.queries.trusts import TRUST
from linkwell.kernel.errors import NotFound

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
