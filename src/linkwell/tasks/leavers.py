"""What there is to do for somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check
from linkwell.core.scope import Scope
from linkwell.tasks.queries import tasks_held


@queue_check("things to do")
def open_tasks(scope: Scope, user_id: UUID) -> int:
    return tasks_held(scope, user_id)
