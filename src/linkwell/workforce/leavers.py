"""What of the workforce waits for somebody who leaves, and how a whole caseload goes to a colleague."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.casework.actions.cover import cover_held, give_cover
from linkwell.casework.actions.moving import booked_with, give_appointments, open_cases_of
from linkwell.core.scope import Scope
from linkwell.workforce.actions import move_caseload


@queue_mover("people they support")
def move_people(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    move_caseload(scope=scope, worker_id=user_id, given=dict.fromkeys(open_cases_of(scope, user_id), to_user_id))


@queue_mover("appointments")
def move_appointments(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    """Those that are not in a case of their own: cases take theirs along."""
    give_appointments(scope, booked_with(scope, user_id), to_user_id)


@queue_check("colleagues they cover for")
def covering(scope: Scope, user_id: UUID) -> int:
    return cover_held(scope, user_id)


@queue_mover("colleagues they cover for")
def move_cover(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_cover(scope, user_id, to_user_id)
