"""What a message to the person about an appointment needs, read by the jobs that send it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.endings import AFTER_TRIES
from linkwell.casework.models import Appointment, Case
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.queries.cover import who_looks_after
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging.models import Message


@dataclass(frozen=True, slots=True)
class ToTell:
    """One appointment as it stands now, with the first name of whoever comes and the team's phone number."""

    person_id: UUID
    worker_id: UUID
    team_id: UUID
    staff: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    phone: str
    state: str
    was_moved: bool


@query(SEE_CASES)
def to_tell(scope: Scope, appointment_id: UUID) -> ToTell | None:
    """None when there is no such appointment."""
    row = (
        Appointment.objects.filter(organisation_id=scope.organisation_id, pk=appointment_id)
        .select_related("worker", "case__team")
        .first()
    )
    return told_of(scope, row) if row is not None else None


def told_of(scope: Scope, row: Appointment) -> ToTell:
    """Called inside a query that has the appointment with its worker and team."""
    day = clock.london(row.starts_at).date()
    worker_id, name = who_looks_after(scope, row.worker_id, row.person_id, day) or (row.worker_id, row.worker.name)
    return ToTell(
        person_id=row.person_id,
        worker_id=worker_id,
        team_id=row.case.team_id,
        staff=name.split(" ")[0],
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        phone=row.case.team.phone,
        state=row.state,
        was_moved=row.instead_of_id is not None,
    )


@query(SEE_CASES)
def was_held(scope: Scope, message_id: UUID) -> bool:
    """Whether a message could not go, because no way is safe or known."""
    return Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id, state="held").exists()


@query(SEE_CASES)
def to_remind(scope: Scope, day: dt.date) -> tuple[UUID, ...]:
    """Booked, agreed appointments of one UK day, in order. Nobody whose support rests or has ended is reminded."""
    start, end = clock.at(day, dt.time()), clock.at(day + dt.timedelta(days=1), dt.time())
    rows = Appointment.objects.filter(
        organisation_id=scope.organisation_id,
        state="booked",
        agreed_with_person=True,
        starts_at__gte=start,
        starts_at__lt=end,
    ).exclude(case__state__in=("paused", "closed"))
    return tuple(rows.order_by("starts_at", "pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class LastWord:
    """Support that ended because nobody was reached: to whom, from whom, and the number to phone."""

    person_id: UUID
    staff: str
    phone: str
    closed_at: dt.datetime


@query(SEE_CASES)
def to_tell_at_the_end(scope: Scope, case_id: UUID) -> LastWord | None:
    """None for support that goes on, or that ended otherwise."""
    row = (
        Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id, closing_reason__in=AFTER_TRIES)
        .exclude(closed_at=None)
        .select_related("worker", "closed_by", "team")
        .first()
    )
    who = (row.worker or row.closed_by) if row else None
    if row is None or who is None or row.closed_at is None:
        return None
    return LastWord(row.person_id, who.name.split(" ")[0], row.team.phone, row.closed_at)
