"""What casework looks at by the clock."""

from linkwell.casework import queries
from linkwell.casework.actions.cases import PAST_DATE_TASK
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.tasks import actions as tasks


@periodic.every("15 6 * * *")
def cases_past_their_date(scope: Scope) -> None:
    """Nobody is forgotten: a case whose next date has gone becomes its worker's task, or the team's."""
    today = clock.today()
    for case in queries.past_next_date(scope, today):
        tasks.open_task(
            scope=scope,
            team_id=case.team_id,
            owner_id=case.worker_id,
            kind=PAST_DATE_TASK,
            title="Somebody's next date has gone: say what comes next",
            about_kind="case",
            about_id=case.id,
            due_on=today,
            person_id=case.person_id,
        )
