"""If this fails, the report and the counts of sessions, clinics and meetings are two numbers for one thing."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from linkwell.groupwork import actions as groupwork
from linkwell.groupwork import queries as of_groups
from linkwell.groupwork.tests.planning import a_clinic, a_meeting, a_session, about
from linkwell.impact import queries
from linkwell.impact.months import Month
from linkwell.impact.rows import Report, Wanted
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from tests.place import Place

pytestmark = pytest.mark.django_db
MAY = Month(dt.date(2026, 5, 1))


@pytest.fixture
def may(place: Place) -> Iterator[Place]:
    """On the last evening of April, in May and on the first of June; only some of what was planned was held."""
    scope = place.worker.scope
    joan, amina = (people.add_person(scope=scope, details=PersonDetails(each, "Lane")) for each in ("Joan", "Amina"))
    days = [dt.date(2026, 4, 30), dt.date(2026, 5, 1), dt.date(2026, 5, 31), dt.date(2026, 6, 1)]
    with time_machine.travel(dt.datetime(2026, 4, 29, 9, tzinfo=dt.UTC), tick=True):
        late = [clock.at(day, dt.time(23)) for day in days]
        held = [a_session(place, starts_at=each) for each in late]
        a_session(place, starts_at=late[1])
        came = {each: groupwork.add_to_register(scope=scope, session_id=each, person_id=joan) for each in held}
        groupwork.add_to_register(scope=scope, session_id=held[1], person_id=amina)
        clinics = [a_clinic(place, starts_at=each) for each in late]
        meetings = [a_meeting(place, starts_at=each) for each in late]
        for meeting_id in meetings:
            about(place, meeting_id, joan, said="Walks again")
        about(place, meetings[1], joan, said="Further than before")
    with time_machine.travel(dt.datetime(2026, 6, 5, 9, tzinfo=dt.UTC), tick=True):
        for number, each in enumerate(held, start=1):
            groupwork.write_up_session(
                scope=scope, session_id=each, expected_version=1, came=[came[each]], walk_ins=number
            )
        for number, each in enumerate(clinics, start=1):
            groupwork.write_up_clinic(scope=scope, clinic_id=each, expected_version=1, came=(), walk_ins=number)
        for each in meetings[:3]:
            groupwork.write_up_meeting(scope=scope, meeting_id=each, expected_version=1, attended="Us")
        yield place


def test_the_report_and_the_counts_of_group_work_say_the_same(may: Place) -> None:
    counted = of_groups.counts(may.lead.scope, dt.date(2026, 5, 1), dt.date(2026, 5, 31))
    found = queries.report(may.lead.scope, MAY, Wanted())
    told = {code: _number(found, code) for code in SAME}
    assert told == {code: getattr(counted, name) for code, name in SAME.items()}
    # And neither of them is nothing.
    assert (counted.sessions, counted.came, counted.walk_ins, counted.clinics) == (2, 2, 5, 2)
    assert (counted.clinic_walk_ins, counted.meetings, counted.discussed) == (5, 2, 1)


def _number(found: Report, code: str) -> int:
    figure = found.figure(code)
    return int(figure.total) if code.endswith("walk_ins") else figure.count


SAME = {
    "sessions": "sessions",
    "session_came": "came",
    "session_walk_ins": "walk_ins",
    "clinics": "clinics",
    "clinic_times": "slots",
    "clinic_times_used": "slots_used",
    "clinic_walk_ins": "clinic_walk_ins",
    "meetings": "meetings",
    "discussed": "discussed",
}
