"""Support that rests starts again: nobody in hospital is forgotten, and nobody is chased there."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from linkwell.casework import actions, queries, reminders
from linkwell.casework.details import AppointmentDetails, PauseDetails
from linkwell.casework.models import Case, Pause
from linkwell.casework.periodic import pauses_that_are_over, remind_of_tomorrow
from linkwell.casework.tests.helpers import accepted, supported, talk, version
from linkwell.casework.tests.pages import parsed, post
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
MARCH = dt.datetime(2026, 3, 20, 10, tzinfo=dt.UTC)


def rest(place: Place, case_id: UUID, days: int = 14, reason: str = "hospital") -> None:
    actions.pause(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        details=PauseDetails(reason, clock.today() + dt.timedelta(days=days)),
    )


def test_a_try_is_trying_to_reach_and_a_talk_begins_support(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    talk(place.worker.scope, case_id, outcome="tried")
    assert queries.case(place.worker.scope, case_id).state_words == "trying to reach"
    talk(place.worker.scope, case_id)
    assert queries.case(place.worker.scope, case_id).state == "active"


@pytest.mark.fault("F12")
def test_on_its_day_support_goes_on_by_itself_and_the_worker_is_told(place: Place) -> None:
    # The pause passes the beginning of summer time.
    with time_machine.travel(MARCH, tick=False) as time:
        case_id = supported(place)
        rest(place, case_id)
        time.shift(dt.timedelta(days=13))
        pauses_that_are_over(place.system)
        assert queries.case(place.worker.scope, case_id).state == "paused"
        # Half past midnight by the clock on the wall is the day before in UTC.
        time.move_to(dt.datetime(2026, 4, 2, 23, 30, tzinfo=dt.UTC), tick=False)
        pauses_that_are_over(place.system)
        pauses_that_are_over(place.system)
        case = queries.case(place.worker.scope, case_id)
        assert (case.state, case.paused_until, case.next_step) == ("active", None, "Get in touch again")
        titles = [row.title for row in tasks.my_tasks(place.worker.scope)]
        assert titles.count("Get in touch again: a pause has ended") == 1
        pause = queries.pauses_of(place.worker.scope, case_id)[0]
        assert (pause.from_on, pause.ended_on) == (dt.date(2026, 3, 20), dt.date(2026, 4, 3))


@pytest.mark.parametrize("before", ["waiting", "allocated", "trying", "active"])
def test_after_a_pause_support_is_where_it_was(place: Place, before: str) -> None:
    case_id = accepted(place, None if before == "waiting" else place.worker.user_id)
    if before in ("trying", "active"):
        talk(place.worker.scope, case_id, outcome="tried" if before == "trying" else "talked")
    rest(place, case_id)
    actions.start_again(
        scope=place.worker.scope, case_id=case_id, expected_version=version(place.worker.scope, case_id)
    )
    assert queries.case(place.worker.scope, case_id).state == before


@pytest.mark.parametrize(("days", "reason"), [(0, "hospital"), (-1, "away"), (400, "ill"), (10, "other")])
def test_a_pause_without_a_fitting_day_or_reason_is_not_made(place: Place, days: int, reason: str) -> None:
    with pytest.raises(Invalid):
        rest(place, supported(place), days, reason)


@pytest.mark.fault("F37")
def test_the_database_itself_refuses_a_pause_without_an_end(place: Place) -> None:
    case_id = supported(place)
    with scoped(place.worker.scope), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case_id).update(state="paused", pause_reason="ill")


def test_somebody_new_to_a_paused_case_keeps_its_day(place: Place) -> None:
    case_id = supported(place)
    rest(place, case_id)
    actions.allocate(
        scope=place.lead.scope,
        case_id=case_id,
        expected_version=version(place.lead.scope, case_id),
        worker_id=place.colleague.user_id,
    )
    case = queries.case(place.lead.scope, case_id)
    assert (case.state, case.next_date) == ("paused", case.paused_until)


def test_nobody_is_reminded_while_support_rests_and_rest_is_not_silence(place: Place) -> None:
    case_id = supported(place)
    actions.book_appointment(
        scope=place.worker.scope,
        case_id=case_id,
        details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1)),
    )
    assert queries.to_remind(place.system, clock.today() + dt.timedelta(days=1))
    rest(place, case_id)
    assert queries.to_remind(place.system, clock.today() + dt.timedelta(days=1)) == ()
    remind_of_tomorrow(place.system)
    with scoped(place.lead.scope):
        assert not Message.objects.filter(template=reminders.TEMPLATE).exists()
    later = clock.today() + dt.timedelta(days=60)
    assert queries.not_reached_since(place.worker.scope, place.worker.user_id, later) == ()


def test_support_that_ends_while_it_rests_leaves_no_pause_open(place: Place) -> None:
    from linkwell.casework.details import ClosingDetails

    case_id = supported(place)
    rest(place, case_id)
    actions.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        closing=ClosingDetails("care_home", answer="Hallow House, told with their agreement"),
    )
    with scoped(place.worker.scope):
        assert not Pause.objects.filter(ended_at=None).exists()
    assert queries.case(place.worker.scope, case_id).closing_answer.startswith("Hallow House")


def test_support_is_paused_changed_and_started_again_in_pages(place: Place) -> None:
    case_id, client = supported(place), sign_in(place.worker)
    where = {"case_id": case_id}
    day = clock.today() + dt.timedelta(days=20)

    def typed(day: dt.date) -> dict[str, object]:
        return {"until_day": day.day, "until_month": day.month, "until_year": day.year}

    now = version(place.worker.scope, case_id)
    post(client, "casework:pause", where, version=now, reason="away", **typed(day))
    page = parsed(client.get(reverse("casework:case", kwargs=where)))
    assert "Away for a while: support rests until" in page.text
    now = version(place.worker.scope, case_id)
    post(client, "casework:pause", where, version=now, **typed(day + dt.timedelta(days=5)))
    assert queries.case(place.worker.scope, case_id).paused_until == day + dt.timedelta(days=5)
    post(client, "casework:start_again", where, version=version(place.worker.scope, case_id))
    assert queries.case(place.worker.scope, case_id).state == "active"


def test_somebody_in_hospital_is_not_put_back_on_the_waiting_list_unseen(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    rest(place, case_id)
    with pytest.raises(InvalidMove, match="paused"):
        actions.put_back(
            scope=place.lead.scope,
            case_id=case_id,
            expected_version=version(place.lead.scope, case_id),
            reason="Too many people",
        )


def test_somebody_who_rests_before_they_have_a_link_worker_stays_on_the_waiting_list(place: Place) -> None:
    case_id = accepted(place)
    rest(place, case_id)
    assert [row.id for row in queries.waiting_list(place.lead.scope, place.team_id)] == [case_id]
    page = parsed(sign_in(place.lead).get(reverse("casework:waiting")))
    assert "1 person waiting for a link worker" in page.text
    now = version(place.lead.scope, case_id)
    assert place.worker.user_id is not None
    actions.allocate(scope=place.lead.scope, case_id=case_id, expected_version=now, worker_id=place.worker.user_id)
    assert queries.waiting_list(place.lead.scope, place.team_id).total == 0


def test_nobody_is_rung_whose_death_waits_to_be_confirmed(place: Place) -> None:
    with time_machine.travel(MARCH, tick=False) as time:
        case_id = supported(place)
        rest(place, case_id)
        person_id = queries.case(place.worker.scope, case_id).person_id
        people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails())
        time.shift(dt.timedelta(days=40))
        pauses_that_are_over(place.system)
        assert queries.case(place.worker.scope, case_id).state == "paused"
        people.undo_death(scope=place.lead.scope, person_id=person_id, reason="Another Joan")
        pauses_that_are_over(place.system)
        assert queries.case(place.worker.scope, case_id).state == "active"
