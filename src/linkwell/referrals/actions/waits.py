"""Keeping the wait that people are told, as it was last counted."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.waits import Waits
from linkwell.referrals.models import ExpectedWait
from linkwell.referrals.permissions import COUNT_WAITS


@action(COUNT_WAITS)
def keep_expected_wait(*, scope: Scope, team_id: UUID, waits: Waits) -> None:
    """What the public form of a team says from now on about the wait for a first conversation."""
    given = {
        "organisation_id": scope.organisation_id,
        "reached": waits.reached,
        "waiting": waits.waiting,
        "shortest": waits.shortest,
        "half": waits.half,
        "longest": waits.longest,
        "counted_at": clock.now(),
    }
    row, _ = ExpectedWait.objects.update_or_create(team_id=team_id, defaults=given)
    audit.record(scope, "counted", "expected_wait", row.pk)
