"""Who is away when: read by load, by cover, and by whoever plans the weeks ahead."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts.models import Leave, Membership
from linkwell.accounts.permissions import SEE_AWAY, SET_HOURS
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE = 25
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Days somebody is away, both included."""

    id: UUID
    user_id: UUID
    name: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class HoursRow:
    """What load is scaled by. No hours means full time, no induction date means settled in."""

    membership_id: UUID
    user_id: UUID
    name: str
    hours_a_week: float | None
    induction_until: dt.date | None
    working_days: tuple[int, ...]


@query(SEE_AWAY)
def away(scope: Scope, today: dt.date, number: int = 1) -> Page[AwayRow]:
    """Everybody who is away now or will be, the soonest first."""
    rows = (
        Leave.objects.select_related("user")
        .filter(organisation_id=scope.organisation_id, cancelled_at=None, ends_on__gte=today)
        .order_by("starts_on", "user__name", "pk")
    )
    start = (number - 1) * PAGE
    fetched = [
        AwayRow(row.pk, row.user_id, row.user.name, row.starts_on, row.ends_on)
        for row in rows[start : start + PAGE + 1]
    ]
    return Page.of(fetched, number=number, size=PAGE)


@query(SEE_AWAY)
def away_between(
    scope: Scope, user_ids: Collection[UUID], first: dt.date, last: dt.date
) -> dict[UUID, tuple[Days, ...]]:
    """The days each of these colleagues is away that touch the time from `first` to `last`, in order."""
    rows = Leave.objects.filter(
        organisation_id=scope.organisation_id,
        user_id__in=user_ids,
        cancelled_at=None,
        starts_on__lte=last,
        ends_on__gte=first,
    ).order_by("starts_on")
    found: dict[UUID, tuple[Days, ...]] = {}
    for row in rows:
        found[row.user_id] = (*found.get(row.user_id, ()), (row.starts_on, row.ends_on))
    return found


@query(SET_HOURS)
def hours_of(scope: Scope, membership_id: UUID) -> HoursRow:
    """Raises NotFound for a role that has ended or is elsewhere."""
    row = (
        Membership.objects.select_related("user")
        .filter(pk=membership_id, organisation_id=scope.organisation_id, ended_at=None)
        .first()
    )
    if row is None:
        raise NotFound("We could not find that person.")
    return HoursRow(
        membership_id=row.pk,
        user_id=row.user_id,
        name=row.user.name,
        hours_a_week=float(row.hours_a_week) if row.hours_a_week is not None else None,
        induction_until=row.induction_until,
        working_days=tuple(row.working_days),
    )
