"""What a calendar shows of an appointment, however often it was moved."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import Appointment
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.queries.reaching import ways_to_write
from linkwell.casework.queries.telling import ToTell, told_of
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.people import queries as people


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of a calendar. `first_id` is the time as first agreed and stays when it moves; `changes` since then.

    `now` is how it stands; `cancelled` entries are taken out of a calendar by the file that put them in.
    """

    first_id: UUID
    changes: int
    now: ToTell

    @property
    def cancelled(self) -> bool:
        return self.now.state == "cancelled"


@query(SEE_CASES)
def calendar_entry(scope: Scope, appointment_id: UUID) -> CalendarEntry:
    """The entry that this appointment, or the one it was before it moved, is. Raises NotFound."""
    rows = Appointment.objects.filter(organisation_id=scope.organisation_id).select_related("worker", "case__team")
    first = newest = rows.filter(pk=appointment_id).first()
    if first is None or newest is None:
        raise NotFound
    changes = 0
    while first.instead_of_id is not None:
        first, changes = rows.get(pk=first.instead_of_id), changes + 1
    while (later := rows.filter(instead_of_id=newest.pk).first()) is not None:
        newest, changes = later, changes + 1
    return CalendarEntry(first.pk, changes + (newest.state == "cancelled"), told_of(scope, newest))


@query(SEE_CASES)
def may_be_shown(scope: Scope, person_id: UUID) -> bool:
    """Whether it is still safe to show this person, or the adults who hear for them, a time in writing."""
    if people.has_died(scope, person_id):
        return False
    if people.contact_is_decided_for_them(scope, person_id):
        return bool(people.adults_to_tell(scope, person_id))
    return bool({"text", "email"} & ways_to_write(scope, person_id))
