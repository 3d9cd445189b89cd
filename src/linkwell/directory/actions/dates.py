"""The dates that differ: breaks and extra sessions, said by the group; and the school holidays of the area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.room import locked
from linkwell.directory.models import ChangedDates, SchoolBreak, Service, Session
from linkwell.directory.permissions import DECIDE_LISTING, KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

FURTHEST = dt.timedelta(days=730)
LONGEST = dt.timedelta(days=366)
MOST = 60
LONGEST_NAME, MOST_BREAK_DAYS = 80, 60


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


@action(DECIDE_LISTING)
def add_school_break(*, scope: Scope, name: str, first_day: dt.date, last_day: dt.date) -> UUID:
    """Add school holidays: what runs in term time rests on these days. Raises Invalid where there are some already."""
    today = clock.today()
    problems = {}
    if not name.strip() or len(name) > LONGEST_NAME:
        problems["name"] = "Enter a name, such as: February half term."
    if last_day < first_day:
        problems["last_day"] = "This is before the first day."
    elif last_day < today or last_day > today + FURTHEST:
        problems["last_day"] = "Enter days from today to two years from now."
    elif (last_day - first_day).days > MOST_BREAK_DAYS:
        problems["last_day"] = f"Enter {MOST_BREAK_DAYS} days at most."
    ours = SchoolBreak.objects.filter(organisation_id=scope.organisation_id)
    if not problems and ours.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        problems["first_day"] = "There are school holidays on some of these days already."
    if problems:
        raise Invalid(problems)
    added = SchoolBreak.objects.create(
        organisation_id=scope.organisation_id, name=name.strip(), first_day=first_day, last_day=last_day
    )
    audit.record(scope, "added", "school_break", added.pk, fields=("first_day", "last_day"))
    _mark_term_time(scope)
    return added.pk


@action(DECIDE_LISTING)
def take_away_school_break(*, scope: Scope, break_id: UUID) -> None:
    gone, _ = SchoolBreak.objects.filter(organisation_id=scope.organisation_id, pk=break_id).delete()
    if not gone:
        raise NotFound
    audit.record(scope, "took_away", "school_break", break_id)
    _mark_term_time(scope)


def _mark_term_time(scope: Scope) -> None:
    """Whatever runs in term time counts as changed, so that every searching process reads it anew."""
    rows = Service.objects.filter(organisation_id=scope.organisation_id)
    rows.filter(Exists(Session.objects.filter(service=OuterRef("pk"), term_time=True))).update(
        changed_in=F("changed_in")
    )
