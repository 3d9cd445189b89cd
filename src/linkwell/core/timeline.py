"""One line for each thing that happened with a person, and who may see that line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, QuerySet

from linkwell.core.models import TimelineEntry
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import clock
from linkwell.kernel.pages import Page


class Seen(StrEnum):
    """Who may see a line: the care team, or only those who handle safeguarding."""

    CARE_TEAM = "care_team"
    SAFEGUARDING = "safeguarding"


@dataclass(frozen=True, slots=True)
class Line:
    """What to write: `kind` is the filter on the timeline, `summary` one plain sentence for the screen."""

    person_id: UUID
    kind: str
    summary: str
    at: datetime | None = None
    seen_by: Seen = Seen.CARE_TEAM


def record(scope: Scope, line: Line, *, object_kind: str, object_id: UUID) -> None:
    TimelineEntry.objects.create(
        organisation_id=scope.organisation_id,
        person_id=line.person_id,
        kind=line.kind,
        summary=line.summary,
        at=line.at or clock.now(),
        seen_by=line.seen_by.value,
        object_kind=object_kind,
        object_id=object_id,
        actor_kind=scope.actor_kind.value,
        actor_id=scope.actor_id,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One line as it was written. `object_kind` and `object_id` say what it is about."""

    person_id: UUID
    kind: str
    at: datetime
    summary: str
    seen_by: Seen
    object_kind: str
    object_id: UUID
    actor_kind: str
    actor_id: UUID | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of these records, of these kinds (all when empty) or of every kind but these.

    `safeguarding` is whether the reader handles safeguarding; otherwise those lines are not there at all.
    """

    person_ids: Collection[UUID]
    safeguarding: bool
    kinds: Collection[str] = ()
    but: Collection[str] = ()


def told(scope: Scope, wanted: Wanted, *, number: int = 1, size: int = 20) -> Page[Told]:
    """A page of lines, the newest first. Called from inside a query."""
    safeguarding, kinds, but = "yes" if wanted.safeguarding else "", " ".join(wanted.kinds), " ".join(wanted.but)
    asked = (scope.organisation_id, wanted.person_ids, safeguarding, kinds, but)
    if number == 1:
        rows = _newest(*asked, str(size + 1))
    else:
        start = (number - 1) * size
        rows = list(_wanted(*asked)[start : start + size + 1])
    return Page.of([_told(row) for row in rows], number=number, size=size)


@written_once
def _newest(
    organisation_id: UUID, person_ids: Collection[UUID], safeguarding: str, kinds: str, but: str, most: str
) -> QuerySet[TimelineEntry]:
    return _wanted(organisation_id, person_ids, safeguarding, kinds, but)[: int(most)]


def counted(scope: Scope, person_ids: Collection[UUID], *, safeguarding: bool) -> dict[str, int]:
    """How many lines of each kind these records have, for this reader. Called from inside a query."""
    seen_by = Seen if safeguarding else (Seen.CARE_TEAM,)
    return dict(_counted(scope.organisation_id, person_ids, " ".join(seen_by)))


@written_once
def _counted(
    organisation_id: UUID, person_ids: Collection[UUID], seen_by: str
) -> QuerySet[TimelineEntry, tuple[str, int]]:
    rows = TimelineEntry.objects.filter(
        organisation_id=organisation_id, person_id__in=person_ids, seen_by__in=seen_by.split()
    )
    return rows.values("kind").annotate(number=Count("pk")).order_by().values_list("kind", "number")


def _wanted(
    organisation_id: UUID, person_ids: Collection[UUID], safeguarding: str, kinds: str, but: str
) -> QuerySet[TimelineEntry]:
    rows = TimelineEntry.objects.filter(organisation_id=organisation_id, person_id__in=person_ids)
    if not safeguarding:
        rows = rows.filter(seen_by=Seen.CARE_TEAM.value)
    if kinds:
        rows = rows.filter(kind__in=kinds.split())
    rows = rows.exclude(kind__in=but.split()) if but else rows
    return rows.order_by("-at", "-id")


def _told(row: TimelineEntry) -> Told:
    return Told(
        person_id=row.person_id,
        kind=row.kind,
        at=row.at,
        summary=row.summary,
        seen_by=Seen(row.seen_by),
        object_kind=row.object_kind,
        object_id=row.object_id,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
    )
