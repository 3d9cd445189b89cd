"""Counts of what is somebody's own work, called inside the action or query of whoever runs the staff list."""

from uuid import UUID

from linkwell.casework.models import Appointment, Case
from linkwell.core.scope import Scope


def cases_held(scope: Scope, user_id: UUID) -> int:
    """Open cases of one worker."""
    rows = Case.objects.filter(organisation_id=scope.organisation_id, worker_id=user_id)
    return rows.exclude(state="closed").count()


def appointments_held(scope: Scope, user_id: UUID) -> int:
    """Appointments still booked with one worker."""
    return Appointment.objects.filter(organisation_id=scope.organisation_id, worker_id=user_id, state="booked").count()
