"""Interpreters of appointments, and those still missing when the day comes near."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts import queries as accounts
from linkwell.casework.models import InterpreterBooking
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import name_of
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.working_days import Nation, add_working_days
from linkwell.tasks.standing_in import own_or_covered, standing_in

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """The interpreter of one appointment. `missing`: nobody is coming as things stand; `sure`: somebody is."""

    id: UUID
    appointment_id: UUID
    person_id: UUID
    person_name: str
    starts_at: dt.datetime
    wanted: str
    agency: str
    reference: str
    name: str
    phone: str
    cost: Decimal | None
    state: str
    state_words: str
    version: int

    @property
    def missing(self) -> bool:
        return self.state in ("needed", "failed")

    @property
    def sure(self) -> bool:
        return self.state == "confirmed"


@query(SEE_CASES)
def interpreters_of(scope: Scope, appointment_ids: Collection[UUID]) -> dict[UUID, InterpreterRow]:
    """The interpreter of each of these appointments that has one, in one statement."""
    rows = _bookings(scope).filter(appointment_id__in=appointment_ids)
    return {row.appointment_id: _row(row) for row in rows}


@query(SEE_CASES)
def interpreters_soon(scope: Scope, worker_id: UUID) -> tuple[InterpreterRow, ...]:
    """Interpreters of a worker's appointments to the end of the next working day, with those they cover."""
    today, last = clock.today(), _next_working_day(scope)
    whose = own_or_covered(
        worker_id,
        standing_in(scope, worker_id, today, last),
        owner="appointment__worker_id",
        person="person_id",
        moment="appointment__starts_at",
    )
    return tuple(_row(row) for row in _until(scope, last).filter(whose)[:MOST_SHOWN])


@query(SEE_CASES)
def appointments_without_interpreter(scope: Scope) -> tuple[UUID, ...]:
    """Appointments to the end of the next working day for which no interpreter is coming."""
    rows = _until(scope, _next_working_day(scope)).filter(state__in=["needed", "failed"])
    return tuple(rows.values_list("appointment_id", flat=True))


def _next_working_day(scope: Scope) -> dt.date:
    nation = Nation(accounts.organisation(scope.organisation_id).nation)
    return add_working_days(clock.today(), 1, nation)


def _until(scope: Scope, last: dt.date) -> QuerySet[InterpreterBooking]:
    end = clock.at(last + dt.timedelta(days=1), dt.time())
    rows = _bookings(scope).filter(
        appointment__state="booked", appointment__starts_at__gte=clock.now(), appointment__starts_at__lt=end
    )
    return rows.exclude(state="not_needed").order_by("appointment__starts_at", "pk")


def _bookings(scope: Scope) -> QuerySet[InterpreterBooking]:
    return InterpreterBooking.objects.filter(organisation_id=scope.organisation_id).select_related(
        "person", "appointment"
    )


def _row(row: InterpreterBooking) -> InterpreterRow:
    return InterpreterRow(
        id=row.pk,
        appointment_id=row.appointment_id,
        person_id=row.person_id,
        person_name=name_of(row.person),
        starts_at=row.appointment.starts_at,
        wanted=row.wanted,
        agency=row.agency,
        reference=row.reference,
        name=row.name,
        phone=row.phone,
        cost=row.cost,
        state=row.state,
        state_words=row.moves.words[row.state],
        version=row.version,
    )
