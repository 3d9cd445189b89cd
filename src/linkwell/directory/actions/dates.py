"""The dates that differ: breaks and extra sessions, said by the group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.room import locked
from linkwell.directory.models import ChangedDates
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

FURTHEST = dt.timedelta(days=730)
LONGEST = dt.timedelta(days=366)
MOST = 60


@dataclass(frozen=True, slots=True)
class DatesSaid:
    """Days, both included, on which the group does not run, or (`runs`) runs besides its usual times."""

    first_day: dt.date
    last_day: dt.date
    runs: bool = False
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    words: str = ""


@action(KEEP_LISTING)
def add_dates(*, scope: Scope, service_id: UUID, said: DatesSaid) -> UUID:
    """Add days that differ. Raises Invalid for days in the wrong order, long past or very far away."""
    today = clock.today()
    problems = {}
    if said.last_day < said.first_day:
        problems["last_day"] = "This is before the first day."
    elif said.last_day < today or said.first_day > today + FURTHEST:
        problems["first_day"] = "Enter days from today to two years from now."
    elif said.last_day - said.first_day > (dt.timedelta(days=6) if said.runs else LONGEST):
        problems["last_day"] = "Enter a week at most." if said.runs else "Enter a year at most."
    if said.runs and said.starts_at is None:
        problems["starts_at"] = "Say when it starts."
    if said.starts_at and said.ends_at and said.ends_at <= said.starts_at:
        problems["ends_at"] = "This is before it starts."
    row = locked(scope, service_id)
    if ChangedDates.objects.filter(service=row, last_day__gte=today).count() >= MOST:
        problems["first_day"] = "There are very many dates already. Take some away first."
    if problems:
        raise Invalid(problems)
    added = ChangedDates.objects.create(
        organisation_id=row.organisation_id,
        service=row,
        first_day=said.first_day,
        last_day=said.last_day,
        runs=said.runs,
        starts_at=said.starts_at if said.runs else None,
        ends_at=said.ends_at if said.runs else None,
        words=said.words.strip()[:200],
    )
    audit.record(scope, "added_dates", "service", row.pk, fields=("first_day", "last_day", "runs"))
    return added.pk


@action(KEEP_LISTING)
def take_away_dates(*, scope: Scope, service_id: UUID, dates_id: UUID) -> None:
    """Those days are as usual again."""
    row = locked(scope, service_id)
    gone, _ = ChangedDates.objects.filter(service=row, pk=dates_id).delete()
    if not gone:
        raise NotFound
    audit.record(scope, "took_away_dates", "service", row.pk, fields=("first_day", "last_day"))
