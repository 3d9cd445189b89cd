"""What follows seconds later: letting go what two people agreed may go."""

from uuid import UUID

from linkwell.core import erasing, outbox
from linkwell.core.scope import Scope
from linkwell.hospital.activity.actions import leave_out
from linkwell.hospital.activity.queries import names_of
from linkwell.hospital.queries.trusts import is_trust
from linkwell.journey.queries.retention import agreed_numbers, agreed_roots, came_back
from linkwell.people.actions.retention import note_gone, stop_disposal


@outbox.handles("disposal.agreed", external=True)
def let_go(scope: Scope, object_id: UUID) -> None:
    """Outside any transaction of ours: the rows are removed by the login that owns the tables, in one transaction.

    Killed in between, it is done again and finds nothing left to remove.
    """
    if stop_disposal(scope=scope, disposal_id=object_id, came_back=came_back(scope, object_id)):
        return
    leave_out_of_activity(scope, object_id)
    counts = erasing.erase(scope.organisation_id, agreed_roots(scope, object_id))
    note_gone(scope=scope, disposal_id=object_id, counts=counts)


def leave_out_of_activity(scope: Scope, disposal_id: UUID) -> None:
    """First, since the record tells what the files call the person."""
    numbers = agreed_numbers(scope, disposal_id)
    if numbers and is_trust(scope):
        leave_out(scope=scope, called=names_of(scope, numbers))
