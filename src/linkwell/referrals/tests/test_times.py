"""If these fail, a form promises a day on which nobody is there."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.queries import TeamRow, team
from linkwell.kernel import words
from linkwell.people.actions import add_person
from linkwell.people.details import PersonDetails
from linkwell.referrals import times
from linkwell.referrals.tests.helpers import ClientFor, refer, text_of
from tests.place import Place


@pytest.fixture
def there(place: Place) -> TeamRow:
    return replace(team(place.team_id), opens_at=time(9), closes_at=time(17), triage_working_days=2)


@pytest.mark.parametrize(
    ("sent", "read_by"),
    [
        (datetime(2026, 2, 27, 10, tzinfo=UTC), "Tuesday 3 March 2026, 5pm"),
        (datetime(2026, 2, 28, 10, tzinfo=UTC), "Tuesday 3 March 2026, 5pm"),
        # Good Friday and Easter Monday
        (datetime(2026, 4, 2, 10, tzinfo=UTC), "Wednesday 8 April 2026, 5pm"),
        # Half past eleven at night in June is the next day by the UK clock
        (datetime(2026, 6, 10, 23, 30, tzinfo=UTC), "Monday 15 June 2026, 5pm"),
    ],
)
def test_a_form_says_when_it_will_be_read(there: TeamRow, sent: datetime, read_by: str) -> None:
    assert words.written_datetime(times.read_by(there, sent), year=True) == read_by


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("sent", "seen_by"),
    [
        # The clock goes back on Sunday 25 October 2026, and forward on Easter Sunday, 28 March 2027
        (datetime(2026, 10, 23, 15, 30, tzinfo=UTC), datetime(2026, 10, 26, 10, 30, tzinfo=UTC)),
        (datetime(2027, 3, 25, 16, 30, tzinfo=UTC), datetime(2027, 3, 30, 9, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 11, 0, tzinfo=UTC)),
    ],
)
def test_hours_until_a_second_person_is_told_hold_over_a_clock_change(
    there: TeamRow, sent: datetime, seen_by: datetime
) -> None:
    assert times.danger_by(replace(there, danger_working_hours=2), sent) == seen_by


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("moment", "day"),
    [(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Tuesday"), (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "Wednesday")],
)
def test_the_form_opens_in_the_hour_that_comes_twice_or_never(
    place: Place, client_for: ClientFor, moment: datetime, day: str
) -> None:
    with time_machine.travel(moment, tick=False):
        page = text_of(client_for(place.referrer).get("/referrals/refer/wexcombe/"))

    assert f"We will read it by {day}" in page


@pytest.mark.fault("F39")
def test_sending_does_the_same_work_whether_or_not_the_person_is_known(place: Place) -> None:
    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as taken:
            refer(place, nhs_number="9434765919")
        return [query["sql"].split(" ")[0] for query in taken.captured_queries]

    statements()
    unknown = statements()
    add_person(
        scope=place.lead.scope,
        details=PersonDetails(given_name="Joan", family_name="Pickering", nhs_number="9434765919"),
    )

    assert statements() == unknown
