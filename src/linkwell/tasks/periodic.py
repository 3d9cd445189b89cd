from linkwell.core.periodic import every
from linkwell.core.scope import Scope
from linkwell.tasks.actions import escalate
from linkwell.tasks.queries import to_escalate


@every("*/5 * * * *")
def pass_on_unseen(scope: Scope) -> None:
    """An urgent task that nobody acknowledged in time passes to the next in line, until somebody has seen it."""
    for task_id in to_escalate(scope):
        escalate(scope=scope, task_id=task_id)
