from uuid import UUID

from linkwell.core.periodic import every, one_by_one
from linkwell.core.scope import Scope
from linkwell.tasks.actions import escalate
from linkwell.tasks.queries import to_escalate


@one_by_one
def pass_on(scope: Scope, task_id: UUID) -> None:
    escalate(scope=scope, task_id=task_id)


@every("*/5 * * * *")
def pass_on_unseen(scope: Scope) -> None:
    """An urgent task that nobody acknowledged in time passes to the next in line, until somebody has seen it."""
    pass_on.over(scope, to_escalate(scope))
