"""What is still open about a case, as its last page before ending shows it."""

from uuid import UUID

from linkwell.casework import closing
from linkwell.casework.models import Appointment, Case
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import OpenItem
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.people import queries as people
from linkwell.people.models import Concern


@query(SEE_CASES)
def still_open(scope: Scope, case_id: UUID) -> tuple[OpenItem, ...]:
    """Appointments, onward referrals and concerns that ending support would leave open."""
    return closing.still_open(scope, case_id)


@closing.open_items
def booked_appointments(scope: Scope, case_id: UUID) -> tuple[OpenItem, ...]:
    rows = Appointment.objects.filter(organisation_id=scope.organisation_id, case_id=case_id, state="booked")
    return tuple(
        OpenItem(
            kind="appointment",
            words=f"An appointment on {words.written_datetime(each.starts_at)}",
            what_to_do="Cancel it, or say who will go.",
        )
        for each in rows.order_by("starts_at")
    )


@closing.open_items
def open_concerns(scope: Scope, case_id: UUID) -> tuple[OpenItem, ...]:
    """Says only that there is somebody to talk to: what the concern is stays with those who handle it."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    records = people.resolved_ids(scope, case.person_id) if case is not None else ()
    concerns = Concern.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    if not concerns.exclude(state="closed").exists():
        return ()
    item = OpenItem(
        kind="concern",
        words="Your safeguarding lead is not ready for support to end",
        what_to_do="Talk with them before you end support, and note what you agreed.",
    )
    return (item,)
