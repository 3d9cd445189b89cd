"""The one write of this app: trying unfinished work again."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.models import OutboxEvent
from linkwell.core.scope import Scope
from linkwell.journey.permissions import UNFINISHED
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@action(UNFINISHED)
def try_again(*, scope: Scope, event_id: UUID) -> None:
    """Hand a piece of work that was given up back to the worker. Raises NotFound when it is not waiting any more."""
    changed = OutboxEvent.objects.filter(
        organisation_id=scope.organisation_id, pk=event_id, failed_at__isnull=False, done_at=None
    ).update(failed_at=None, attempts=0, leased_until=None, available_at=clock.now())
    if not changed:
        raise NotFound("That has been taken care of already.")
    audit.record(scope, "tried again", "outbox_event", event_id)
