"""A page that is put together from many reads asks them in one transaction."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpResponseBase

from linkwell.core.database import scoped
from linkwell.core.routes import ScopedRequest

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[ScopedRequest, P], R]


def one_read(view: View[P, R]) -> View[P, R]:
    """Mark a view whose queries share one transaction when the page is only asked for.

    Each query would begin and end its own otherwise, and ask again what another one knew. Whatever is sent to the
    same view runs as ever, and an action inside a read raises.
    """

    @wraps(view)
    def run(request: ScopedRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with scoped(request.scope, reading=True):
            return view(request, *args, **kwargs)

    return run
