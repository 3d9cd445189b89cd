"""If these fail, a safeguarding concern waits where nobody hears of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from linkwell.accounts.models import Membership, User
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.messaging import handlers, periodic
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails
from linkwell.people.tests.people import dot
from tests.place import Member, Place

pytestmark = pytest.mark.django_db


def raised(place: Place, **more: Any) -> UUID:
    concern = ConcernDetails(about="The person", what_happened="No food in the house", **({"danger_now": True} | more))
    return people.raise_concern(scope=place.worker.scope, person_id=dot(place.worker.scope), concern=concern)


def told(place: Place) -> list[str]:
    with scoped(place.system):
        return [row.address for row in Message.objects.filter(about_kind="concern").order_by("created_at")]


def leave(*members: Member) -> None:
    Membership.objects.filter(pk__in=[each.membership_id for each in members]).update(ended_at=clock.now())
    User.objects.filter(pk__in=[each.user_id for each in members]).update(is_active=False)


@pytest.mark.fault("F37")
def test_a_concern_reaches_somebody_when_the_named_lead_has_left(place: Place) -> None:
    leave(place.safeguarding_lead)
    handlers.tell_safeguarding_lead(place.system, raised(place))
    assert told(place) == [place.lead.email]


@pytest.mark.fault("F37")
def test_a_concern_that_no_lead_can_take_goes_to_the_organisation_or_waits_as_held(place: Place) -> None:
    leave(place.safeguarding_lead, place.lead)
    handlers.tell_safeguarding_lead(place.system, raised(place))
    with scoped(place.system):
        assert Message.objects.get(about_kind="concern").state == "held"


@pytest.mark.fault("F37")
def test_a_concern_nobody_has_taken_is_told_again_once_a_day_until_somebody_has_it(place: Place) -> None:
    made = raised(place)
    handlers.tell_safeguarding_lead(place.system, made)
    periodic.concerns_nobody_has_taken(place.system)
    assert len(told(place)) == 1
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        for _ in range(3):
            periodic.concerns_nobody_has_taken(place.system)
        assert told(place) == [place.safeguarding_lead.email] * 2
        people.take_concern(
            scope=place.safeguarding_lead.scope, concern_id=made, expected_version=1, next_date=clock.today()
        )
    with time_machine.travel(clock.now() + timedelta(days=2)):
        periodic.concerns_nobody_has_taken(place.system)
    assert len(told(place)) == 2
