"""What to know before two records are read together. Apps above people register what they know of."""

from collections.abc import Callable
from uuid import UUID

from linkwell.core.scope import Scope

Finder = Callable[[Scope, UUID, UUID], tuple[str, ...]]

_finders: dict[str, Finder] = {}


def before_linking(finder: Finder) -> Finder:
    """Register a function that is given a scope and two records, and says in plain words what linking them changes."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def warnings(scope: Scope, one: UUID, other: UUID) -> tuple[str, ...]:
    """Everything to know, from every app, in a stable order."""
    return tuple(line for name in sorted(_finders) for line in _finders[name](scope, one, other))
