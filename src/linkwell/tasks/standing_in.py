"""Who looks after whose work while they are away, as every list of work asks it.

Linkwell never rewrites an owner for a few days: what is somebody's stays theirs, and each list asks here whose work the
reader sees as well. Cover begins and ends with its dates, whatever any job does. The app that knows of cover registers
how to find it.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linkwell.core.database import already_known
from linkwell.core.scope import Scope
from linkwell.kernel import clock


@dataclass(frozen=True, slots=True)
class StandIn:
    """Work of `owner_id` that is a colleague's from one day to another, both included.

    `only`: what concerns these people; None means all of the owner's work but what concerns the people in `without`.
    """

    owner_id: UUID
    owner_name: str
    starts_on: dt.date
    ends_on: dt.date
    only: frozenset[UUID] | None = None
    without: frozenset[UUID] = frozenset()

    def covers(self, person_id: UUID | None) -> bool:
        if self.only is not None:
            return person_id in self.only
        return person_id is None or person_id not in self.without


Finder = Callable[[Scope, UUID, dt.date, dt.date], Sequence[StandIn]]
_finders: list[Finder] = []


def finds_stand_ins(finder: Finder) -> Finder:
    """Register how to find for whom a user stands in between two days. Called inside a query or action."""
    _finders.append(finder)
    return finder


def standing_in(
    scope: Scope, user_id: UUID, first: dt.date | None = None, last: dt.date | None = None
) -> tuple[StandIn, ...]:
    """For whom this user stands in on any of these days; today when none are given."""
    start = first or clock.today()
    end = last or start
    known, key = already_known("stand-ins"), (user_id, start, end)
    if key not in known:
        known[key] = tuple(each for finder in _finders for each in finder(scope, user_id, start, end))
    found: tuple[StandIn, ...] = known[key]
    return found


def own_or_covered(
    user_id: UUID, stand_ins: Sequence[StandIn], *, owner: str = "owner_id", person: str = "person_id", moment: str = ""
) -> Q:
    """The condition on a list of work: the user's own, and what they stand in for.

    `moment` names a column of time, when the list reaches over days on which cover may begin or end.
    """
    whole = [each.owner_id for each in stand_ins if not moment and each.only is None and not each.without]
    found = Q(**{f"{owner}__in": [user_id, *whole]})
    for each in stand_ins:
        if each.owner_id in whole:
            continue
        part = Q(**{owner: each.owner_id})
        if each.only is not None:
            part &= Q(**{f"{person}__in": each.only})
        elif each.without:
            part &= ~Q(**{f"{person}__in": each.without})
        if moment:
            after = dt.timedelta(days=1)
            part &= Q(**{f"{moment}__gte": clock.at(each.starts_on, dt.time())})
            part &= Q(**{f"{moment}__lt": clock.at(each.ends_on + after, dt.time())})
        found |= part
    return found
