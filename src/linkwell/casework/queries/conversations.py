"""Reading conversations, attempts and appointments."""

import datetime as dt
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from linkwell.casework.models import Appointment, Interaction, InteractionCorrection, InteractionOutcome
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import NAME, AppointmentRow, CorrectionRow, InteractionRow
from linkwell.core import audit
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.tasks.standing_in import own_or_covered, standing_in

MOST_SHOWN = 200


@query(SEE_CASES)
def interactions(scope: Scope, case_id: UUID) -> tuple[InteractionRow, ...]:
    """Conversations and attempts of a case, newest first, with their corrections. Two statements."""
    rows = _interactions(scope).filter(case_id=case_id).order_by("-happened_at", "-pk")[:MOST_SHOWN]
    return tuple(_row(each) for each in rows)


@query(SEE_CASES, opening=True)
def interaction(scope: Scope, interaction_id: UUID) -> InteractionRow:
    """One conversation, noting that it was opened. Raises NotFound."""
    found = _interactions(scope).filter(pk=interaction_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "interaction", found.pk, person_id=found.person_id)
    return _row(found)


@query(SEE_CASES)
def todays_appointments(scope: Scope, worker_id: UUID, day: dt.date) -> tuple[AppointmentRow, ...]:
    """A worker's booked appointments of one UK day, and those of whom they cover for then, in order.

    A day of a clock change is 23 or 25 hours long.
    """
    rows = _booked(scope, worker_id, day, day)
    return tuple(AppointmentRow.of(each) for each in rows.order_by("starts_at", "pk"))


@query(SEE_CASES)
def appointments_between(scope: Scope, worker_id: UUID, first: dt.date, last: dt.date) -> tuple[AppointmentRow, ...]:
    """A worker's booked appointments from one UK day to another, both included, and those that cover makes theirs.

    In order; of very many the latest.
    """
    rows = _booked(scope, worker_id, first, last)
    latest = rows.order_by("-starts_at", "-pk")[:MOST_SHOWN]
    return tuple(AppointmentRow.of(each) for each in reversed(latest))


@query(SEE_CASES)
def clashes(scope: Scope, worker_id: UUID, starts_at: dt.datetime, minutes: int) -> tuple[AppointmentRow, ...]:
    """What else a worker has booked in these minutes, in order. Nothing clashes where one ends as the other begins."""
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    # A long one may have begun the day before.
    first, last = clock.london(starts_at).date() - dt.timedelta(days=1), clock.london(ends_at).date()
    rows = _booked(scope, worker_id, first, last).filter(starts_at__lt=ends_at).order_by("starts_at", "pk")
    return tuple(AppointmentRow.of(each) for each in rows if each.ends_at > starts_at)


def _booked(scope: Scope, worker_id: UUID, first: dt.date, last: dt.date) -> QuerySet[Appointment]:
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    stand_ins = standing_in(scope, worker_id, first, last)
    whose = own_or_covered(worker_id, stand_ins, owner="worker_id", person="person_id", moment="starts_at")
    return _appointments(scope).filter(whose, state="booked", starts_at__gte=start, starts_at__lt=end)


@query(SEE_CASES)
def appointments_of(scope: Scope, case_id: UUID, *, booked_only: bool = False) -> tuple[AppointmentRow, ...]:
    """The appointments of a case, the latest first."""
    of_case = _booked_of_case if booked_only else _of_case
    return tuple(AppointmentRow.of(each) for each in of_case(scope.organisation_id, case_id))


@written_once
def _of_case(organisation_id: UUID, case_id: UUID) -> QuerySet[Appointment]:
    return _held(organisation_id).filter(case_id=case_id).order_by("-starts_at", "pk")[:MOST_SHOWN]


@written_once
def _booked_of_case(organisation_id: UUID, case_id: UUID) -> QuerySet[Appointment]:
    rows = _held(organisation_id).filter(case_id=case_id, state="booked")
    return rows.order_by("-starts_at", "pk")[:MOST_SHOWN]


@query(SEE_CASES)
def appointment(scope: Scope, appointment_id: UUID) -> AppointmentRow:
    """Raises NotFound."""
    found = _appointments(scope).filter(pk=appointment_id).first()
    if found is None:
        raise NotFound
    return AppointmentRow.of(found)


def _appointments(scope: Scope) -> QuerySet[Appointment]:
    return _held(scope.organisation_id)


def _held(organisation_id: UUID) -> QuerySet[Appointment]:
    return joined(Appointment.objects.filter(organisation_id=organisation_id), *NAME, "person__date_of_birth")


def _interactions(scope: Scope) -> QuerySet[Interaction]:
    rows = joined(Interaction.objects.filter(organisation_id=scope.organisation_id), "recorded_by__name")
    corrections = joined(InteractionCorrection.objects.all(), "recorded_by__name")
    return rows.prefetch_related(Prefetch("corrections", queryset=corrections))


def _row(row: Interaction) -> InteractionRow:
    # The words as corrected before the move are in the record they belong to.
    corrections = [] if row.outcome == InteractionOutcome.MOVED else sorted(row.corrections.all(), key=_number)
    return InteractionRow(
        id=row.pk,
        case_id=row.case_id,
        person_id=row.person_id,
        kind=row.kind,
        outcome=row.outcome,
        happened_at=row.happened_at,
        minutes=row.minutes,
        note=row.note,
        third_party_note=row.third_party_note,
        with_whom=row.with_whom,
        next_step=row.next_step,
        next_date=row.next_date,
        by=row.recorded_by.name,
        corrections=tuple(
            CorrectionRow(
                number=each.number,
                note=each.note,
                third_party_note=each.third_party_note,
                reason=each.reason,
                by=each.recorded_by.name,
                at=each.created_at,
            )
            for each in corrections
        ),
    )


def _number(row: InteractionCorrection) -> int:
    return row.number
