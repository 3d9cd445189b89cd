"""The one function that changes a state.

A move locks the row, checks the version the person saw, writes the new state, a history row,
an audit row, a timeline line and an outbox event, all in the caller's transaction.
"""

from typing import TypeVar
from uuid import UUID

from linkwell.core import audit, outbox, timeline
from linkwell.core.held import StatefulModel
from linkwell.core.models import StateChange
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Conflict, NotFound

Stateful = TypeVar("Stateful", bound=StatefulModel)


def lock(model: type[Stateful], object_id: UUID, *, expected_version: int | None = None) -> Stateful:
    """Take the row for this transaction. NotFound when absent or not ours; Conflict when someone changed it since."""
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=object_id).first()
    if row is None:
        raise NotFound("We could not find that.")
    if expected_version is not None and row.version != expected_version:
        raise Conflict()
    return row


def move(
    *,
    scope: Scope,
    row: StatefulModel,
    to: str,
    reason: str = "",
    line: timeline.Line | None = None,
    fields: tuple[str, ...] = (),
    person_id: UUID | None = None,
) -> None:
    """Change the state of a locked row. `fields` are the other columns the caller has set and wants saved with it.

    Emits the outbox event "<kind>.<state>". Raises InvalidMove when the table of moves does not allow it.
    """
    before = row.state
    row.moves.check(before, to)
    row.state = to
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
    StateChange.objects.create(
        organisation_id=row.organisation_id,
        object_kind=row.moves.kind,
        object_id=row.pk,
        before=before,
        after=to,
        actor_kind=scope.actor_kind.value,
        actor_id=scope.actor_id,
        reason=reason,
    )
    finish_change(scope=scope, row=row, event=to, fields=("state", *fields), line=line, person_id=person_id)


def finish_change(
    *,
    scope: Scope,
    row: StatefulModel,
    event: str,
    fields: tuple[str, ...],
    line: timeline.Line | None,
    person_id: UUID | None,
) -> None:
    """The three things every change of a stateful row leaves behind: audit, timeline, outbox."""
    audit.record(scope, event, row.moves.kind, row.pk, person_id=person_id, fields=fields)
    if line is not None:
        timeline.record(scope, line, object_kind=row.moves.kind, object_id=row.pk)
    outbox.emit(scope, f"{row.moves.kind}.{event}", object_id=row.pk)


def begin(
    *, scope: Scope, row: StatefulModel, line: timeline.Line | None = None, person_id: UUID | None = None
) -> None:
    """Save a new stateful row in its first state, with history, audit, timeline and outbox."""
    row.save(force_insert=True)
    StateChange.objects.create(
        organisation_id=row.organisation_id,
        object_kind=row.moves.kind,
        object_id=row.pk,
        before="",
        after=row.state,
        actor_kind=scope.actor_kind.value,
        actor_id=scope.actor_id,
        reason="",
    )
    finish_change(scope=scope, row=row, event=row.state, fields=(), line=line, person_id=person_id)
