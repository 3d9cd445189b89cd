"""Onward referrals a worker still follows."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check
from linkwell.core.scope import Scope
from linkwell.onward.queries import followed_by


@queue_check("onward referrals they follow")
def onward_referrals(scope: Scope, user_id: UUID) -> int:
    return followed_by(scope, user_id)
