"""What the workforce looks at by the clock."""

from uuid import UUID

from linkwell.casework import actions as casework
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.workforce import queries
from linkwell.workforce.actions import tell_next_person
from linkwell.workforce.alarm import next_to_tell


@periodic.one_by_one
def tell(scope: Scope, visit_id: UUID) -> None:
    tell_next_person(scope=scope, visit_id=visit_id)


@periodic.every("* * * * *")
def visits_not_back(scope: Scope) -> None:
    """Somebody who has not said that they are out is looked for, minute by minute, until a colleague takes it on."""
    now = clock.now()
    late = queries.late_visits(scope, now)
    tell.over(scope, (each.id for each in late if next_to_tell(each.out_by, each.told_at, each.grace, now)))


@periodic.every("5 0 * * *")
def cover_that_is_over(scope: Scope) -> None:
    casework.close_past_covers(scope=scope)
