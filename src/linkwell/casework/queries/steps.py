"""Steps of plans that are due."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import Action
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import NAME, name_of
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.tasks.standing_in import own_or_covered, standing_in

MOST_STEPS = 9


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step somebody agreed to take by a day that has come."""

    case_id: UUID
    person_id: UUID
    person_name: str
    words: str
    who: str
    due_on: dt.date


@query(SEE_CASES)
def steps_due(scope: Scope, worker_id: UUID, day: dt.date) -> tuple[DueStep, ...]:
    """Steps due by a day in the plans of those a worker supports or covers for, the oldest first; at most nine."""
    case = "goal__need__plan__case__"
    whose = own_or_covered(
        worker_id, standing_in(scope, worker_id), owner=f"{case}worker_id", person=f"{case}person_id"
    )
    steps = Action.objects.filter(whose, organisation_id=scope.organisation_id, done_at=None, ended_at=None)
    rows = (
        joined(steps, *(f"{case}{each}" for each in NAME))
        .filter(due_on__lte=day)
        .filter(goal__ended_at=None, goal__need__ended_at=None)
        .exclude(**{f"{case}state__in": ["closed", "paused"]})
        .order_by("due_on", "pk")
    )
    return tuple(
        DueStep(
            case_id=row.goal.need.plan.case_id,
            person_id=row.goal.need.plan.case.person_id,
            person_name=name_of(row.goal.need.plan.case.person),
            words=row.words,
            who=row.who,
            due_on=row.due_on,
        )
        for row in rows[:MOST_STEPS]
        if row.due_on is not None
    )
