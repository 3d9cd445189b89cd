from datetime import timedelta
from uuid import UUID

from linkwell.core.periodic import every, one_by_one
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.referrals.actions import forget_files, raise_overdue
from linkwell.referrals.queries import overdue


@one_by_one
def alarm(scope: Scope, referral_id: UUID) -> None:
    raise_overdue(scope=scope, referral_id=referral_id)


@every("15 7-18 * * *")
def alarm_on_age(scope: Scope) -> None:
    """No referral waits unseen: past its date it becomes somebody's task, whoever has forgotten it."""
    alarm.over(scope, overdue(scope))


@every("40 3 * * *")
def forget_files_not_sent(scope: Scope) -> None:
    """A file of referrals that was looked at and never sent is not kept beyond a day."""
    forget_files(scope=scope, before=clock.now() - timedelta(days=1))
