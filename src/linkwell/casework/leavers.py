"""What of casework waits for somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check
from linkwell.casework.queries.leaving import appointments_held, cases_held
from linkwell.core.scope import Scope


@queue_check("people they support")
def open_cases(scope: Scope, user_id: UUID) -> int:
    return cases_held(scope, user_id)


@queue_check("appointments")
def booked_appointments(scope: Scope, user_id: UUID) -> int:
    return appointments_held(scope, user_id)
