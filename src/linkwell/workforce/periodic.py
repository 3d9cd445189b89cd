"""What the workforce looks at by the clock."""

from linkwell.casework import actions as casework
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.workforce import queries
from linkwell.workforce.actions import tell_next_person
from linkwell.workforce.alarm import next_to_tell


@periodic.every("* * * * *")
def visits_not_back(scope: Scope) -> None:
    """Somebody who has not said that they are out is looked for, minute by minute, until a colleague takes it on."""
    now = clock.now()
    for late in queries.late_visits(scope, now):
        if next_to_tell(late.out_by, late.told_at, late.grace, now):
            tell_next_person(scope=scope, visit_id=late.id)


@periodic.every("5 0 * * *")
def cover_that_is_over(scope: Scope) -> None:
    casework.close_past_covers(scope=scope)
