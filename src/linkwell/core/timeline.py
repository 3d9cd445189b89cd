"""One line for each thing that happened with a person, and who may see that line."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from linkwell.core.models import TimelineEntry
from linkwell.core.scope import Scope
from linkwell.kernel import clock


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
