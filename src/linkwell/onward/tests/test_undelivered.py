"""If these fail, nobody looks for another way when a message came back."""

from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.kernel.ids import new_id
from linkwell.messaging.actions import note_bounce, send
from linkwell.messaging.models import Message
from linkwell.onward import actions
from linkwell.onward.tests.conftest import Asked
from linkwell.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.fault("F20")]


def came_back(scope: Scope, message_id: UUID) -> None:
    with scoped(scope):
        Message.objects.filter(pk=message_id).update(state="sent")
    note_bounce(scope=scope, message_id=message_id)
    actions.find_another_way(scope=scope, message_id=message_id)


def task(asked: Asked) -> Task:
    with scoped(asked.worker):
        return Task.objects.get(kind="came_back")


def test_a_groups_address_that_does_not_work_comes_back_to_the_worker(asked: Asked) -> None:
    with scoped(asked.worker):
        message_id = Message.objects.get(about_id=asked.onward_id).pk
    came_back(asked.place.system, message_id)
    found = task(asked)
    assert (found.owner_id, found.about_id) == (asked.place.worker.user_id, asked.onward_id)
    assert "Table" not in found.title


def test_a_message_to_the_person_comes_back_to_their_worker(asked: Asked) -> None:
    message_id = send(
        scope=asked.worker, audience="person", template="person_please_phone",
        values={"staff": "Sam", "phone": "01632 960001"}, about_kind="person", about_id=asked.person_id,
        once_key=str(new_id()), person_id=asked.person_id,
    )  # fmt: skip
    came_back(asked.place.system, message_id)
    found = task(asked)
    assert (found.owner_id, found.about_kind, found.about_id) == (asked.place.worker.user_id, "case", asked.case_id)
    assert "Phone, and ask" in found.title
