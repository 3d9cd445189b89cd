from linkwell.core.periodic import every
from linkwell.core.scope import Scope
from linkwell.referrals.actions import raise_overdue
from linkwell.referrals.queries import overdue


@every("15 7-18 * * *")
def alarm_on_age(scope: Scope) -> None:
    """No referral waits unseen: past its date it becomes somebody's task, whoever has forgotten it."""
    for referral_id in overdue(scope):
        raise_overdue(scope=scope, referral_id=referral_id)
