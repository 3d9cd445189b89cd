"""Sessions, clinics at a practice and meetings about people."""

import datetime as dt

from linkwell.groupwork import actions as groupwork
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from tests.prove.acts.parts import another_case, another_person, marked
from tests.prove.week import Living, Row, asked


def _soon(week: Living) -> dt.datetime:
    return clock.now() + dt.timedelta(days=week.chance.randint(0, 3), hours=3)


def _some(week: Living, statement: str, row: Row) -> list:  # type: ignore[type-arg]
    return [each for (each,) in asked(statement, row.id) if week.chance.random() < 0.6]


def plan_session(week: Living, row: Row) -> None:
    details = SessionDetails(topic="Coffee morning", place="The hall", starts_at=_soon(week))
    groupwork.plan_session(scope=week.chance.choice(week.partner(row).workers), details=details)


def put_on_register(week: Living, row: Row) -> None:
    groupwork.add_to_register(scope=week.partner(row).lead, session_id=row.id, person_id=another_person(week, row))


def hold_session(week: Living, row: Row) -> None:
    groupwork.write_up_session(
        scope=week.partner(row).lead,
        session_id=row.id,
        expected_version=row.version,
        came=_some(week, "SELECT id FROM groupwork_sessionplace WHERE session_id = %s AND ended_at IS NULL", row),
        walk_ins=week.chance.randint(0, 6),
    )


def cancel_session(week: Living, row: Row) -> None:
    groupwork.cancel_session(
        scope=week.partner(row).lead, session_id=row.id, expected_version=row.version, reason_given="Snow"
    )


def plan_clinic(week: Living, row: Row) -> None:
    """At the practice, which may give times to its patients itself."""
    practice = week.place.referrers[0].organisation_id
    details = ClinicDetails(practice_id=practice, room="Room 2", starts_at=_soon(week), slots=4)
    groupwork.plan_clinic(scope=week.chance.choice(week.partner(row).workers), details=details)


def book_time(week: Living, row: Row) -> None:
    groupwork.book_slot(
        scope=week.partner(row).lead,
        slot_id=row.id,
        expected_version=row.version,
        case_id=another_case(week, row),
    )


def practice_books_time(week: Living, row: Row) -> None:
    groupwork.book_slot_by_practice(
        scope=week.place.referrers[0],
        slot_id=row.id,
        expected_version=row.version,
        submission_key=new_id(),
        details=week.details(),
    )


def free_time(week: Living, row: Row) -> None:
    groupwork.free_slot(
        scope=week.partner(row).lead, slot_id=row.id, expected_version=row.version, reason_given="Not that day"
    )


def hold_clinic(week: Living, row: Row) -> None:
    groupwork.write_up_clinic(
        scope=week.partner(row).lead,
        clinic_id=row.id,
        expected_version=row.version,
        came=_some(week, "SELECT id FROM groupwork_clinicslot WHERE clinic_id = %s AND state = 'booked'", row),
        walk_ins=week.chance.randint(0, 2),
    )


def cancel_clinic(week: Living, row: Row) -> None:
    groupwork.cancel_clinic(
        scope=week.partner(row).lead, clinic_id=row.id, expected_version=row.version, reason_given="A flood"
    )


def plan_meeting(week: Living, row: Row) -> None:
    groupwork.plan_meeting(
        scope=week.partner(row).lead, details=MeetingDetails(title="Tuesday meeting", starts_at=_soon(week))
    )


def talk_about(week: Living, row: Row) -> None:
    case_id = another_case(week, row)
    details = ItemDetails(
        said=f"Settling in, {marked(case_id)}",
        action="Ask about the flat",
        owner_name="Kim, at the council",
        due_on=clock.today() + dt.timedelta(days=3),
    )
    person_id = week.person_of(Row(case_id, "", 0, row.organisation_id))
    groupwork.add_item(scope=week.partner(row).lead, meeting_id=row.id, person_id=person_id, details=details)


def hold_meeting(week: Living, row: Row) -> None:
    groupwork.write_up_meeting(
        scope=week.partner(row).lead, meeting_id=row.id, expected_version=row.version, attended="Lena\nKim"
    )


def cancel_meeting(week: Living, row: Row) -> None:
    groupwork.cancel_meeting(
        scope=week.partner(row).lead, meeting_id=row.id, expected_version=row.version, reason_given="Nobody can"
    )
