"""Nobody is promised a time at which their link worker is with somebody else."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails
from linkwell.casework.tests.helpers import supported
from linkwell.casework.tests.pages import parsed, post
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people import actions as people
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 10, 21)


def book(place: Place, case_id: UUID, time: str, **given: Any) -> UUID:
    starts_at = clock.at(DAY, dt.time.fromisoformat(time))
    details = AppointmentDetails(starts_at=starts_at, **{"only_if_free": True} | given)
    return actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details)


def typed(time: str, **given: Any) -> dict[str, Any]:
    day = {"day_day": DAY.day, "day_month": DAY.month, "day_year": DAY.year}
    return {"kind": "phone", "time": time, "minutes": 45, "agreed": "on", **day, **given}


def test_a_second_time_at_once_is_warned_of_with_the_other_time_and_can_be_taken_all_the_same(place: Place) -> None:
    with time_machine.travel(START, tick=False):
        book(place, supported(place), "14:00")
        other = supported(place, given_name="Alf", family_name="Moss")
        client, url = sign_in(place.worker), reverse("casework:book", args=[other])
        warned = client.post(url, typed("2:30pm"))
        page = parsed(warned)
        assert warned.status_code == 422
        assert "You have another appointment then: Wednesday 21 October, 2pm to 2:45pm." in page.text
        assert "Pickering" not in page.text, "whose it is stays unsaid"
        assert page.select_one("input[name=anyway]"), "and there is a way to go on"
        assert queries.appointments_of(place.worker.scope, other) == ()
        post(client, "casework:book", {"case_id": other}, **typed("2:30pm", anyway="on"))
        [row] = queries.appointments_of(place.worker.scope, other)
    assert row.minutes == 45


@pytest.mark.parametrize(("time", "clashes"), [("13:15", False), ("13:16", True), ("14:44", True), ("14:45", False)])
def test_one_may_begin_as_the_other_ends(place: Place, time: str, clashes: bool) -> None:
    with time_machine.travel(START, tick=False):
        book(place, supported(place), "14:00")
        other = supported(place, given_name="Alf")
        if clashes:
            with pytest.raises(Invalid, match="another appointment then"):
                book(place, other, time)
        else:
            book(place, other, time)


def test_with_an_interpreter_the_time_is_taken_for_twice_as_long(place: Place) -> None:
    with time_machine.travel(START, tick=False):
        case_id, other = supported(place), supported(place, given_name="Alf")
        person_id = queries.case(place.worker.scope, case_id).person_id
        people.add_requirement(scope=place.worker.scope, person_id=person_id, kind="interpreter", detail="Polish")
        book(place, case_id, "14:00")
        with pytest.raises(Invalid, match="2pm to 3:30pm"):
            book(place, other, "15:00")
        book(place, other, "15:30")
        with pytest.raises(Invalid, match="another appointment then"):
            book(place, case_id, "12:45")


def test_moving_a_time_by_a_little_does_not_clash_with_itself_and_a_cancelled_one_is_free(place: Place) -> None:
    with time_machine.travel(START, tick=False):
        case_id, other = supported(place), supported(place, given_name="Alf")
        taken = book(place, other, "16:00")
        first = book(place, case_id, "14:00")
        details = AppointmentDetails(starts_at=clock.at(DAY, dt.time(14, 15)), only_if_free=True)
        moved = actions.move_appointment(
            scope=place.worker.scope, appointment_id=first, expected_version=1, details=details
        )
        client, url = sign_in(place.worker), reverse("casework:move", args=[moved])
        assert "4pm to 4:45pm" in parsed(client.post(url, typed("4:15pm", version=1))).text
        actions.cancel_appointment(
            scope=place.worker.scope, appointment_id=taken, expected_version=1, reason="Ill", by="person"
        )
        post(client, "casework:move", {"appointment_id": moved}, **typed("4:15pm", version=1))
