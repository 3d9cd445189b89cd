"""Giving somebody their time in writing, when their link worker asks for it."""

from uuid import UUID

from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.calendars import may_be_shown
from linkwell.casework.queries.telling import to_tell
from linkwell.casework.responsible import tell_adults
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound
from linkwell.messaging import actions as messaging
from linkwell.messaging.templates_out import Values
from linkwell.people import queries as people


@action(WRITE_CASES)
def send_time(*, scope: Scope, appointment_id: UUID) -> None:
    """Write the time to the person by text or e-mail, once; to whoever hears for them, where others decide that.

    Raises NotFound, and InvalidMove where neither is safe and where the time has gone or is cancelled.
    """
    found = to_tell(scope, appointment_id)
    if found is None:
        raise NotFound
    if found.state != "booked" or found.starts_at <= clock.now() or people.has_died(scope, found.person_id):
        raise InvalidMove("This time is over or cancelled.")
    if not may_be_shown(scope, found.person_id):
        raise InvalidMove("No text or e-mail to them is safe. Tell them the time when you speak.")
    audit.record(scope, "gave the time", "appointment", appointment_id, person_id=found.person_id)
    values: Values = {"staff": found.staff, "when": found.starts_at, "phone": found.phone}
    if people.contact_is_decided_for_them(scope, found.person_id):
        tell_adults(scope, appointment_id, found, "person_appointment", values)
        return
    messaging.send(
        scope=scope,
        audience="person",
        template="person_appointment",
        values=values,
        about_kind="appointment",
        about_id=appointment_id,
        once_key=f"person_appointment:by_hand:{appointment_id}",
        person_id=found.person_id,
    )
