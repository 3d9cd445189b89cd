"""If these fail, a worker does not come out of a visit and nobody notices."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine

from linkwell.accounts.models import Team
from linkwell.casework.tests.helpers import supported
from linkwell.core import worker as machine
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.messaging.models import Message
from linkwell.tasks import queries as task_queries
from linkwell.workforce import actions, queries
from linkwell.workforce.models import Visit
from linkwell.workforce.periodic import visits_not_back
from linkwell.workforce.tests.helpers import book
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
THREE = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)


def at(minutes: int) -> time_machine.travel:
    return time_machine.travel(THREE + dt.timedelta(minutes=minutes), tick=False)


def on_a_visit(place: Place, **given: object) -> UUID:
    with at(0):
        return actions.start_visit(scope=place.worker.scope, minutes=60, **given)  # type: ignore[arg-type]


def alarms(member: Member) -> int:
    return sum(row.kind.startswith("visit_late") for row in task_queries.my_tasks(member.scope))


def minute(place: Place, number: int) -> None:
    with at(number):
        visits_not_back(place.system)


def test_buddy_then_duty_then_leads_are_told_until_somebody_looks(place: Place) -> None:
    visit_id = on_a_visit(place, buddy_id=place.colleague.user_id)
    minute(place, 74)
    assert alarms(place.colleague) == 0
    minute(place, 75)
    minute(place, 76)
    assert [alarms(each) for each in (place.colleague, place.lead, place.safeguarding_lead)] == [1, 0, 0]
    minute(place, 90)
    assert [alarms(each) for each in (place.colleague, place.lead, place.safeguarding_lead)] == [1, 1, 0]
    minute(place, 105)
    assert alarms(place.safeguarding_lead) == 1
    minute(place, 120)
    with scoped(place.system):
        sent = list(Message.objects.filter(template="staff_visit_late"))
    assert len(sent) == 5
    assert all("Okafor" not in row.body and f"/team/visits/{visit_id}/" in row.body for row in sent)
    with at(121):
        actions.look_for(scope=place.lead.scope, visit_id=visit_id)
    assert [alarms(each) for each in (place.colleague, place.lead, place.safeguarding_lead)] == [0, 0, 0]
    minute(place, 200)
    assert alarms(place.lead) == 0
    assert queries.visit(place.worker.scope, visit_id).looked_for_by == "Lena Hart"


def test_without_a_buddy_the_duty_person_is_told_first(place: Place) -> None:
    on_a_visit(place)
    minute(place, 75)
    assert [alarms(each) for each in (place.lead, place.safeguarding_lead)] == [1, 0]


def test_out_or_longer_stops_the_alarm(place: Place) -> None:
    visit_id = on_a_visit(place)
    minute(place, 75)
    with at(80):
        actions.extend_visit(scope=place.worker.scope, visit_id=visit_id, minutes=30)
    assert alarms(place.lead) == 0
    minute(place, 120)
    assert alarms(place.lead) == 0
    minute(place, 125)
    assert alarms(place.lead) == 1
    with at(126):
        actions.i_am_out(scope=place.worker.scope, visit_id=visit_id)
        actions.i_am_out(scope=place.worker.scope, visit_id=visit_id)
        assert queries.visits_now(place.lead.scope) == ()
        assert queries.my_visit(place.worker.scope) is None
    assert alarms(place.lead) == 0


def test_a_colleague_who_reached_them_says_how(place: Place) -> None:
    visit_id = on_a_visit(place)
    minute(place, 75)
    with at(80), pytest.raises(Invalid):
        actions.found_safe(scope=place.lead.scope, visit_id=visit_id, note=" ")
    with at(80):
        actions.found_safe(scope=place.lead.scope, visit_id=visit_id, note="Rang: her phone was flat.")
        assert queries.visits_now(place.lead.scope) == ()


def test_the_round_told_twice_tells_once(place: Place) -> None:
    visit_id = on_a_visit(place)
    with at(75):
        assert actions.tell_next_person(scope=place.system, visit_id=visit_id)
        assert not actions.tell_next_person(scope=place.system, visit_id=visit_id)
    with scoped(place.system):
        assert Visit.objects.get(pk=visit_id).told == 1


def test_the_teams_own_minutes_of_grace_count(place: Place) -> None:
    from linkwell.accounts.models import TeamRules

    TeamRules.objects.create(team_id=place.team_id, visit_grace_minutes=5)
    on_a_visit(place)
    minute(place, 65)
    assert alarms(place.lead) == 1


def test_a_team_with_nobody_on_duty_tells_its_leads(place: Place) -> None:
    Team.objects.filter(pk=place.team_id).update(duty_user_id=None, second_duty_user_id=None)
    on_a_visit(place)
    minute(place, 75)
    assert alarms(place.lead) == alarms(place.safeguarding_lead) == 1


def test_one_tap_beside_an_appointment_is_as_long_as_the_appointment(place: Place) -> None:
    with at(-60):
        case_id = supported(place)
        appointment_id = book(place.worker.scope, case_id, THREE)
    with at(0):
        visit_id = actions.start_visit(scope=place.worker.scope, appointment_id=appointment_id)
        row = queries.visit(place.lead.scope, visit_id)
    assert (row.out_by - row.started_at, row.person_name) == (dt.timedelta(minutes=45), "Joan Pickering")
    with at(1), pytest.raises(InvalidMove):
        actions.start_visit(scope=place.worker.scope)


def test_only_whoever_is_inside_says_that_they_are_out_and_strangers_see_nothing(place: Place) -> None:
    visit_id = on_a_visit(place)
    with pytest.raises(NotFound):
        actions.i_am_out(scope=place.colleague.scope, visit_id=visit_id)
    for member in (place.stranger, place.stranger_lead):
        with pytest.raises(NotFound):
            queries.visit(member.scope, visit_id)
        with pytest.raises(NotFound):
            actions.look_for(scope=member.scope, visit_id=visit_id)
    with pytest.raises(Invalid):
        actions.start_visit(scope=place.colleague.scope, buddy_id=place.stranger.user_id)


def test_the_minute_round_is_found_and_run_by_the_worker_process(place: Place) -> None:
    from linkwell.core.periodic import emit_due, registered

    assert registered()["periodic.linkwell.workforce.periodic.visits_not_back"] == "* * * * *"
    on_a_visit(place)
    with at(76):
        emit_due(clock.now())
        while machine.work_off():
            pass
    assert alarms(place.lead) == 1
