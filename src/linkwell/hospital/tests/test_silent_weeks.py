"""If these fail, a winter in which no list came reads as a winter in which nobody waited."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.hospital.actions.programmes import set_up_programme
from linkwell.hospital.discharge_details import ProgrammeDetails
from linkwell.hospital.queries.programmes import programme
from linkwell.hospital.tests.lists_came import list_came
from linkwell.hospital.tests.stays import DAY, Hospital, a_hospital
from linkwell.kernel import clock
from tests.place import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Hospital:
    """On the Wednesday of this week."""
    today = clock.today()
    wednesday = clock.at(today + (2 - today.weekday()) * DAY, dt.time(12))
    monkeypatch.setattr(clock, "now", lambda: wednesday)
    return a_hospital()


def four_weeks(trust: Hospital) -> UUID:
    today = clock.today()
    days = {"starts_on": today - 23 * DAY, "ends_on": today + 20 * DAY}
    details = ProgrammeDetails("Home for winter", "Two of us", "Lives nearby", weekly_places=2, **days)
    return set_up_programme(scope=trust.coordinator.scope, details=details)


def people(trust: Hospital) -> list[int | None]:
    """Who waited in each of the last four weeks, the newest first; None is not known."""
    _, weeks = programme(trust.coordinator.scope, four_weeks(trust))
    return [None if week.now is None else week.now.people for week in weeks[:4]]


def test_a_week_in_which_no_list_came_is_not_known_and_one_with_nobody_on_it_is_nought(trust: Hospital) -> None:
    stay_id = trust.stay(ready=None)
    trust.ready(stay_id, 24, until=21)
    list_came(trust.system, 0, 14, 21)
    assert people(trust) == [0, None, 0, 1]


def test_the_page_says_what_not_known_means(trust: Hospital) -> None:
    shown = sign_in(trust.coordinator).get(f"/hospital/programmes/{four_weeks(trust)}/").content.decode()
    assert "is a week in which no ready-to-go-home list came" in shown


def test_whoever_was_on_the_last_list_is_not_counted_through_weeks_of_silence(trust: Hospital) -> None:
    trust.stay(ready=24)
    list_came(trust.system, 24, 21)
    assert people(trust) == [None, None, None, 1]


def test_a_week_that_is_not_over_is_known_by_the_list_of_a_few_days_ago(trust: Hospital) -> None:
    trust.stay(ready=10)
    list_came(trust.system, 5, 10)
    assert people(trust)[:2] == [1, 1]


def test_a_list_that_was_thrown_away_says_nothing_of_its_week(trust: Hospital) -> None:
    thrown = {"held_reason": "Half", "decision": "thrown_away", "decided_at": clock.now()}
    list_came(trust.system, 0, 7, **thrown)
    assert people(trust) == [None] * 4
