"""An interpreter for an appointment: needed, booked, confirmed, or not coming."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from linkwell.casework.actions.parts import lock_appointment
from linkwell.casework.details import InterpreterDetails
from linkwell.casework.models import Appointment, InterpreterBooking
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import queries as people
from linkwell.tasks import actions as tasks

MISSING_TASK = "interpreter_missing"
RELEASE_TASK = "interpreter_release"
LONGEST = {"agency": 120, "reference": 60, "name": 120, "phone": 40}
DEAREST = 10_000
_LINES = {
    "booked": "Interpreter booked",
    "confirmed": "Interpreter confirmed",
    "failed": "The interpreter could not come",
    "needed": "An interpreter is needed",
    "not_needed": "No interpreter is needed",
}


def ask_for_interpreter(scope: Scope, row: Appointment) -> None:
    """Called when a time is booked: somebody who needs an interpreter has one asked for."""
    wanted = people.interpreters_for(scope, [row.person_id]).get(row.person_id)
    if wanted:
        _begin(scope, row, wanted)


def _begin(scope: Scope, row: Appointment, wanted: str) -> InterpreterBooking:
    booking = InterpreterBooking(
        organisation_id=scope.organisation_id,
        appointment=row,
        person_id=row.person_id,
        wanted=wanted[:300],
        state="needed",
    )
    states.begin(scope=scope, row=booking, person_id=row.person_id)
    return booking


@action(WRITE_CASES)
def need_interpreter(*, scope: Scope, appointment_id: UUID) -> UUID:
    """An interpreter is needed for this appointment; said twice it is one. Raises InvalidMove once it is past."""
    row = lock_appointment(scope, appointment_id)
    if row.state != "booked":
        raise InvalidMove("This appointment has been written up or changed.")
    booking = InterpreterBooking.objects.select_for_update().filter(appointment=row).first()
    if booking is None:
        wanted = people.interpreters_for(scope, [row.person_id]).get(row.person_id, "")
        return _begin(scope, row, wanted or "Interpreter: ask which language").pk
    if booking.state == "not_needed":
        states.move(scope=scope, row=booking, to="needed", person_id=row.person_id)
    else:
        audit.record(scope, "asked again", "interpreter", booking.pk, person_id=row.person_id)
    return booking.pk


@action(WRITE_CASES)
def record_interpreter(
    *, scope: Scope, appointment_id: UUID, expected_version: int, details: InterpreterDetails
) -> None:
    """How far the interpreter has got, and who it is. Somebody who could not come becomes an urgent task.

    Raises Invalid, Conflict when somebody else recorded it, and InvalidMove for a step that makes no sense.
    """
    given = _checked(details)
    row = lock_appointment(scope, appointment_id)
    booking_id = need_interpreter(scope=scope, appointment_id=appointment_id) if row.state == "booked" else None
    if booking_id is None:
        raise InvalidMove("This appointment has been written up or changed.")
    booking = states.lock(InterpreterBooking, booking_id, expected_version=expected_version or None)
    fields = ("agency", "reference", "name", "phone", "cost")
    for field in fields:
        setattr(booking, field, getattr(given, field))
    if booking.state == given.state:
        booking.version += 1
        booking.save(update_fields=["version", *fields])
        audit.record(scope, "changed", "interpreter", booking.pk, person_id=row.person_id, fields=fields)
    else:
        summary = f"{_LINES[given.state]}: {words.written_datetime(row.starts_at)}"
        line = timeline.Line(row.person_id, "appointment", summary)
        states.move(
            scope=scope,
            row=booking,
            to=given.state,
            reason=given.reason,
            fields=fields,
            line=line,
            person_id=row.person_id,
        )
    _keep_task(scope, row, booking)


def _checked(details: InterpreterDetails) -> InterpreterDetails:
    tidy: dict[str, Any] = {
        name: " ".join(getattr(details, name).replace("\x00", "").split()) for name in (*LONGEST, "reason")
    }
    given = replace(details, **tidy)
    problems = {
        name: f"This can be up to {most} characters."
        for name, most in LONGEST.items()
        if len(getattr(given, name)) > most
    }
    if given.state not in _LINES:
        problems["state"] = "Choose how far it has got."
    if given.state in ("booked", "confirmed") and not (given.agency or given.name):
        problems["agency"] = "Say which agency, or who interprets."
    if given.state == "failed" and not given.reason:
        problems["reason"] = "Say what happened."
    if given.cost is not None and not 0 <= given.cost < DEAREST:
        problems["cost"] = "Enter the cost in pounds, or leave it empty."
    if problems:
        raise Invalid(problems)
    return replace(given, reason=given.reason[:300])


def _keep_task(scope: Scope, row: Appointment, booking: InterpreterBooking) -> None:
    if booking.state == "failed":
        _leave_missing_task(scope, row)
    elif booking.state != "needed":
        tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=MISSING_TASK)


@action(WRITE_CASES)
def chase_interpreter(*, scope: Scope, appointment_id: UUID) -> None:
    """The day before: a time for which nobody interprets becomes its worker's urgent task. Safe to do again."""
    _leave_missing_task(scope, lock_appointment(scope, appointment_id))


def _leave_missing_task(scope: Scope, row: Appointment) -> None:
    """Somebody finds another interpreter, or agrees another time: never a relative in their place."""
    tasks.open_task(
        scope=scope,
        team_id=row.case.team_id,
        owner_id=row.worker_id,
        kind=MISSING_TASK,
        title=f"No interpreter yet: find one, or agree another time ({words.written_datetime(row.starts_at)})",
        about_kind="appointment",
        about_id=row.pk,
        due_on=clock.today(),
        urgent=True,
        person_id=row.person_id,
    )


@action(WRITE_CASES)
def release_interpreter(*, scope: Scope, appointment_id: UUID) -> None:
    """The appointment was moved or cancelled: an interpreter already booked has to hear. Safe to do again."""
    row = lock_appointment(scope, appointment_id)
    booking = InterpreterBooking.objects.select_for_update().filter(appointment=row).exclude(state="not_needed").first()
    tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=MISSING_TASK)
    if booking is None:
        return
    to_hear = booking.state in ("booked", "confirmed")
    states.move(scope=scope, row=booking, to="not_needed", reason="The time has changed", person_id=row.person_id)
    if to_hear:
        tasks.open_task(
            scope=scope,
            team_id=row.case.team_id,
            owner_id=row.worker_id,
            kind=RELEASE_TASK,
            title=f"Tell the interpreter that the time has changed ({words.written_datetime(row.starts_at)})",
            about_kind="appointment",
            about_id=row.pk,
            due_on=clock.today(),
            person_id=row.person_id,
        )
