"""If these fail, a message goes to a number that somebody said is not theirs any more."""

import pytest

from linkwell.core.database import scoped
from linkwell.messaging import actions
from linkwell.messaging.models import Message
from linkwell.messaging.tests.test_delivery import to_dot
from linkwell.people import actions as people
from linkwell.people import queries
from tests.place import Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F20")
def test_a_waiting_text_does_not_go_to_a_number_that_was_ended_meanwhile(place: Place) -> None:
    scope, message_id = place.worker.scope, to_dot(place, "text")
    with scoped(scope):
        message = Message.objects.get(pk=message_id)
    assert message.state == "queued"
    assert message.person_id
    (point,) = queries.contact_card(scope, message.person_id).contacts
    people.end_contact_point(scope=scope, person_id=message.person_id, point_id=point.id)
    assert actions.begin_sending(scope=place.system, message_id=message_id) is None
    with scoped(scope):
        assert Message.objects.get(pk=message_id).state == "held"
