"""If this fails, new words of danger are read by nobody because somebody has seen the first."""

import pytest

from linkwell.core.database import scoped
from linkwell.messaging.models import Message
from linkwell.referrals import actions, handlers
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
