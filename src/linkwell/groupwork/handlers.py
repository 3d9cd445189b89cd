"""A time the practice booked becomes an appointment, and places of somebody who has died are given back."""

from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.groupwork.actions import dying
from linkwell.groupwork.actions.clinics import keep_time


@outbox.handles("case.allocated")
def keep_the_time_in_the_clinic(scope: Scope, object_id: UUID) -> None:
    case = casework.case(scope, object_id)
    if case.referral_id is not None:
        keep_time(scope, case.referral_id, case.id)


@outbox.handles("person.died")
def nobody_waits_for_them(scope: Scope, object_id: UUID) -> None:
    dying.stop_for_death(scope=scope, death_id=object_id)
