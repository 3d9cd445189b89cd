"""The wait that people are told."""

from datetime import timedelta
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.waits import Waits
from linkwell.referrals.models import ExpectedWait
from linkwell.referrals.permissions import SEE_EXPECTED_WAIT

STALE_AFTER = timedelta(days=7)


@query(SEE_EXPECTED_WAIT)
def expected_wait(scope: Scope, team_id: UUID) -> Waits | None:
    """How long people wait for a first conversation with this team, as counted of late; None where nobody did.

    What was counted long ago is not said any more: a queue grows unseen.
    """
    row = ExpectedWait.objects.filter(team_id=team_id, counted_at__gte=clock.now() - STALE_AFTER).first()
    return Waits(row.reached, row.waiting, row.shortest, row.half, row.longest) if row else None
