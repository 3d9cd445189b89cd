"""What would be left open if support ended now. Apps above casework register what they know of."""

from collections.abc import Callable
from uuid import UUID

from linkwell.casework.rows import OpenItem
from linkwell.core.scope import Scope

Finder = Callable[[Scope, UUID], tuple[OpenItem, ...]]

_finders: dict[str, Finder] = {}


def open_items(finder: Finder) -> Finder:
    """Register a function that is given a scope and a case, and returns what is still open about it.

    It runs inside the caller's transaction, for pages and again when support is ended.
    """
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def still_open(scope: Scope, case_id: UUID) -> tuple[OpenItem, ...]:
    """Everything still open about a case, from every app, in a stable order."""
    return tuple(item for name in sorted(_finders) for item in _finders[name](scope, case_id))
