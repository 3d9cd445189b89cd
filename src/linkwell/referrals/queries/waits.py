"""The wait that people are told."""

from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.waits import Waits
from linkwell.referrals.models import ExpectedWait
from linkwell.referrals.permissions import SEE_EXPECTED_WAIT


@query(SEE_EXPECTED_WAIT)
def expected_wait(scope: Scope, team_id: UUID) -> Waits | None:
    """How long people wait for a first conversation with this team, as last counted; None before that."""
    row = ExpectedWait.objects.filter(team_id=team_id).first()
    return Waits(row.reached, row.waiting, row.shortest, row.half, row.longest) if row else None
