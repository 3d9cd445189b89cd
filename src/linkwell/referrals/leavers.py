"""What waits to be read by somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check
from linkwell.core.scope import Scope
from linkwell.referrals.queries import referrals_held


@queue_check("referrals that wait to be decided")
def waiting_referrals(scope: Scope, user_id: UUID) -> int:
    return referrals_held(scope, user_id)
