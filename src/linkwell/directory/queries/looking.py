"""A search as a page asks it: what the words mean, from where, what fits, and where that happens, in one read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.directory.queries.places import Point, locate
from linkwell.directory.queries.rows import FoundService
from linkwell.directory.queries.search import Search, find, understand
from linkwell.directory.queries.shortlists import spots
from linkwell.directory.understanding import Understood
from linkwell.kernel.pages import Page


@dataclass(frozen=True, slots=True)
class Looked:
    """A search and its page of results. `near` is None where no place was given, or nobody knows it.

    `spots`: where each result happens, as latitude and longitude.
    """

    meant: Understood
    place: str
    near: Point | None
    found: Page[FoundService]
    spots: Mapping[UUID, tuple[tuple[float, float], ...]]


@query(FIND_SERVICES)
def looked(scope: Scope, words: str, place: str, search_near: Callable[[Point | None], Search], number: int) -> Looked:
    """`place` counts before one named among the words; `search_near` gives the search from where that is."""
    meant = understand(scope, words)
    place = place or meant.place
    near = locate(scope, place) if place else None
    found = find(scope, search_near(near), number)
    return Looked(meant, place, near, found, spots(scope, [each.service.id for each in found]))
