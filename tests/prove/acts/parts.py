"""What several acts share."""

import datetime as dt
from uuid import UUID

from linkwell.casework import actions as casework
from linkwell.casework.details import ConversationDetails
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.ids import new_id
from tests.prove.week import Living, Row, asked

GOING_ON = ("allocated", "trying", "active")


def rest(week: Living, row: Row) -> None:
    """Most days nothing happens."""


def silent(row: Row) -> bool:
    """One in five never answers."""
    return row.number % 5 == 0


def goes_quiet(row: Row) -> bool:
    """One in seven is spoken with, and then never answers again."""
    return row.number % 7 == 0 and row.state == "active"


def unreachable(row: Row) -> bool:
    return silent(row) or goes_quiet(row)


def one(week: Living, statement: str, *values: object) -> UUID:
    """One of the ids found, by chance. Raises NotFound where there is none."""
    found = asked(statement, *values)
    if not found:
        raise NotFound
    chosen: UUID = week.chance.choice(found)[0]
    return chosen


def another_case(week: Living, row: Row) -> UUID:
    """The support of somebody who has a link worker, in the organisation of this row."""
    return one(
        week,
        "SELECT id FROM casework_case WHERE organisation_id = %s AND state = ANY(%s) ORDER BY id",
        row.organisation_id,
        list(GOING_ON),
    )


def another_person(week: Living, row: Row) -> UUID:
    return week.person_of(Row(another_case(week, row), "", 0, row.organisation_id))


def marked(case_id: UUID) -> str:
    """Words that stand in the record of one support and nowhere else: wherever they turn up, it is about that one."""
    return f"zq{case_id.hex}"


def write_up(week: Living, row: Row, outcome: str, kind: str, appointment_id: UUID | None = None) -> None:
    conversation = ConversationDetails(
        kind=kind,
        outcome=outcome,
        happened_at=clock.now(),
        note=f"Made up, {marked(row.id)}.",
        minutes=20 if outcome == "talked" else None,
        next_date=clock.today() + dt.timedelta(days=5),
        appointment_id=appointment_id,
    )
    casework.write_up(scope=week.worker_of(row), case_id=row.id, submission_key=new_id(), conversation=conversation)
