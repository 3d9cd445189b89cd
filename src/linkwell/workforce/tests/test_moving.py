"""If these fail, somebody leaves and their people are left with nobody, or a mistake cannot be taken back."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.accounts import leavers
from linkwell.accounts.actions import StillBusy, close_user
from linkwell.accounts.actions.leaving import move_queue
from linkwell.accounts.models import Team
from linkwell.casework import queries
from linkwell.casework.tests.helpers import accepted, refer, supported, talk
from linkwell.core import worker as machine
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.referrals.models import Referral
from linkwell.tasks import actions as tasks
from linkwell.tasks import queries as task_queries
from linkwell.workforce import actions
from linkwell.workforce import queries as workforce
from linkwell.workforce.tests.helpers import answered, book, cover, person_of
from tests.place import Place

pytestmark = pytest.mark.django_db


def a_caseload(place: Place) -> tuple[UUID, UUID]:
    """Two people of the worker's, one with a time booked and a task."""
    first, second = supported(place), accepted(place, place.worker.user_id, given_name="Bill", family_name="Stone")
    book(place.worker.scope, first, clock.now() + dt.timedelta(days=2))
    tasks.open_task(
        scope=place.worker.scope,
        team_id=place.team_id,
        owner_id=place.worker.user_id,
        kind="question",
        title="A question",
        about_kind="case",
        about_id=first,
        due_on=clock.today(),
        person_id=person_of(place, first),
    )
    return first, second


def test_a_caseload_moves_in_one_act_and_keeps_its_dates(place: Place) -> None:
    first, second = a_caseload(place)
    before = {row.id: row.next_date for row in queries.caseload(place.worker.scope, place.worker.user_id)}
    given = {first: place.colleague.user_id, second: place.lead.user_id}
    actions.move_caseload(scope=place.lead.scope, worker_id=place.worker.user_id, given=given)
    after = queries.caseload(place.colleague.scope, place.colleague.user_id).rows
    assert [(row.id, row.next_date) for row in after] == [(first, before[first])]
    assert [row.id for row in queries.caseload(place.lead.scope, place.lead.user_id)] == [second]
    assert [row.about_id for row in task_queries.my_tasks(place.colleague.scope)] == [first]
    soon = clock.today() + dt.timedelta(days=2)
    assert [
        row.case_id for row in queries.todays_appointments(place.colleague.scope, place.colleague.user_id, soon)
    ] == [first]
    assert queries.caseload(place.worker.scope, place.worker.user_id).rows == ()


def test_a_move_is_taken_back_whole_while_nothing_has_happened(place: Place) -> None:
    first, second = a_caseload(place)
    given = dict.fromkeys((first, second), place.colleague.user_id)
    move_id = actions.move_caseload(scope=place.lead.scope, worker_id=place.worker.user_id, given=given)
    assert workforce.moves(place.lead.scope, place.team_id)[0].may_undo
    actions.undo_move(scope=place.lead.scope, move_id=move_id)
    assert {row.id for row in queries.caseload(place.worker.scope, place.worker.user_id)} == {first, second}
    assert [row.about_id for row in task_queries.my_tasks(place.worker.scope)] == [first]
    assert len(queries.appointments_of(place.worker.scope, first, booked_only=True)) == 1
    assert queries.caseload(place.colleague.scope, place.colleague.user_id).rows == ()
    with pytest.raises(InvalidMove):
        actions.undo_move(scope=place.lead.scope, move_id=move_id)


def test_a_move_after_which_somebody_has_worked_is_not_taken_back(place: Place) -> None:
    first, second = a_caseload(place)
    given = dict.fromkeys((first, second), place.colleague.user_id)
    move_id = actions.move_caseload(scope=place.lead.scope, worker_id=place.worker.user_id, given=given)
    talk(place.colleague.scope, first)
    assert not workforce.moves(place.lead.scope, place.team_id)[0].may_undo
    with pytest.raises(InvalidMove, match="Work has gone on with 1"):
        actions.undo_move(scope=place.lead.scope, move_id=move_id)
    assert len(queries.caseload(place.colleague.scope, place.colleague.user_id)) == 2


def test_a_move_that_cannot_be_made_whole_is_not_made_at_all(place: Place) -> None:
    first, second = a_caseload(place)
    with pytest.raises(Invalid):
        actions.move_caseload(
            scope=place.lead.scope,
            worker_id=place.worker.user_id,
            given={first: place.colleague.user_id, second: place.stranger.user_id},
        )
    with pytest.raises(Conflict):
        actions.move_caseload(
            scope=place.lead.scope, worker_id=place.colleague.user_id, given={first: place.lead.user_id}
        )
    with pytest.raises(NotFound):
        actions.undo_move(scope=place.stranger_lead.scope, move_id=first)
    assert len(queries.caseload(place.worker.scope, place.worker.user_id)) == 2


@pytest.mark.fault("F36")
def test_every_queue_of_somebody_who_leaves_can_be_given_to_somebody(place: Place) -> None:
    assert leavers.queues_without_a_mover() == ()


@pytest.mark.fault("F36")
def test_a_leaver_leaves_nothing_behind_and_can_do_nothing_afterwards(place: Place) -> None:
    first, _ = a_caseload(place)
    answered(place, first)
    referral_id = refer(place, given_name="Una", family_name="Waits")
    with scoped(place.system):
        Referral.objects.filter(pk=referral_id).update(owner_id=place.worker.user_id)
    Team.objects.filter(pk=place.team_id).update(second_duty_user_id=place.worker.user_id)
    with pytest.raises(StillBusy):
        close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    for queue in _queues(place):
        move_queue(
            scope=place.administrator.scope,
            user_id=place.worker.user_id,
            queue=queue,
            to_user_id=place.colleague.user_id,
        )
    while machine.work_off():
        pass
    assert _queues(place) == []
    close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    assert len(queries.caseload(place.colleague.scope, place.colleague.user_id)) == 2
    assert Team.objects.get(pk=place.team_id).second_duty_user_id == place.colleague.user_id


@pytest.mark.fault("F36")
def test_whoever_covers_cannot_leave_before_somebody_else_covers(place: Place) -> None:
    supported(place)
    cover(place)
    with pytest.raises(StillBusy, match="colleagues they cover for"):
        close_user(scope=place.administrator.scope, user_id=place.colleague.user_id)
    with pytest.raises(Invalid):
        _move_cover(place, place.worker.user_id)
    _move_cover(place, place.lead.user_id)
    assert len(queries.caseload(place.lead.scope, place.lead.user_id)) == 1
    close_user(scope=place.administrator.scope, user_id=place.colleague.user_id)


def _move_cover(place: Place, to: UUID) -> None:
    move_queue(
        scope=place.administrator.scope,
        user_id=place.colleague.user_id,
        queue="colleagues they cover for",
        to_user_id=to,
    )


def _queues(place: Place) -> list[str]:
    with scoped(place.system):
        return [left.name for left in leavers.left_behind(place.system, place.worker.user_id)]


def test_moving_leaves_a_line_in_the_trail_for_each_person(place: Place) -> None:
    first, second = a_caseload(place)
    given = dict.fromkeys((first, second), place.colleague.user_id)
    actions.move_caseload(scope=place.lead.scope, worker_id=place.worker.user_id, given=given)
    with scoped(place.system):
        moved = AuditEvent.objects.filter(verb="reallocated", actor_id=place.lead.user_id)
        assert {row.object_id for row in moved} == {first, second}
