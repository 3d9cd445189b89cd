"""What every write about a person begins and ends with."""

from uuid import UUID

from linkwell.core import audit, timeline
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.kernel.errors import Conflict, NotFound
from linkwell.people.models import Person
from linkwell.people.queries.person import last_change


def locked_person(scope: Scope, person_id: UUID) -> Person:
    """The record, held for this transaction. NotFound when absent or not ours."""
    found = (
        Person.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=person_id)
        .first()
    )
    if found is None:
        raise NotFound("We could not find that person.")
    return found


def leave_trail(
    scope: Scope, verb: str, kind: str, object_id: UUID, person_id: UUID, fields: tuple[str, ...], summary: str = ""
) -> None:
    """The audit row, and a line on the timeline where there is something to say."""
    audit.record(scope, verb, kind, object_id, person_id=person_id, fields=fields)
    if summary:
        timeline.record(scope, timeline.Line(person_id, kind, summary), object_kind=kind, object_id=object_id)


def conflict_over(scope: Scope, kind: str, object_id: UUID) -> Conflict:
    """Says who saved first, and when."""
    last = last_change(scope, kind, object_id)
    return Conflict(f"{last[0]} saved it {words.ago(last[1])}" if last else "")
