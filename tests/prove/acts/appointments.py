"""Times agreed with people, and those who interpret."""

import datetime as dt
from uuid import UUID

from linkwell.casework import actions as casework
from linkwell.casework.details import AppointmentDetails, GotInTheWayDetails, InterpreterDetails
from linkwell.casework.models import CancelledBy
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.workforce import actions as workforce
from tests.prove.acts.parts import write_up
from tests.prove.week import Living, Row, asked

WHO_CANCELS = [each for each in CancelledBy.values if each != CancelledBy.NO_ANSWER]


def book(week: Living, row: Row) -> None:
    details = AppointmentDetails(
        starts_at=clock.now() + dt.timedelta(days=week.chance.randint(1, 4)),
        kind="face",
        agreed_with_person=week.chance.random() < 0.8,
    )
    casework.book_appointment(scope=week.worker_of(row), case_id=row.id, details=details)


def ask_what_got_in_the_way(week: Living, row: Row) -> None:
    missed = "SELECT 1 FROM casework_appointment WHERE case_id = %s AND state IN ('missed', 'not_brought')"
    if not asked(missed, row.id):
        raise NotFound
    details = GotInTheWayDetails(barriers=("forgot",))
    casework.record_what_got_in_the_way(scope=week.worker_of(row), case_id=row.id, details=details)


def call_off(week: Living, row: Row) -> None:
    casework.cancel_appointment(
        scope=week.partner(row).lead,
        appointment_id=row.id,
        expected_version=row.version,
        reason="Ill",
        by=week.turn("cancelled", WHO_CANCELS),
    )


def put_off(week: Living, row: Row) -> None:
    _, starts_at, _ = _booked(row)
    later = AppointmentDetails(starts_at=starts_at + dt.timedelta(days=1), kind="face")
    casework.move_appointment(
        scope=week.partner(row).lead, appointment_id=row.id, expected_version=row.version, details=later
    )


def come(week: Living, row: Row) -> None:
    _write_up(week, row, "talked")


def stay_away(week: Living, row: Row) -> None:
    """Missed where they had agreed to the time; otherwise a try that nobody answered."""
    _write_up(week, row, "missed" if _booked(row)[2] else "tried")


def _write_up(week: Living, row: Row, outcome: str) -> None:
    case_id, starts_at, _ = _booked(row)
    if starts_at > clock.now():
        raise NotFound
    write_up(week, Row(case_id, "", 0, row.organisation_id), outcome, "face", row.id)


def _booked(row: Row) -> tuple[UUID, dt.datetime, bool]:
    statement = "SELECT case_id, starts_at, agreed_with_person FROM casework_appointment WHERE id = %s"
    case_id, starts_at, agreed = asked(statement, row.id)[0]
    return case_id, starts_at, agreed


def find_interpreter(week: Living, row: Row) -> None:
    """One step further, or one back: booked, confirmed, cannot come, not needed after all."""
    after = {
        "needed": ("booked", "booked", "confirmed", "not_needed"),
        "booked": ("confirmed", "failed"),
        "confirmed": ("failed",),
        "failed": ("booked",),
    }
    (appointment_id,) = asked("SELECT appointment_id FROM casework_interpreterbooking WHERE id = %s", row.id)[0]
    details = InterpreterDetails(week.turn(f"interpreter {row.state}", after[row.state]), agency="Words", reason="Ill")
    casework.record_interpreter(
        scope=week.partner(row).lead, appointment_id=appointment_id, expected_version=row.version, details=details
    )


def go_in(week: Living, row: Row) -> None:
    """A visit; most say when they are out."""
    workforce.start_visit(scope=week.chance.choice(week.partner(row).workers), minutes=20)


def come_out(week: Living, row: Row) -> None:
    (worker_id,) = asked("SELECT worker_id FROM workforce_visit WHERE id = %s", row.id)[0]
    own = next(each for each in week.partner(row).workers if each.user_id == worker_id)
    workforce.i_am_out(scope=own, visit_id=row.id)


def look_for(week: Living, row: Row) -> None:
    workforce.look_for(scope=week.partner(row).lead, visit_id=row.id)


def find_safe(week: Living, row: Row) -> None:
    workforce.found_safe(scope=week.partner(row).lead, visit_id=row.id, note="Rang: all is well")
