"""If these fail, somebody who says they would be better off dead is helped too late, or by nobody."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from linkwell.accounts.models import Membership
from linkwell.casework.tests.helpers import supported
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.messaging.models import Message
from linkwell.outcomes import actions, queries
from linkwell.outcomes.actions.crisis import HELP_TASK
from linkwell.outcomes.tests.helpers import CALM, answered, given, name_clinician
from linkwell.tasks.models import Task
from linkwell.tasks.periodic import pass_on_unseen
from tests.place import Place, sign_in

# A Wednesday.
MORNING = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


def tasks_for_help(place: Place) -> list[Task]:
    with scoped(place.worker.scope):
        return list(Task.objects.filter(kind=HELP_TASK))


def test_low_mood_and_worry_are_off_until_a_clinician_is_named(place: Place) -> None:
    case_id = supported(place)
    for pack, answers in (("phq9", CALM), ("gad7", {"gad1": 1})):
        with pytest.raises(Invalid, match="names the clinician"):
            answered(place, case_id, pack, answers=answers)
    name_clinician(place)
    assert answered(place, case_id, "phq9", answers=CALM)
    assert tasks_for_help(place) == []


def test_it_is_off_again_once_the_clinician_has_left(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    Membership.objects.filter(user_id=place.safeguarding_lead.user_id).update(ended_at=clock.now())
    with pytest.raises(Invalid, match="names the clinician"):
        answered(place, case_id, "phq9", answers=CALM)


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_any_answer_above_nought_is_put_before_the_clinician_today(place: Place, answer: int) -> None:
    case_id = supported(place)
    name_clinician(place)
    with time_machine.travel(MORNING, tick=False):
        made = answered(place, case_id, "phq9", answers=CALM | {"phq9": answer})
        (task,) = tasks_for_help(place)
        assert (task.owner_id, task.about_id, task.urgent) == (place.safeguarding_lead.user_id, made, True)
        assert task.due_on == clock.today()
        assert task.escalate_at is not None
        assert clock.london(task.escalate_at).date() == clock.today()
        assert task.escalate_to_id == place.lead.user_id


def test_late_in_the_day_it_passes_on_before_the_team_goes_home(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    with time_machine.travel(MORNING.replace(hour=16, minute=45), tick=False):
        answered(place, case_id, "phq9", answers=CALM | {"phq9": 1})
        (task,) = tasks_for_help(place)
        assert task.escalate_at is not None
        assert clock.london(task.escalate_at).time() <= dt.time(17)


def test_unseen_it_goes_to_the_next_in_line(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    with time_machine.travel(MORNING, tick=False) as now:
        answered(place, case_id, "phq9", answers=CALM | {"phq9": 1})
        now.shift(dt.timedelta(hours=7))
        pass_on_unseen(place.system)
        (task,) = tasks_for_help(place)
        assert task.owner_id == place.lead.user_id


def test_the_e_mail_says_that_something_cannot_wait_and_nothing_else(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    answered(place, case_id, "phq9", answers=CALM | {"phq9": 3})
    while worker.work_off():
        pass
    with scoped(place.worker.scope):
        (message,) = Message.objects.filter(template="staff_danger", about_kind="response")
    assert message.address == place.safeguarding_lead.email
    for word in ("dead", "hurt", "mood", "Joan", "PHQ", "answer"):
        assert word not in message.body.split("http")[0]


def page(place: Place, made: UUID) -> str:
    return sign_in(place.worker).get(reverse("outcomes:response", args=[made])).content.decode()


def test_help_stands_on_the_page_that_follows_and_beside_the_question(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    asked = sign_in(place.worker).get(reverse("outcomes:ask", args=[case_id, "phq9"])).content.decode()
    assert "call 999 or go to A&amp;E now" in asked
    made = answered(place, case_id, "phq9", answers=CALM | {"phq9": 1})
    said = page(place, made)
    assert "116 123" in said
    assert "Grace Obi has been told" in said
    assert "116 123" not in page(place, answered(place, case_id, "phq9", answers=CALM))


def test_an_answer_put_right_to_one_that_cannot_wait_is_put_before_somebody_too(place: Place) -> None:
    case_id = supported(place)
    name_clinician(place)
    first = answered(place, case_id, "phq9", answers=CALM)
    actions.correct_answers(
        scope=place.worker.scope,
        response_id=first,
        given=given("phq9", answers=CALM | {"phq9": 2}),
        reason="Typed on the line above",
    )
    assert len(tasks_for_help(place)) == 1


def test_answers_that_cannot_wait_are_never_kept_without_somebody_to_look(place: Place) -> None:
    """The clinician left between the question and the answer: the team's duty person is told."""
    case_id = supported(place)
    name_clinician(place)
    first = answered(place, case_id, "phq9", answers=CALM)
    Membership.objects.filter(user_id=place.safeguarding_lead.user_id).update(ended_at=clock.now())
    actions.correct_answers(
        scope=place.worker.scope,
        response_id=first,
        given=given("phq9", answers=CALM | {"phq9": 1}),
        reason="Typed wrongly",
    )
    (task,) = tasks_for_help(place)
    assert task.owner_id == place.lead.user_id
    assert queries.who_is_told(place.worker.scope) == ""
