"""Onward referrals a worker still follows."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.onward.actions.owners import give_to, open_of
from linkwell.onward.queries import followed_by


@queue_check("onward referrals they follow")
def onward_referrals(scope: Scope, user_id: UUID) -> int:
    return followed_by(scope, user_id)


@queue_mover("onward referrals they follow")
def move_onward_referrals(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    give_to(scope, [each for each, _ in open_of(scope, user_id)], to_user_id)
