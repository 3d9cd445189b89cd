"""Giving somebody their time in writing, when their link worker asks for it."""

from uuid import UUID

from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.reaching import ways_to_write
from linkwell.casework.queries.telling import to_tell
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound
from linkwell.messaging import actions as messaging
from linkwell.people import queries as people


@action(WRITE_CASES)
def send_time(*, scope: Scope, appointment_id: UUID) -> UUID:
    """Write the time to the person by text or e-mail, once. Returns the message. Raises NotFound.

    Raises InvalidMove where neither is safe, where the time has gone or is cancelled, and for a child whose adults
    are told instead.
    """
    found = to_tell(scope, appointment_id)
    if found is None:
        raise NotFound
    if found.state != "booked" or found.starts_at <= clock.now() or people.has_died(scope, found.person_id):
        raise InvalidMove("This time is over or cancelled.")
    decided_for_them = people.contact_is_decided_for_them(scope, found.person_id)
    if decided_for_them or not {"text", "email"} & ways_to_write(scope, found.person_id):
        raise InvalidMove("No text or e-mail to them is safe. Tell them the time when you speak.")
    audit.record(scope, "gave the time", "appointment", appointment_id, person_id=found.person_id)
    return messaging.send(
        scope=scope,
        audience="person",
        template="person_appointment",
        values={"staff": found.staff, "when": found.starts_at, "phone": found.phone},
        about_kind="appointment",
        about_id=appointment_id,
        once_key=f"person_appointment:by_hand:{appointment_id}",
        person_id=found.person_id,
    )
