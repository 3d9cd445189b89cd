"""What the directory does seconds after something was written."""

from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.directory.actions import meanings


@outbox.handles(meanings.WAITING)
def tell_what_services_mean(scope: Scope, object_id: UUID) -> None:
    meanings.tell_some_and_go_on(scope)
