"""What stands behind a message to somebody else: whose support it is about, and whether they still agree to it.

Each app says so for its own things, so that the gate can look again at the moment a message goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Standing:
    """`person_id`: whose support this is about, None when nobody's. `withdrawn`: they no longer agree to it."""

    person_id: UUID | None = None
    withdrawn: bool = False


Finder = Callable[[Scope, UUID, str], Standing]

_finders: dict[str, Finder] = {}


def behind(about_kind: str) -> Callable[[Finder], Finder]:
    """Register a function that is given a scope, the thing's id and the message's template."""

    def decorate(finder: Finder) -> Finder:
        _finders[about_kind] = finder
        return finder

    return decorate


def of(scope: Scope, about_kind: str, about_id: UUID, template: str) -> Standing:
    """Runs inside the caller's transaction. A kind nobody registered concerns nobody."""
    finder = _finders.get(about_kind)
    return finder(scope, about_id, template) if finder else Standing()
