"""What follows seconds later: letting go what two people agreed may go."""

from uuid import UUID

from linkwell.core import erasing, outbox
from linkwell.core.scope import Scope
from linkwell.journey.queries.retention import agreed_roots, came_back
from linkwell.people.actions.retention import note_gone, stop_disposal


@outbox.handles("disposal.agreed", external=True)
def let_go(scope: Scope, object_id: UUID) -> None:
    """Outside any transaction of ours: the rows are removed by the login that owns the tables, in one transaction.

    Killed in between, it is done again and finds nothing left to remove.
    """
    if stop_disposal(scope=scope, disposal_id=object_id, came_back=came_back(scope, object_id)):
        return
    counts = erasing.erase(scope.organisation_id, agreed_roots(scope, object_id))
    note_gone(scope=scope, disposal_id=object_id, counts=counts)
