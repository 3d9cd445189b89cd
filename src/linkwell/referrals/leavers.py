"""What waits to be read by somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.referrals.actions.owners import give_referrals_to
from linkwell.referrals.queries import referrals_held


@queue_check("referrals that wait to be decided")
def waiting_referrals(scope: Scope, user_id: UUID) -> int:
    return referrals_held(scope, user_id)


@queue_mover("referrals that wait to be decided")
def move_referrals(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_referrals_to(scope, user_id, to_user_id)
