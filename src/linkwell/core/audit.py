"""The trail of every change and every opening. Rows hold ids and field names, never values.

Rows are plain inserts in the action's own transaction; the sealer (`core.sealer`) chains them afterwards.
"""

from uuid import UUID

from django.db import connection

from linkwell.core.database import current_work
from linkwell.core.scope import Scope
from linkwell.kernel import clock

OPENED = "opened"
# The event and the note that it is to be sealed, in one statement: every page about a person leaves at least one.
_WRITE = "SELECT linkwell_audit(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[])"


def record(
    scope: Scope,
    verb: str,
    object_kind: str,
    object_id: UUID | None,
    *,
    person_id: UUID | None = None,
    fields: tuple[str, ...] = (),
) -> None:
    """Leave one audit row in the open transaction. `person_id` is whose record it concerns, when it is one person's."""
    work = current_work()
    who = (scope.actor_kind.value, scope.actor_id, scope.role.value, scope.purpose)
    what = (verb, object_kind, object_id, person_id, list(fields))
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [scope.organisation_id, clock.now(), *who, *what])
    work.audited += 1


def record_opening(scope: Scope, object_kind: str, object_id: UUID, *, person_id: UUID | None = None) -> None:
    """Note that somebody opened a record: the only write a query makes."""
    record(scope, OPENED, object_kind, object_id, person_id=person_id)
