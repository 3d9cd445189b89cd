"""The one shape of a write: keyword-only, under a scope, one transaction, a permission, and an audit row or nothing."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from linkwell.core.database import at_once, scoped
from linkwell.core.languages import in_english
from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope

P = ParamSpec("P")
R = TypeVar("R")


def action(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as a write. It takes `scope=` and only keywords; a write without an audit row is rolled back."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        @in_english
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            scope = cast(Scope, kwargs["scope"])
            scope.require(permission)
            with scoped(scope) as work:
                if work.known is not None:
                    raise RuntimeError(f"{function.__qualname__} was called in the middle of a read.")
                before = work.audited
                result = function(*args, **kwargs)
                if work.audited == before:
                    raise RuntimeError(f"{function.__qualname__} changed something and left no audit row.")
                return result

        cast(Any, run).permission = permission
        return run

    return decorate


def write_at_once(permission: Permission, *, scope: Scope, function: str, values: Sequence[Any]) -> int:
    """An action that is one function of the database, which audits what it writes (`core.database.at_once`)."""
    scope.require(permission)
    return at_once(scope, function, values)
