"""The trail of every change and every opening. Rows hold ids and field names, never values.

Rows are plain inserts in the action's own transaction; the sealer (`core.sealer`) chains them afterwards.
"""

from uuid import UUID

from linkwell.core.database import current_work
from linkwell.core.models import AuditEvent, AuditPending
from linkwell.core.scope import Scope

OPENED = "opened"


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
    row = AuditEvent.objects.create(
        organisation_id=scope.organisation_id,
        actor_kind=scope.actor_kind.value,
        actor_id=scope.actor_id,
        role=scope.role.value,
        purpose=scope.purpose,
        verb=verb,
        object_kind=object_kind,
        object_id=object_id,
        person_id=person_id,
        fields=list(fields),
    )
    AuditPending.objects.create(audit_id=row.pk, organisation_id=scope.organisation_id)
    work.audited += 1


def record_opening(scope: Scope, object_kind: str, object_id: UUID, *, person_id: UUID | None = None) -> None:
    """Note that somebody opened a record: the only write a query makes."""
    record(scope, OPENED, object_kind, object_id, person_id=person_id)
