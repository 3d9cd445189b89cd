"""Who is in the team, how full they are, and where nobody covers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.casework.permissions import ALLOCATE
from linkwell.casework.rows import CoverRow, Load
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.workforce.permissions import SEE_LOAD, SEE_TEAM
from linkwell.workforce.queries.supervision import last_sessions, next_due
from linkwell.workforce.rows import Gap, TeamMember


@query(SEE_TEAM)
def team_members(scope: Scope, team_id: UUID) -> tuple[TeamMember, ...]:
    """The workers of a team by name. As many statements for twenty as for one."""
    today = clock.today()
    loads = casework.load_by_worker(scope, team_id)
    lead = scope.may(SEE_LOAD)
    a_year = casework.people_a_year(scope, team_id) if lead else {}
    sessions = last_sessions(scope, loads.keys()) if lead else {}
    covers: defaultdict[UUID, list[CoverRow]] = defaultdict(list)
    for each in casework.covers(scope, today):
        covers[each.worker_id].append(each)
    return tuple(
        TeamMember(
            load=load,
            covered_by=tuple(covers[load.worker_id]),
            people_a_year=a_year.get(load.worker_id, 0) if lead else None,
            supervised_on=sessions[load.worker_id].held_on if load.worker_id in sessions else None,
            supervision_due=next_due(sessions.get(load.worker_id), today) if lead else None,
        )
        for load in sorted(loads.values(), key=lambda row: row.name.casefold())
    )


@query(ALLOCATE)
def gaps(scope: Scope, team_id: UUID) -> tuple[Gap, ...]:
    """Where, in the coming four weeks, somebody with people of their own is away and nobody covers."""
    return uncovered(casework.load_by_worker(scope, team_id).values(), casework.covers(scope, clock.today()))


def uncovered(loads: Iterable[Load], covers: Iterable[CoverRow]) -> tuple[Gap, ...]:
    """Each run of days away without cover, the soonest first. Pure."""
    covered: defaultdict[UUID, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for each in covers:
        if each.rest:
            covered[each.worker_id].append((each.starts_on, each.ends_on))
    found = [
        Gap(load.worker_id, load.name, first, last)
        for load in loads
        if load.cases
        for away in load.away
        for first, last in _without(away, covered[load.worker_id])
    ]
    return tuple(sorted(found, key=lambda gap: (gap.starts_on, gap.worker_name)))


def _without(
    away: tuple[dt.date, dt.date], covered: Iterable[tuple[dt.date, dt.date]]
) -> list[tuple[dt.date, dt.date]]:
    """What is left of a time when the covered times are taken out. All ends are included."""
    one = dt.timedelta(days=1)
    left, start = [], max(away[0], clock.today())
    for first, last in sorted(covered):
        if first > away[1] or last < start:
            continue
        if first > start:
            left.append((start, first - one))
        start = max(start, last + one)
    if start <= away[1]:
        left.append((start, away[1]))
    return left
