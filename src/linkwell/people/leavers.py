"""Safeguarding concerns led by somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.people.actions.concern_leads import concerns_led, give_concerns_to


@queue_check("safeguarding concerns they lead")
def open_concerns_led(scope: Scope, user_id: UUID) -> int:
    return concerns_led(scope, user_id)


@queue_mover("safeguarding concerns they lead")
def move_concerns(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_concerns_to(scope, user_id, to_user_id)
