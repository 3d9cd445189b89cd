"""Who said what a listing says: a feed, or somebody here, line by line and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import Correction, FeedWords, Sameness, Service, TwiceListed
from linkwell.directory.permissions import SEE_LISTING_DESK
from linkwell.directory.queries.same import giver, shown
from linkwell.directory.sameness import LINES, Line
from linkwell.kernel import clock

# What a correction and a feed call the organisation, of which the service keeps the key.
WHO_RUNS = {"community_organisation_id": "who_runs"}


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One line of a listing. `since` is None where nobody noted the day."""

    label: str
    by: str
    since: dt.date | None


@query(SEE_LISTING_DESK)
def who_said(scope: Scope, service_id: UUID) -> tuple[SaidRow, ...]:
    """For each line that says something; of a listing that another speaks for, the lines of that one."""
    row = shown(scope.organisation_id, service_id)
    said_here = {each.field: each for each in Correction.objects.filter(service=row, ended_at=None)}
    others: dict[str, Service] = {}
    pairs = TwiceListed.objects.filter(kept=row, decision=Sameness.ONE).select_related("other__source")
    for pair in pairs.order_by("decided_at"):
        others |= dict.fromkeys(pair.taken, pair.other)
    words = FeedWords.objects.filter(service__in=[row, *others.values()])
    since = {each.service_id: each.since for each in words}
    found = []
    for line in LINES:
        names = [WHO_RUNS.get(name, name) for name in line.columns]
        here = [said_here[name] for name in names if name in said_here]
        by = next((others[name] for name in line.columns if name in others), row)
        if here:
            newest = max(here, key=lambda each: each.created_at)
            found.append(SaidRow(line.label, newest.said_by, clock.london(newest.created_at).date()))
        elif _says(row, line):
            days = [day for name, day in since.get(by.pk, {}).items() if name in names]
            found.append(SaidRow(line.label, giver(by), dt.date.fromisoformat(max(days)) if days else None))
    return tuple(found)


def _says(row: Service, line: Line) -> bool:
    # Places, times and rules are rows of their own: they are told of wherever there are any words.
    return any(getattr(row, name, True) not in ("", None, [], False) for name in line.columns)
