"""Which record a file belongs to, and who may see that record. Each app says so for its own things.

A finder is registered in the `attaching` room of the app whose thing it is. It runs inside the caller's transaction
and raises NotFound for whoever is no part of the thing, so that a file is never easier to reach than its record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Record:
    """`restricted`: names of files may tell where somebody is, so none is shown. `page`: where its files are listed.

    `acting`: the authority to write with, where the record is held by an organisation other than the reader's.
    """

    team_id: UUID
    person_id: UUID | None
    restricted: bool
    page: str
    acting: Scope | None = None


Finder = Callable[[Scope, UUID], Record]

_finders: dict[str, Finder] = {}


def belonging(about_kind: str) -> Callable[[Finder], Finder]:
    """Register the finder of one kind of thing."""

    def decorate(finder: Finder) -> Finder:
        _finders[about_kind] = finder
        return finder

    return decorate


def record_of(scope: Scope, about_kind: str, about_id: UUID) -> Record:
    """Raises NotFound for a kind nobody registered, and whenever its finder does."""
    if about_kind not in _finders:
        raise NotFound
    return _finders[about_kind](scope, about_id)
