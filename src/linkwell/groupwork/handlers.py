"""A time the practice booked becomes an appointment once somebody supports the person."""

from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.groupwork.actions.clinics import keep_time


@outbox.handles("case.allocated")
def keep_the_time_in_the_clinic(scope: Scope, object_id: UUID) -> None:
    case = casework.case(scope, object_id)
    if case.referral_id is not None:
        keep_time(scope, case.referral_id, case.id)
