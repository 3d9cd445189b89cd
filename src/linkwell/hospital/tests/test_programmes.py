"""If these fail, a winter team takes on more than it can, or a week is set beside the wrong one."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.hospital.actions.programmes import change_programme, take_off, take_on
from linkwell.hospital.discharge_details import ProgrammeDetails
from linkwell.hospital.models import Patient
from linkwell.hospital.queries.programmes import YEAR, monday_of, programme, programmes, taken_on
from linkwell.hospital.tests.stays import DAY, Hospital, a_hospital, winter
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from tests.place import Place, sign_in

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
    trust.list_came(0, YEAR.days, YEAR.days + 6)
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
    trust.list_came(0, 7)
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


def _sent(**changed: Any) -> dict[str, Any]:
    """What the form of a programme sends, with other answers where they are given."""
    said = {"starts_on": clock.today() - 7 * DAY, "ends_on": clock.today() + 60 * DAY} | changed
    days = {name: said.pop(name) for name in ("starts_on", "ends_on")}
    parts = {f"{name}_{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    answers = {"name": "Home for winter", "team": "Two of us", "eligibility": "Lives nearby", "weekly_places": 2}
    return {"version": 1, **answers, **parts, **said}


def test_a_programme_is_changed_and_ended_early_by_clicking(trust: Hospital) -> None:
    """Without this, a team whose money ends goes on taking people on to the last day that was said at first."""
    programme_id, client = winter(trust), sign_in(trust.coordinator)
    page = f"/hospital/programmes/{programme_id}/change/"
    assert page in client.get(f"/hospital/programmes/{programme_id}/").content.decode()
    assert 'value="Two of us"' in client.get(page).content.decode()
    answer = client.post(page, _sent(team="Three of us", weekly_places=4, ends_on=clock.today()))
    assert answer.status_code == 302, answer.content.decode()
    row, _ = programme(trust.coordinator.scope, programme_id)
    assert (row.team, row.weekly_places, row.ends_on, row.version) == ("Three of us", 4, clock.today(), 2)
    answer = client.post(page, _sent(version=2, ends_on=clock.today() - DAY))
    assert (answer.status_code, "today or a later day" in answer.content.decode()) == (422, True)


def test_a_programme_that_is_over_keeps_its_last_day_when_its_name_is_put_right(trust: Hospital) -> None:
    over = clock.today() - DAY
    programme_id, client = winter(trust, ends_on=over), sign_in(trust.coordinator)
    answer = client.post(f"/hospital/programmes/{programme_id}/change/", _sent(name="Home", ends_on=over))
    assert answer.status_code == 302, answer.content.decode()
    assert [each.name for each in programmes(trust.coordinator.scope)] == ["Home"]


def test_a_change_leaves_out_nobody_who_was_taken_on_and_takes_no_other_programmes_name(trust: Hospital) -> None:
    programme_id, client, today = winter(trust), sign_in(trust.coordinator), clock.today()
    take_on(scope=trust.coordinator.scope, programme_id=programme_id, stay_id=trust.stay())
    page = f"/hospital/programmes/{programme_id}/change/"
    answer = client.post(page, _sent(starts_on=today + DAY))
    assert (answer.status_code, "Choose that day or an earlier one" in answer.content.decode()) == (422, True)
    assert client.post(page, _sent(starts_on=today, name="Spring")).status_code == 302
    other = winter(trust)
    answer = client.post(f"/hospital/programmes/{other}/change/", _sent(name="Spring"))
    assert (answer.status_code, "of this name already" in answer.content.decode()) == (422, True)


def test_two_who_change_a_programme_at_once_do_not_undo_each_other(trust: Hospital) -> None:
    programme_id, client = winter(trust), sign_in(trust.clinician)
    page = f"/hospital/programmes/{programme_id}/change/"
    assert client.post(page, _sent(team="First")).status_code == 302
    answer = client.post(page, _sent(team="Typed by hand"))
    assert (answer.status_code, "Typed by hand" in answer.content.decode()) == (409, True)
    assert programmes(trust.coordinator.scope).rows[0].team == "First"


def test_who_was_taken_on_by_mistake_is_taken_off_and_their_place_is_free(trust: Hospital) -> None:
    """Without this, a slip of the hand keeps somebody out who needs the place, and stands in every figure."""
    programme_id, scope, client = winter(trust, places=1), trust.coordinator.scope, sign_in(trust.coordinator)
    wrong, right = trust.stay(trust.patient(family="Wrong")), trust.stay(trust.patient(family="Right"))
    take_on(scope=scope, programme_id=programme_id, stay_id=wrong)
    of_programme = f"/hospital/programmes/{programme_id}/"
    page = f"{of_programme}take-off/{wrong}/"
    assert page in client.get(of_programme).content.decode()
    assert "Maureen Wrong" in client.get(page).content.decode()
    assert programme(scope, programme_id)[0].taken == 1
    assert client.post(page).headers["Location"] == of_programme
    row, weeks = programme(scope, programme_id)
    assert (row.taken, row.this_week, weeks[0].taken) == (0, 0, 0)
    with scoped(trust.system):
        assert AuditEvent.objects.filter(verb="taken off", object_id=wrong).count() == 1
    take_on(scope=scope, programme_id=programme_id, stay_id=right)
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    with pytest.raises(NotFound):
        take_off(scope=scope, programme_id=programme_id, stay_id=wrong)


@pytest.mark.fault("F14")
def test_another_organisation_neither_changes_a_programme_nor_takes_anybody_off(trust: Hospital, place: Place) -> None:
    programme_id, stay_id = winter(trust), trust.stay()
    take_on(scope=trust.coordinator.scope, programme_id=programme_id, stay_id=stay_id)
    stranger, client = place.referrer.scope, sign_in(place.referrer)
    for page in ("change/", f"take-off/{stay_id}/"):
        assert client.post(f"/hospital/programmes/{programme_id}/{page}", _sent()).status_code == 404
    with pytest.raises(NotFound):
        take_off(scope=stranger, programme_id=programme_id, stay_id=stay_id)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + DAY}
    mine = ProgrammeDetails("Mine", "Us", "All", weekly_places=2, **days)
    with pytest.raises(NotFound):
        change_programme(scope=stranger, programme_id=programme_id, expected_version=1, details=mine)
    assert taken_on(stranger, programme_id).rows == ()
    assert len(taken_on(trust.coordinator.scope, programme_id)) == 1


def test_a_programme_names_nobody_whose_record_is_restricted(trust: Hospital) -> None:
    programme_id, patient_id = winter(trust), trust.patient(family="Apart")
    take_on(scope=trust.coordinator.scope, programme_id=programme_id, stay_id=trust.stay(patient_id))
    with scoped(trust.system):
        Patient.objects.filter(pk=patient_id).update(restricted=True)
    page = sign_in(trust.coordinator).get(f"/hospital/programmes/{programme_id}/").content.decode()
    assert ("Apart" in page, "counted, and not named" in page) == (False, True)


def test_a_long_list_of_people_taken_on_asks_the_database_no_more_often(trust: Hospital) -> None:
    programme_id, scope = winter(trust, places=30), trust.coordinator.scope
    asked = []
    for more in (1, 19):
        for number in range(more):
            take_on(scope=scope, programme_id=programme_id, stay_id=trust.stay(visit=f"V{more}-{number}"))
        with CaptureQueriesContext(connection) as captured:
            assert len(taken_on(scope, programme_id)) in (1, 20)
        asked.append(len(captured))
    assert asked[0] == asked[1]
