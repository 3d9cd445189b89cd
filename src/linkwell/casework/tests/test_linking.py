"""If this fails, two workers go on supporting one person, each thinking that they are the only one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.casework import queries
from linkwell.casework.tests.helpers import supported
from linkwell.people import actions as people
from linkwell.people import queries as person_queries
from linkwell.people.details import PersonDetails
from tests.place import Member, Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F10")
def test_linking_two_people_who_are_both_supported_warns_first(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    scope = place.worker.scope
    one, other = (queries.case(scope, supported(place)).person_id for _ in range(2))
    nobody = people.add_person(scope=scope, details=PersonDetails("Joan", "Pickering"))
    client, address = client_for(place.worker), reverse("people:side_by_side", args=[one, other])
    page = client.get(address).content.decode()
    assert "Both are being supported now" in page
    assert place.worker.scope.actor_name in page
    client.post(address, {"reason": "I asked her"})
    assert person_queries.resolved_ids(scope, one) == (one,)
    client.post(address, {"reason": "I asked her", "know": "on"})
    assert set(person_queries.resolved_ids(scope, one)) == {one, other}
    assert "Both are being" not in client.get(reverse("people:side_by_side", args=[one, nobody])).content.decode()
