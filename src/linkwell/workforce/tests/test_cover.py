"""If these fail, something that is due while a worker is away is due to nobody."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
import time_machine

from linkwell.accounts.actions.leave import add_leave, cancel_leave
from linkwell.casework import actions as casework
from linkwell.casework import queries
from linkwell.casework.actions.cover import close_past_covers
from linkwell.casework.details import StepDetails
from linkwell.casework.models import Case
from linkwell.casework.tests.helpers import a_plan, accepted, supported
from linkwell.core import worker as machine
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.messaging.models import Message
from linkwell.onward.queries import answers_since
from linkwell.tasks import actions as tasks
from linkwell.tasks import queries as task_queries
from linkwell.tasks.models import Task
from linkwell.workforce import queries as workforce
from linkwell.workforce.tests.helpers import answered, book, cover, person_of, texts_are_safe
from tests.place import Member, Place, make_member

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def everything_due(scope: Scope, user_id: UUID, day: dt.date) -> set[tuple[str, UUID]]:
    """Every kind of thing that can be due, as this user's own lists show it."""
    found = {("case", row.id) for row in queries.caseload(scope, user_id)}
    found |= {("appointment", row.case_id) for row in queries.todays_appointments(scope, user_id, day)}
    found |= {("step", row.case_id) for row in queries.steps_due(scope, user_id, day)}
    found |= {("task", row.about_id) for row in task_queries.my_tasks(scope)}
    found |= {("silent", row.id) for row in queries.not_reached_since(scope, user_id, day)}
    return found


def with_all_due(place: Place, **given: str) -> UUID:
    """A case in which everything is due on the third day from now."""
    case_id = supported(place, **given)
    scope, day = place.worker.scope, clock.today() + dt.timedelta(days=2)
    book(scope, case_id, clock.now() + dt.timedelta(days=2))
    _, goal, _ = a_plan(scope, case_id)
    casework.add_step(scope=scope, goal_id=goal, step=StepDetails(words="Ring the lunch club", who="Joan", due_on=day))
    tasks.open_task(
        scope=scope,
        team_id=place.team_id,
        owner_id=place.worker.user_id,
        kind="question",
        title="A question",
        about_kind="case",
        about_id=case_id,
        due_on=day,
        person_id=person_of(place, case_id),
    )
    return case_id


@pytest.mark.fault("F37")
def test_everything_due_while_somebody_is_away_is_in_the_lists_of_whoever_covers(place: Place) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = with_all_due(place)
        cover(place)
    kinds = {"case", "appointment", "step", "task", "silent"}
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        theirs = everything_due(place.colleague.scope, place.colleague.user_id, clock.today())
        assert theirs == {(kind, case_id) for kind in kinds}
        assert everything_due(place.lead.scope, place.lead.user_id, clock.today()) == set()
    with time_machine.travel(MORNING + dt.timedelta(days=4), tick=False):
        assert everything_due(place.colleague.scope, place.colleague.user_id, clock.today()) == set()


@pytest.mark.fault("F37")
def test_a_shared_caseload_is_each_ones_part_and_the_rest_has_an_owner(place: Place) -> None:
    third = _third(place)
    with time_machine.travel(MORNING, tick=False):
        first, second = with_all_due(place), with_all_due(place, given_name="Bill", family_name="Stone")
        cover(place, shared={person_of(place, second): third.user_id})
        new = accepted(place, place.worker.user_id, given_name="New", family_name="Comer")
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        day = clock.today()
        rest = everything_due(place.colleague.scope, place.colleague.user_id, day)
        part = everything_due(third.scope, third.user_id, day)
    assert {case for _, case in part} == {second}
    assert {case for _, case in rest} == {first, new}
    assert {kind for kind, _ in part} == {kind for kind, _ in rest}


def test_cover_ends_by_itself_whether_or_not_any_job_runs(place: Place) -> None:
    with time_machine.travel(MORNING, tick=False):
        supported(place)
        cover(place, last=0)
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        assert queries.caseload(place.colleague.scope, place.colleague.user_id).rows == ()
        assert close_past_covers(scope=place.system) == 1
        assert queries.covers(place.lead.scope, clock.today()) == ()


def test_cover_to_come_shows_the_appointment_of_that_day_and_no_other(place: Place) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        for days in (1, 4):
            book(place.worker.scope, case_id, MORNING + dt.timedelta(days=days))
        cover(place, first=3, last=5)
        today = clock.today()
        ahead = queries.appointments_between(
            place.colleague.scope, place.colleague.user_id, today, today + dt.timedelta(days=6)
        )
    assert [row.starts_at for row in ahead] == [MORNING + dt.timedelta(days=4)]


def test_nobody_who_is_away_or_covered_covers_and_nobody_is_covered_twice(place: Place) -> None:
    today = clock.today()
    leave = add_leave(scope=place.lead.scope, user_id=place.colleague.user_id, starts_on=today, ends_on=today)
    with pytest.raises(Invalid, match="Priya Nair"):
        cover(place)
    cancel_leave(scope=place.colleague.scope, leave_id=leave)
    cover(place)
    with pytest.raises(Invalid, match="covered already"):
        cover(place, first=3, last=4)
    with pytest.raises(Invalid, match="They cover for Sam Okafor"):
        _cover_for(place, place.colleague, place.lead)
    with pytest.raises(Invalid, match="Sam Okafor: away"):
        _cover_for(place, place.lead, place.worker)


def _cover_for(place: Place, who: Member, by: Member) -> None:
    casework.arrange_cover(
        scope=place.lead.scope,
        worker_id=who.user_id,
        covered_by_id=by.user_id,
        starts_on=clock.today(),
        ends_on=clock.today(),
    )


def test_only_people_of_that_caseload_can_be_shared_out(place: Place) -> None:
    third = _third(place)
    with pytest.raises(Invalid, match="Look at the list again"):
        cover(place, shared={uuid4(): third.user_id})


def test_ending_cover_ends_all_of_the_arrangement(place: Place) -> None:
    third = _third(place)
    case_id = supported(place)
    made = cover(place, shared={person_of(place, case_id): third.user_id})
    assert [row.id for row in queries.caseload(third.scope, third.user_id)] == [case_id]
    casework.end_cover(scope=place.lead.scope, cover_id=made)
    assert queries.caseload(third.scope, third.user_id).rows == ()
    with pytest.raises(NotFound):
        casework.end_cover(scope=place.lead.scope, cover_id=made)


def test_leads_see_where_somebody_is_away_and_nobody_covers(place: Place) -> None:
    supported(place)
    today = clock.today()
    days = {"starts_on": today + dt.timedelta(days=2), "ends_on": today + dt.timedelta(days=9)}
    add_leave(scope=place.worker.scope, user_id=place.worker.user_id, **days)
    cover(place, first=4, last=6)
    gaps = workforce.gaps(place.lead.scope, place.team_id)
    offsets = [((gap.starts_on - today).days, (gap.ends_on - today).days) for gap in gaps]
    assert offsets == [(2, 3), (7, 9)]


@pytest.mark.fault("F18")
def test_people_hear_of_somebody_else_only_where_that_is_safe(place: Place) -> None:
    with time_machine.travel(MORNING, tick=False):
        safe = supported(place)
        unsafe = supported(place, given_name="Bill", family_name="Stone", phone="07700 900124")
        later = supported(place, given_name="Una", family_name="Late", phone="07700 900125")
        texts_are_safe(place, safe)
        for case_id, days in ((safe, 1), (unsafe, 2), (later, 9)):
            book(place.worker.scope, case_id, MORNING + dt.timedelta(days=days))
        _work_off()
        cover(place)
        _work_off()
        with scoped(place.system):
            sent = Message.objects.filter(template__startswith="person_other_staff")
            assert [row.person_id for row in sent] == [person_id_of(place, safe)]
            assert sent[0].body.startswith("Priya will be the one to meet you: ")
            assert "Okafor" not in sent[0].body
            phone = Task.objects.filter(kind="tell_other_staff_by_phone")
            assert [(row.person_id, row.owner_id) for row in phone] == [
                (person_id_of(place, unsafe), place.colleague.user_id)
            ]


def person_id_of(place: Place, case_id: UUID) -> UUID:
    return Case.objects.values_list("person_id", flat=True).get(pk=case_id)


def test_an_appointment_booked_for_a_day_of_cover_names_whoever_comes(place: Place) -> None:
    with time_machine.travel(MORNING, tick=False):
        case_id = supported(place)
        texts_are_safe(place, case_id)
        cover(place)
        book(place.colleague.scope, case_id, MORNING + dt.timedelta(days=1))
        _work_off()
        with scoped(place.system):
            assert "You are meeting Priya" in Message.objects.get(template="person_appointment").body


def test_answers_of_groups_reach_whoever_covers_and_follow_a_moved_case(place: Place) -> None:
    since = clock.now() - dt.timedelta(days=1)
    case_id = supported(place)
    onward_id = answered(place, case_id)
    cover(place)
    assert [row.id for row in answers_since(place.colleague.scope, place.colleague.user_id, since)] == [onward_id]
    casework.allocate(
        scope=place.lead.scope,
        case_id=case_id,
        expected_version=queries.case(place.lead.scope, case_id).version,
        worker_id=place.lead.user_id,
    )
    _work_off()
    assert [row.id for row in answers_since(place.lead.scope, place.lead.user_id, since)] == [onward_id]


def _third(place: Place) -> Member:
    return make_member("Tom Reed", Role.LINK_WORKER, place.organisation_id, place.team_id)


def _work_off() -> None:
    while machine.work_off():
        pass
