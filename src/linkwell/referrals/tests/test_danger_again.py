"""If this fails, new words of danger are read by nobody because somebody has seen the first."""

import pytest

from linkwell.core.database import scoped
from linkwell.messaging.models import Message
from linkwell.referrals import actions, handlers, queries
from linkwell.referrals.tests.helpers import refer
from linkwell.tasks import actions as tasks
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F37")
def test_another_danger_is_told_again_though_the_first_was_seen(place: Place) -> None:
    sent = refer(place, why="There is no food in the house today.")
    handlers.warn_the_duty_person(place.system, sent.referral_id)
    (task,) = open_about(place.lead.scope, sent.referral_id)
    tasks.acknowledge(scope=place.lead.scope, task_id=task.id)
    actions.answer_question(
        scope=place.referrer.scope, referral_id=sent.referral_id, text="He says he will kill himself tonight."
    )
    for _ in range(2):
        handlers.warn_the_duty_person(place.system, sent.referral_id)
    (again,) = open_about(place.lead.scope, sent.referral_id)
    assert (again.id, again.acknowledged) == (task.id, False)
    with scoped(place.system):
        assert Message.objects.filter(template="staff_danger").count() == 2


@pytest.mark.fault("F37")
def test_a_warning_that_comes_after_the_decision_is_not_given_and_one_about_newer_words_is(place: Place) -> None:
    sent = refer(place, why="There is no food in the house today.")
    found = queries.referral(place.lead.scope, sent.referral_id)
    actions.decline(
        scope=place.lead.scope,
        referral_id=found.id,
        expected_version=found.version,
        reason="no_room",
        advice="The food bank",
    )
    handlers.warn_the_duty_person(place.system, found.id)
    assert open_about(place.lead.scope, found.id) == ()
    actions.answer_question(
        scope=place.referrer.scope, referral_id=found.id, text="He says he will kill himself tonight."
    )
    handlers.warn_the_duty_person(place.system, found.id)
    assert any(each.urgent for each in open_about(place.lead.scope, found.id))
