"""Telling whoever is responsible for somebody about an appointment, where others decide how that person is contacted.

In writing only to an adult who said themselves that it is safe; everybody else is phoned. Called inside a
job or an action.
"""

from uuid import UUID

from linkwell.casework.queries.telling import ToTell, was_held
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging import actions as messaging
from linkwell.messaging.templates_out import Values
from linkwell.people import queries as people
from linkwell.tasks import actions as tasks


def tell_adults(scope: Scope, appointment_id: UUID, found: ToTell, template: str, values: Values) -> bool:
    """Each adult with parental responsibility who may be told, and no other. Whether it went to anybody.

    `template` is that of the message to the person; the one to a parent has the same name.
    """
    sent = False
    for adult_id in people.adults_to_tell(scope, found.person_id):
        message_id = messaging.send(
            scope=scope,
            audience="parent",
            template=template.replace("person_", "parent_", 1),
            values=values,
            about_kind="appointment",
            about_id=appointment_id,
            once_key=f"{template}:{appointment_id}:{adult_id}",
            person_id=found.person_id,
            adult_id=adult_id,
        )
        sent = not was_held(scope, message_id) or sent
    return sent


def ask_to_phone(scope: Scope, appointment_id: UUID, found: ToTell, kind: str, title: str) -> None:
    """Nothing may be written, so their link worker phones today. Whom, the top of their page says."""
    tasks.open_task(
        scope=scope,
        team_id=found.team_id,
        owner_id=found.worker_id,
        kind=kind,
        title=title,
        about_kind="appointment",
        about_id=appointment_id,
        due_on=clock.today(),
        person_id=found.person_id,
    )
