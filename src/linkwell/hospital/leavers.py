"""Whom somebody who leaves was to follow up."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.hospital.actions.follow_ups import give_follow_ups_to
from linkwell.hospital.queries.going_home import follow_ups_held

QUEUE = "people to follow up after going home"


@queue_check(QUEUE)
def follow_ups(scope: Scope, user_id: UUID) -> int:
    return follow_ups_held(scope, user_id)


@queue_mover(QUEUE)
def move_follow_ups(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_follow_ups_to(scope, user_id, to_user_id)
