from datetime import timedelta

from linkwell.core.periodic import every
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.referrals.actions import forget_files, raise_overdue
from linkwell.referrals.queries import overdue


@every("15 7-18 * * *")
def alarm_on_age(scope: Scope) -> None:
    """No referral waits unseen: past its date it becomes somebody's task, whoever has forgotten it."""
    for referral_id in overdue(scope):
        raise_overdue(scope=scope, referral_id=referral_id)


@every("40 3 * * *")
def forget_files_not_sent(scope: Scope) -> None:
    """A file of referrals that was looked at and never sent is not kept beyond a day."""
    forget_files(scope=scope, before=clock.now() - timedelta(days=1))
