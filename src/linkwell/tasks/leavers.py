"""What there is to do for somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.tasks.actions import give_to, pass_alarms_to
from linkwell.tasks.queries import open_tasks_of, tasks_held


@queue_check("things to do")
def open_tasks(scope: Scope, user_id: UUID) -> int:
    return tasks_held(scope, user_id)


@queue_mover("things to do")
def move_tasks(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_to(scope, [task_id for task_id, _ in open_tasks_of(scope, user_id)], to_user_id)
    pass_alarms_to(scope, user_id, to_user_id)
