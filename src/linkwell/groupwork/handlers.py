"""A time the practice booked becomes an appointment, and places of somebody who has died are given back."""

from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.groupwork.actions import dying
from linkwell.groupwork.actions.clinics import keep_time
from linkwell.people import queries as people


@outbox.handles("case.allocated")
def keep_the_time_in_the_clinic(scope: Scope, object_id: UUID) -> None:
    case = casework.case(scope, object_id)
    # Meanwhile they may wait again, support may have ended, or they may have died: then nothing begins.
    goes_on = case.state not in ("waiting", "closed") and not people.has_died(scope, case.person_id)
    if case.referral_id is not None and goes_on:
        keep_time(scope, case.referral_id, case.id)


@outbox.handles("person.died")
def nobody_waits_for_them(scope: Scope, object_id: UUID) -> None:
    dying.stop_for_death(scope=scope, death_id=object_id)
