"""Work that goes from one colleague to another, and records that turn out to be one person."""

import datetime as dt
from uuid import UUID

from linkwell.casework import actions as casework
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.people import actions as people
from linkwell.workforce import actions as workforce
from tests.prove.acts.parts import one
from tests.prove.week import Living, Row, asked


def _two_colleagues(week: Living, row: Row) -> tuple[UUID, UUID]:
    first, second = week.chance.sample(week.partner(row).workers, 2)
    assert first.user_id is not None
    assert second.user_id is not None
    return first.user_id, second.user_id


def cover(week: Living, row: Row) -> None:
    """A colleague has somebody's people for some days; it ends by itself."""
    worker_id, covered_by_id = _two_colleagues(week, row)
    today = clock.today()
    casework.arrange_cover(
        scope=week.partner(row).lead,
        worker_id=worker_id,
        covered_by_id=covered_by_id,
        starts_on=today,
        ends_on=today + dt.timedelta(days=2),
    )


def end_cover(week: Living, row: Row) -> None:
    standing = "SELECT id FROM casework_cover WHERE organisation_id = %s AND ended_at IS NULL ORDER BY id"
    casework.end_cover(scope=week.partner(row).lead, cover_id=one(week, standing, row.organisation_id))


def move_caseload(week: Living, row: Row) -> None:
    """All of somebody's people go to a colleague; now and then it is taken back."""
    worker_id, given_to = _two_colleagues(week, row)
    found = asked("SELECT id FROM casework_case WHERE worker_id = %s AND state <> 'closed'", worker_id)
    lead = week.partner(row).lead
    move_id = workforce.move_caseload(
        scope=lead, worker_id=worker_id, given=dict.fromkeys((f for (f,) in found), given_to)
    )
    if week.chance.random() < 0.3:
        workforce.undo_move(scope=lead, move_id=move_id)


def say_same_person(week: Living, row: Row) -> None:
    """Two records of one name are linked; the first link of all is taken back."""
    found = asked(
        "SELECT a.id, b.id FROM people_person a JOIN people_person b ON a.organisation_id = b.organisation_id"
        " AND a.given_name = b.given_name AND a.family_name = b.family_name AND a.id < b.id"
        " WHERE a.organisation_id = %s AND NOT EXISTS (SELECT 1 FROM people_identitylink l WHERE l.undone_at IS NULL"
        " AND (l.record_id IN (a.id, b.id) OR l.same_as_id IN (a.id, b.id))) ORDER BY a.id, b.id",
        row.organisation_id,
    )
    if not found:
        raise NotFound
    scope = week.partner(row).lead
    link_id = people.link_identity(scope=scope, record_id=found[0][1], same_as_id=found[0][0], reason="Same birthday")
    if not week.done["say_same_person"]:
        people.undo_identity_link(scope=scope, link_id=link_id)
