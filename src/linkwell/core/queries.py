"""The one shape of a read: under a scope, with a permission, evaluated before the transaction ends."""

from collections.abc import Callable
from functools import wraps
from types import GeneratorType
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db.models import QuerySet

from linkwell.core.database import scoped
from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope

P = ParamSpec("P")
R = TypeVar("R")
Read = Callable[Concatenate[Scope, P], R]


def query(permission: Permission, *, opening: bool = False) -> Callable[[Read[P, R]], Read[P, R]]:
    """Mark a function as a read. `opening=True` for one that opens a record and so calls `audit.record_opening`.

    The transaction is read-only otherwise. Returning a lazy queryset or a generator raises: templates are
    rendered after the transaction, where a lazy list would be silently empty.
    """

    def decorate(function: Read[P, R]) -> Read[P, R]:
        @wraps(function)
        def run(scope: Scope, /, *args: P.args, **kwargs: P.kwargs) -> R:
            scope.require(permission)
            with scoped(scope, read_only=not opening, reading=True):
                result = function(scope, *args, **kwargs)
            if isinstance(result, QuerySet | GeneratorType):
                raise TypeError(f"{function.__qualname__} returned a lazy result.")
            return result

        cast(Any, run).permission = permission
        return run

    return decorate
