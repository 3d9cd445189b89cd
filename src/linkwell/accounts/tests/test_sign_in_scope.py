"""From a session to what somebody may do: roles that end, several roles, and the second step."""

from collections.abc import Callable

import pytest
from django.test import Client

from linkwell.accounts.models import Membership
from linkwell.kernel import clock
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]


def test_a_signed_in_worker_has_a_page_of_their_roles(place: Place, client_for: ClientFor) -> None:
    answer = client_for(place.worker).get("/switch/")
    assert answer.status_code == 200
    assert "Wexcombe Community Links" in answer.content.decode()


@pytest.mark.fault("F22")
def test_a_role_that_ends_is_gone_at_the_very_next_page(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert "your role now" in client.get("/switch/").content.decode()
    Membership.objects.filter(pk=place.worker.membership_id).update(ended_at=clock.now())
    assert "You have no role in Linkwell now" in client.get("/switch/").content.decode()
