"""If these fail, a winter team takes on more than it can, or a week is set beside the wrong one."""

import datetime as dt

import pytest

from linkwell.hospital.actions.programmes import take_on
from linkwell.hospital.queries.programmes import YEAR, monday_of, programme
from linkwell.hospital.tests.stays import DAY, Hospital, a_hospital, winter
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove
from tests.place import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def test_a_week_that_is_full_takes_nobody_more_and_nobody_twice(trust: Hospital) -> None:
    programme_id, scope = winter(trust), trust.coordinator.scope
    first, second, third = (trust.stay(visit=f"V{n}") for n in range(3))
    take_on(scope=scope, programme_id=programme_id, stay_id=first)
    with pytest.raises(Invalid, match="already"):
        take_on(scope=scope, programme_id=programme_id, stay_id=first)
    take_on(scope=scope, programme_id=programme_id, stay_id=second)
    with pytest.raises(Invalid, match="All 2 places"):
        take_on(scope=scope, programme_id=programme_id, stay_id=third)
    row, weeks = programme(scope, programme_id)
    assert (row.this_week, weeks[0].taken, weeks[0].places) == (2, 2, 2)


def test_a_programme_takes_nobody_on_outside_its_days(trust: Hospital) -> None:
    later = winter(trust, starts_on=clock.today() + DAY)
    with pytest.raises(Invalid, match="not running"):
        take_on(scope=trust.coordinator.scope, programme_id=later, stay_id=trust.stay())


def test_a_programme_takes_on_nobody_who_has_died(trust: Hospital) -> None:
    patient_id = trust.patient(died=True)
    stay_id = trust.stay(patient_id, discharged_at=clock.now(), discharge_method="4")
    programme_id = winter(trust)
    with pytest.raises(InvalidMove, match="died"):
        take_on(scope=trust.coordinator.scope, programme_id=programme_id, stay_id=stay_id)
    page = f"/hospital/stays/{stay_id}/programme/"
    sent = sign_in(trust.coordinator).post(page, {"programme": str(programme_id), "fits": "on"})
    assert sent.headers["Location"] == f"/hospital/stays/{stay_id}/"
    assert programme(trust.coordinator.scope, programme_id)[0].this_week == 0


def test_a_week_is_set_beside_the_same_week_of_earlier_years_and_what_is_unknown_is_not_none(
    trust: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = clock.at(monday_of(clock.today()) + 4 * DAY, dt.time(12))
    monkeypatch.setattr(clock, "now", lambda: friday)
    stay_id = trust.stay(ready=None)
    trust.ready(stay_id, 3)
    # Ready on a Saturday for four nights, one year before: two of them in the week before, two in this week.
    before = trust.stay(visit="before", ready=None, discharged_at=friday - YEAR - 2 * DAY)
    trust.ready(before, YEAR.days + 6)
    _, weeks = programme(trust.coordinator.scope, winter(trust))
    this, last = weeks[0], weeks[1]
    assert this.now
    assert (this.now.people, this.now.nights) == (1, 3)
    assert [each and (each.people, each.nights) for each in this.earlier] == [(1, 2), None]
    assert [each and (each.people, each.nights) for each in last.earlier] == [(1, 2), None]


def test_a_hospital_that_says_nobody_is_ready_reads_no_number_of_waits(trust: Hospital) -> None:
    """Without this, a hospital that sends no ready days reads that a programme left nobody waiting."""
    trust.stay(ready=None)
    programme_id = winter(trust, starts_on=clock.today() - 21 * DAY)
    _, weeks = programme(trust.coordinator.scope, programme_id)
    assert {waits for week in weeks for waits in (week.now, *week.earlier)} == {None}
    shown = sign_in(trust.coordinator).get(f"/hospital/programmes/{programme_id}/").content.decode()
    assert shown.count("not known") == 6 * len(weeks)


def test_a_week_counts_nobody_whose_record_is_restricted_and_nobody_made_up(trust: Hospital) -> None:
    """A restricted person is in no number: a week in which only they waited would tell that they are here."""
    for who in (trust.patient(restricted=True), trust.patient(test=True), trust.patient()):
        trust.stay(who, ready=2)
    _, weeks = programme(trust.coordinator.scope, winter(trust))
    assert max(week.now.people for week in weeks if week.now) == 1


def test_a_programme_is_set_up_and_joined_by_clicking(trust: Hospital) -> None:
    client, stay_id = sign_in(trust.coordinator), trust.stay()
    today, end = clock.today(), clock.today() + 50 * DAY
    answer = client.post(
        "/hospital/programmes/set-up/",
        {
            "name": "Home for winter",
            "team": "Two of us",
            "eligibility": "Lives nearby",
            "weekly_places": 5,
            **{f"starts_on_{part}": getattr(today, part) for part in ("day", "month", "year")},
            **{f"ends_on_{part}": getattr(end, part) for part in ("day", "month", "year")},
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    programme_id = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    page = f"/hospital/stays/{stay_id}/programme/"
    assert client.post(page, {"programme": programme_id}).status_code == 422
    assert client.post(page, {"programme": programme_id, "fits": "on"}).status_code == 302
    shown = client.get(f"/hospital/programmes/{programme_id}/").content.decode()
    assert "1 of 5" in shown
    # On a phone each number stands beside its heading alone.
    assert shown.count("People, one year before") == shown.count("Nights, one year before") > 0
