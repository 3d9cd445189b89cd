"""Sessions, clinics and meetings of the test place, on a clock that can be moved."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from linkwell.groupwork import actions
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.kernel import clock
from tests.place import Place

DAY = dt.timedelta(days=1)


def tomorrow(hour: int = 14) -> dt.datetime:
    return clock.at(clock.today() + DAY, dt.time(hour))


def a_session(place: Place, **given: Any) -> UUID:
    details: dict[str, Any] = {"topic": "Walk and talk", "place": "Marl Park gate", "starts_at": tomorrow()} | given
    return actions.plan_session(scope=place.worker.scope, details=SessionDetails(**details))[0]


def a_clinic(place: Place, **given: Any) -> UUID:
    details: dict[str, Any] = {
        "practice_id": place.practice_id,
        "room": "Room 2",
        "starts_at": tomorrow(),
        "slots": 3,
    } | given
    return actions.plan_clinic(scope=place.worker.scope, details=ClinicDetails(**details))[0]


def a_meeting(place: Place, **given: Any) -> UUID:
    details: dict[str, Any] = {"title": "Mill Lane team meeting", "starts_at": clock.now() - DAY} | given
    return actions.plan_meeting(scope=place.worker.scope, details=MeetingDetails(**details))


def about(place: Place, meeting_id: UUID, person_id: UUID, **given: Any) -> UUID:
    return actions.add_item(
        scope=place.worker.scope, meeting_id=meeting_id, person_id=person_id, details=ItemDetails(**given)
    )


def later(monkeypatch: pytest.MonkeyPatch, days: int = 2) -> None:
    """Some days from now."""
    moment = clock.now() + days * DAY
    monkeypatch.setattr(clock, "now", lambda: moment)
