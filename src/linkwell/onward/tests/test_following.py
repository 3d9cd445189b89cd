"""If these fail, an onward referral or a signpost is forgotten, or goes on after somebody changed their mind."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import TooMany
from linkwell.kernel.ids import new_id
from linkwell.onward import actions, links, queries
from linkwell.onward.details import SignpostDetails
from linkwell.onward.models import AnswerLink
from linkwell.onward.tests.conftest import Asked
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from linkwell.tasks.models import Task
from tests.place import Member

pytestmark = pytest.mark.django_db


def open_kinds(asked: Asked) -> set[str]:
    with scoped(asked.worker):
        return set(Task.objects.filter(person_id=asked.person_id, state="open").values_list("kind", flat=True))


@pytest.mark.fault("F37")
def test_a_waiting_list_whose_weeks_have_gone_by_comes_back_to_the_worker(asked: Asked) -> None:
    actions.answer_waiting(scope=asked.group, expected_version=asked.version, weeks=2)
    with time_machine.travel(clock.now() + dt.timedelta(weeks=2, days=1)):
        actions.mark_overdue(scope=asked.place.system)
    assert "onward_waiting" in open_kinds(asked)


@pytest.mark.fault("F37")
def test_a_yes_of_which_nothing_more_was_heard_comes_back_to_the_worker_who_can_finish_it(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        actions.ask_who_came(scope=asked.place.system)
    assert "onward_attendance" not in open_kinds(asked)
    with time_machine.travel(clock.now() + dt.timedelta(days=16)):
        actions.ask_who_came(scope=asked.place.system)
    assert "onward_attendance" in open_kinds(asked)
    actions.end(scope=asked.worker, onward_id=asked.onward_id, expected_version=asked.version)
    assert asked.state == "ended"


@pytest.mark.fault("F21")
def test_days_of_silence_leave_no_links_that_nobody_was_sent(asked: Asked) -> None:
    for day in range(20, 24):
        with time_machine.travel(clock.now() + dt.timedelta(days=day)):
            actions.mark_overdue(scope=asked.place.system)
    assert AnswerLink.objects.filter(onward_referral_id=asked.onward_id).count() == 2


@pytest.mark.fault("F19")
@pytest.mark.parametrize("went", [True, False])
def test_changing_their_mind_on_another_record_of_theirs_closes_the_link(asked: Asked, went: bool) -> None:
    if went:
        actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
        actions.say_attendance(scope=asked.group, expected_version=asked.version, on=clock.today(), came=True)
    other = people.add_person(scope=asked.worker, details=PersonDetails("Beryl", "Thackray"))
    people.link_identity(scope=asked.worker, record_id=asked.person_id, same_as_id=other, reason="They said so")
    agreement_id = people.record_agreement(
        scope=asked.worker, person_id=other, subject="support", answer="withdrawn", how="spoken"
    )
    actions.stop_for_withdrawn_agreement(scope=asked.place.system, agreement_id=agreement_id)
    assert asked.state == ("ended" if went else "withdrawn")
    link = queries.opened_link(asked.token)
    assert link is not None
    assert not link.usable


@pytest.mark.fault("F37")
def test_asking_again_about_a_signpost_is_on_a_list_until_it_was_answered(
    asked: Asked, client_for: Callable[[Member], Client]
) -> None:
    row_id = actions.signpost(
        scope=asked.worker,
        case_id=asked.case_id,
        service_id=asked.service_id,
        submission_key=new_id(),
        details=SignpostDetails(how="told", ask_again_on=clock.today() + dt.timedelta(days=7)),
    )
    with scoped(asked.worker):
        task = Task.objects.get(about_id=row_id)
    assert (task.owner_id, task.due_on) == (asked.place.worker.user_id, clock.today() + dt.timedelta(days=7))
    page = client_for(asked.place.worker).get(reverse("onward:went", args=[row_id]))
    assert page.status_code == 302
    assert client_for(asked.place.stranger).get(reverse("onward:went", args=[row_id])).status_code == 404
    actions.say_whether_they_went(scope=asked.worker, signpost_id=row_id, went=True)
    assert "signpost_ask_again" not in open_kinds(asked)


@pytest.mark.fault("F21")
def test_a_link_passed_on_cannot_fill_the_groups_mailbox_with_codes(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    for _ in range(links.MOST_CODES_AN_HOUR):
        actions.send_code(scope=asked.group)
    with pytest.raises(TooMany):
        actions.send_code(scope=asked.group)
    with time_machine.travel(clock.now() + dt.timedelta(hours=2)):
        actions.send_code(scope=asked.group)


@pytest.mark.fault("F37")
def test_words_of_danger_in_a_groups_message_are_urgent(asked: Asked) -> None:
    actions.answer_ask(scope=asked.group, expected_version=asked.version, text="She says she wants to kill herself.")
    with scoped(asked.worker):
        assert Task.objects.get(about_id=asked.onward_id, kind="onward_answer").urgent
