"""Times agreed with the person: booked, moved, cancelled, happened, or not attended."""

import datetime as dt
from uuid import UUID

from linkwell.casework.actions.attendance import refuse_until_asked
from linkwell.casework.actions.interpreters import ask_for_interpreter
from linkwell.casework.actions.parts import acting_user, change_case, lock_appointment, lock_case, lock_open_case
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.models import Appointment, CancelledBy, Case
from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.conversations import clashes
from linkwell.casework.rows import AppointmentRow
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import queries as people

LONGEST_MINUTES = 480
USUAL_MINUTES = 45
# What comes next in a case that waits for a time agreed, and in one whose time did not come to be.
APPOINTMENT, ANOTHER_TIME = "Appointment", "Agree another time"


@action(WRITE_CASES)
def book_appointment(*, scope: Scope, case_id: UUID, details: AppointmentDetails) -> UUID:
    """Note a time agreed with the person; the same moment booked twice is one appointment.

    Raises Invalid, for "anyway" where the worker was to be free then and is not.
    """
    case = lock_open_case(scope, case_id)
    same = Appointment.objects.filter(
        organisation_id=scope.organisation_id, case=case, state="booked", starts_at=details.starts_at
    ).first()
    if same is not None:
        audit.record(scope, "asked again", "appointment", same.pk, person_id=case.person_id)
        return same.pk
    refuse_until_asked(case)
    row = _begin(scope, case, details, worker_id=case.worker_id or acting_user(scope))
    _pull_next_date(scope, case, row)
    return row.pk


@action(WRITE_CASES)
def move_appointment(
    *, scope: Scope, appointment_id: UUID, expected_version: int, details: AppointmentDetails, reason: str = ""
) -> UUID:
    """Another time for the same appointment. The old one stays as "moved"; returns the new one."""
    old = lock_appointment(scope, appointment_id, expected_version=expected_version)
    case = lock_open_case(scope, old.case_id)
    states.move(scope=scope, row=old, to="moved", reason=reason, person_id=old.person_id)
    if _comes_next(case, old):
        case.next_date = None
    row = _begin(scope, case, details, worker_id=old.worker_id, instead_of=old)
    _pull_next_date(scope, case, row)
    return row.pk


@action(WRITE_CASES)
def cancel_appointment(
    *, scope: Scope, appointment_id: UUID, expected_version: int, reason: str, by: str = CancelledBy.US.value
) -> None:
    """The appointment will not be: by whom (`CancelledBy`), and why. Raises Invalid."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it is cancelled."})
    if by not in CancelledBy.values or by == CancelledBy.NO_ANSWER:
        raise Invalid({"by": "Choose who cancelled it."})
    row = lock_appointment(scope, appointment_id, expected_version=expected_version)
    row.cancelled_by, row.cancelled_why = by, reason.strip()
    states.move(
        scope=scope,
        row=row,
        to="cancelled",
        reason=reason.strip(),
        fields=("cancelled_by", "cancelled_why"),
        line=timeline.Line(row.person_id, "appointment", cancelled_words(row)),
        person_id=row.person_id,
    )
    case = lock_case(scope, row.case_id)
    if case.state != "closed" and _comes_next(case, row):
        case.next_step = ANOTHER_TIME
        change_case(scope=scope, case=case, event="appointment cancelled", fields=("next_step",))


def cancelled_words(row: Appointment) -> str:
    return f"Appointment on {_when(row)} cancelled."


def _comes_next(case: Case, row: Appointment) -> bool:
    return case.next_step == APPOINTMENT and case.next_date == clock.london(row.starts_at).date()


def settle(*, scope: Scope, row: Appointment, to: str) -> None:
    """Called by a write-up: the appointment happened, did not come to be, or the person did not attend.

    Raises Invalid for a time still to come and, for "missed", for one the person had not agreed to.
    """
    if row.starts_at > clock.now():
        raise Invalid({"outcome": "This appointment is still to come."})
    if to in ("missed", "not_brought") and not row.agreed_with_person:
        raise Invalid({"outcome": "Only an appointment the person agreed to can be missed. Choose “Tried, no answer”."})
    if to == "cancelled":
        row.cancelled_by = CancelledBy.NO_ANSWER
    states.move(scope=scope, row=row, to=to, fields=("cancelled_by",), person_id=row.person_id)


def _begin(
    scope: Scope, case: Case, details: AppointmentDetails, *, worker_id: UUID, instead_of: Appointment | None = None
) -> Appointment:
    people.check_alive(scope, case.person_id)
    if details.starts_at <= clock.now():
        raise Invalid({"starts_at": "Choose a time that is still to come."})
    minutes = details.minutes or usual_minutes(interpreter=people.needs_interpreter(scope, case.person_id))
    if not 5 <= minutes <= LONGEST_MINUTES:
        raise Invalid({"minutes": "Say how long it lasts, from 5 minutes to 8 hours."})
    if case.state == "waiting":
        raise InvalidMove("Choose a link worker first, then book a time.")
    if details.only_if_free:
        _refuse_clash(scope, worker_id, details.starts_at, minutes)
    row = Appointment(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        worker_id=worker_id,
        state="booked",
        kind=details.kind,
        starts_at=details.starts_at,
        minutes=minutes,
        place=details.place.strip(),
        agreed_with_person=details.agreed_with_person,
        instead_of=instead_of,
    )
    line = timeline.Line(case.person_id, "appointment", f"Appointment booked for {_when(row)}.")
    states.begin(scope=scope, row=row, line=line, person_id=case.person_id)
    ask_for_interpreter(scope, row)
    return row


def _refuse_clash(scope: Scope, worker_id: UUID, starts_at: dt.datetime, minutes: int) -> None:
    """Whose the other appointment is stays unsaid: the page may be seen by the person who is being booked."""
    found = clashes(scope, worker_id, starts_at, minutes)
    if found:
        who = "You have" if worker_id == scope.user_id else "Their link worker has"
        times = words.joined([f"{_when(each)} to {words.written_time(each.ends_at)}" for each in found])
        raise Invalid({"anyway": f"{who} another appointment then: {times}. Choose another time, or tick this"})


def usual_minutes(*, interpreter: bool) -> int:
    """Everything is said twice where somebody interprets."""
    return USUAL_MINUTES * (2 if interpreter else 1)


def _pull_next_date(scope: Scope, case: Case, row: Appointment) -> None:
    """An agreed time is the next thing that happens, unless something else comes sooner."""
    day = clock.london(row.starts_at).date()
    if case.next_date is not None and clock.today() <= case.next_date <= day:
        change_case(scope=scope, case=case, event="appointment booked", fields=())
        return
    case.next_date, case.next_step = day, APPOINTMENT
    change_case(scope=scope, case=case, event="appointment booked", fields=("next_date", "next_step"))


def _when(row: Appointment | AppointmentRow) -> str:
    return words.written_datetime(row.starts_at)
