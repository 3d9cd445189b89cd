"""Reminders the day before, and a last word to somebody nobody reached: only where writing to them is safe.

Where others decide how somebody is contacted, whoever is responsible is reminded. Never a need, a service or a surname.
"""

from uuid import UUID

from linkwell.casework import queries
from linkwell.casework.queries.telling import ToTell, to_tell, to_tell_at_the_end
from linkwell.casework.responsible import ask_to_phone, tell_adults
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone
from linkwell.messaging import actions as messaging
from linkwell.messaging.templates_out import Values
from linkwell.people import queries as people

TEMPLATE = "person_appointment_reminder"
LAST_WORD = "person_last_word"
REMIND_BY_PHONE_TASK = "remind_by_phone"


def remind(scope: Scope, appointment_id: UUID) -> bool:
    """Send one reminder, once. False where there is nothing to remind of, or no safe way to write."""
    found = to_tell(scope, appointment_id)
    if found is None or not _still_to_come(scope, found) or phone.problem(found.phone) is not None:
        return False
    values: Values = {"staff": found.staff, "when": found.starts_at, "phone": found.phone}
    if people.contact_is_decided_for_them(scope, found.person_id):
        return _remind_whoever_is_responsible(scope, appointment_id, found, values)
    if not queries.ways_to_write(scope, found.person_id):
        return False
    messaging.send(
        scope=scope,
        audience="person",
        template=TEMPLATE,
        values=values,
        about_kind="appointment",
        about_id=appointment_id,
        once_key=f"{TEMPLATE}:{appointment_id}",
        person_id=found.person_id,
    )
    return True


def _remind_whoever_is_responsible(scope: Scope, appointment_id: UUID, found: ToTell, values: Values) -> bool:
    """Whether a message went. Else somebody is phoned: a child or dependant does not keep a diary alone."""
    sent = tell_adults(scope, appointment_id, found, TEMPLATE, values)
    if not sent:
        title = "Phone whoever is responsible: remind them of tomorrow’s time"
        ask_to_phone(scope, appointment_id, found, REMIND_BY_PHONE_TASK, title)
    return sent


def _still_to_come(scope: Scope, found: ToTell) -> bool:
    ahead = found.state == "booked" and found.starts_at > clock.now()
    return ahead and not people.has_died(scope, found.person_id)


def say_last_word(scope: Scope, case_id: UUID) -> bool:
    """To somebody who could not be reached: that they can phone whenever they like. False where nothing may be sent."""
    found = to_tell_at_the_end(scope, case_id)
    if found is None or phone.problem(found.phone) is not None or people.has_died(scope, found.person_id):
        return False
    if not queries.ways_to_write(scope, found.person_id):
        return False
    messaging.send(
        scope=scope,
        audience="person",
        template=LAST_WORD,
        values={"staff": found.staff, "phone": found.phone},
        about_kind="case",
        about_id=case_id,
        once_key=f"{LAST_WORD}:{case_id}:{found.closed_at:%Y%m%d}",
        person_id=found.person_id,
    )
    return True
