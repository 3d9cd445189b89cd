"""A route says who may use it, or the program does not start.

`route()` is the only way our apps make a URL. A stranger, a wrong role and an absent row all get the same 404;
someone not signed in is asked to sign in.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path

from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope


class ScopedRequest(HttpRequest):
    """A request whose scope the middleware has worked out."""

    scope: Scope


class Open:
    """A route anybody may use without signing in. `why` is a sentence for the generated reference."""

    def __init__(self, why: str) -> None:
        self.why = why


class SignedIn:
    """A route for anyone signed in, whatever their role (choosing an organisation, one's own settings)."""


P = ParamSpec("P")
Request = TypeVar("Request", bound=HttpRequest)
View = Callable[Concatenate[Request, P], HttpResponseBase]
Guard = Permission | Open | SignedIn


def route(pattern: str, view: "View[Any, ...]", *, name: str, allow: Guard) -> URLPattern:
    """One URL with its guard. `allow` is a permission, or Open / SignedIn said out loud."""
    return path(pattern, _guarded(view, allow), name=name)


def _guarded(view: "View[Any, ...]", allow: Guard) -> "View[Any, ...]":
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(allow, Open) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if isinstance(allow, Permission):
            scope = cast(Scope | None, getattr(request, "scope", None))
            if scope is None or not scope.may(allow):
                raise Http404
        return view(request, *args, **kwargs)

    cast(Any, run).allow = allow
    return run


def declared_routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route of the running program with its full name ("referrals:triage")."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            namespace = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from _walk(each.url_patterns, namespace)
        else:
            yield f"{prefix}{each.name}", each


def guard_of(pattern: URLPattern) -> Guard | None:
    return cast(Guard | None, getattr(pattern.callback, "allow", None))


def declare(patterns: list[Any], allow: Guard) -> list[Any]:
    """Give a guard to every route of a package that is not ours (sign-in pages)."""
    for _, each in _walk(patterns, ""):
        cast(Any, each.callback).allow = allow
    return patterns


def refuse_undeclared_routes() -> None:
    """Raise ImproperlyConfigured naming each route without a guard."""
    missing = [name for name, pattern in declared_routes() if guard_of(pattern) is None]
    if missing:
        raise ImproperlyConfigured(f"These routes do not say who may use them: {', '.join(sorted(missing))}.")
