"""If these fail, somebody goes home to a cold house, is rung after they died, or a secret stands on a list."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linkwell.accounts.actions.leaving import move_queue
from linkwell.accounts.queries.staff import still_waiting
from linkwell.casework.queries import case
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.worker import work_off
from linkwell.hospital.actions.follow_ups import finish_follow_up, keep_follow_ups, reopen_follow_up
from linkwell.hospital.actions.going_home import (
    record_asked_alone,
    record_home_event,
)
from linkwell.hospital.discharge_details import ItemDetails
from linkwell.hospital.following_up import (
    BACK,
    CANCELLED_DISCHARGE,
    CARE_HOME,
    DAYS_AFTER,
    DIED,
    OTHER_HOSPITAL,
    due_days,
)
from linkwell.hospital.handlers import tell_those_who_support_them
from linkwell.hospital.leavers import QUEUE
from linkwell.hospital.models import Arrival, Patient
from linkwell.hospital.queries.arrivals import at_hospital
from linkwell.hospital.queries.board import Shown, board
from linkwell.hospital.queries.going_home import follow_ups_due, going_home, said_alone
from linkwell.hospital.tests.stays import (
    ALONE,
    DAY,
    Hospital,
    a_hospital,
    accept,
    begin,
    goes_home,
    in_one_network,
    referred,
)
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.kernel.working_days import Nation, is_working_day
from linkwell.people.actions import record_agreement
from tests.place import Place, make_member, sign_in

pytestmark = pytest.mark.django_db
BORN, NUMBER = dt.date(1948, 5, 2), "9434765919"


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def test_what_is_needed_who_does_it_and_by_when_is_kept_and_shown_on_the_board(trust: Hospital) -> None:
    stay_id, tomorrow = trust.stay(), clock.today() + DAY
    begin(trust, stay_id, ItemDetails("heating", "needed", "His daughter", tomorrow), ItemDetails("pet", "not_needed"))
    row = going_home(trust.clinician.scope, stay_id)
    assert {(each.thing, each.answer, each.who, each.by_day) for each in row.items} == {
        ("heating", "needed", "His daughter", tomorrow),
        ("pet", "not_needed", "", None),
    }
    begin(trust, stay_id, ItemDetails("heating", "in_place"), ItemDetails("pet"), support=True, version=row.version)
    line = board(trust.coordinator.scope, Shown()).page.rows[0]
    assert (line.things, line.support_ready) == ((("heating", "in_place"),), True)


def test_two_who_keep_a_list_at_once_do_not_undo_each_other(trust: Hospital) -> None:
    stay_id = trust.stay()
    begin(trust, stay_id, ItemDetails("food", "needed"))
    with pytest.raises(Conflict):
        begin(trust, stay_id, ItemDetails("food", "not_needed"))
    client = sign_in(trust.clinician)
    answer = client.post(
        f"/hospital/stays/{stay_id}/list/",
        {"version": 0, "food_answer": "needed", "food_who": "Typed by hand", "owner": str(trust.clinician.user_id)},
    )
    assert answer.status_code == 409
    assert "Typed by hand" in answer.content.decode()


@pytest.mark.fault("F16")
def test_what_was_said_alone_is_on_its_own_page_alone_and_unreadable_in_the_database(trust: Hospital) -> None:
    stay_id, client = trust.stay(), sign_in(trust.coordinator)
    scope = trust.coordinator.scope
    record_asked_alone(scope=scope, stay_id=stay_id, expected_version=0, said=ALONE)
    for page in ("going-home/", "going-home/wall/", f"stays/{stay_id}/", f"stays/{stay_id}/list/"):
        assert "canary" not in client.get(f"/hospital/{page}").content.decode()
    assert "canary: not my son" in client.get(f"/hospital/stays/{stay_id}/asked-alone/").content.decode()
    with scoped(trust.system), connection.cursor() as cursor:
        cursor.execute("SELECT must_not_tell, involve FROM hospital_homelist")
        assert all("canary" not in each and "Joan" not in each for each in cursor.fetchone())
        cursor.execute("SELECT count(*) FROM core_auditevent WHERE verb = 'opened' AND object_kind = 'asked_alone'")
        assert cursor.fetchone() == (1,)
    assert said_alone(scope, stay_id).home_safe == "no"


def test_a_restricted_stay_is_not_there_even_with_its_address(trust: Hospital) -> None:
    patient_id = trust.patient()
    stay_id = trust.stay(patient_id)
    with scoped(trust.system):
        Patient.objects.filter(pk=patient_id).update(restricted=True)
    with pytest.raises(NotFound):
        going_home(trust.clinician.scope, stay_id)
    assert sign_in(trust.clinician).get(f"/hospital/stays/{stay_id}/list/").status_code == 404


def test_a_visit_that_is_still_to_come_has_not_been(trust: Hospital) -> None:
    stay_id, scope = trust.stay(), trust.coordinator.scope
    with pytest.raises(Invalid):
        record_home_event(scope=scope, stay_id=stay_id, kind="visit", happened_at=clock.now() + DAY, who="Sam")
    record_home_event(scope=scope, stay_id=stay_id, kind="handover", happened_at=clock.now(), who="Sam and Sister Ode")
    assert [each.kind_words for each in going_home(scope, stay_id).events] == ["Warm handover"]


def test_a_visit_whose_form_is_sent_twice_is_one_visit(trust: Hospital) -> None:
    """Without this, one visit pressed twice reads as two, and nobody can take one away."""
    stay_id, yesterday = trust.stay(), clock.today() - DAY
    day = {f"day_{part}": getattr(yesterday, part) for part in ("day", "month", "year")}
    sent = {"kind": "visit", "who": "Sam", "time": "2:30pm", **day}
    for client, changed in (
        *[(sign_in(trust.coordinator), {})] * 2,
        (sign_in(trust.clinician), {}),
        (sign_in(trust.coordinator), {"time": "4pm"}),
    ):
        answer = client.post(f"/hospital/stays/{stay_id}/met/", sent | changed)
        assert answer.status_code == 302, answer.content.decode()
    assert len(going_home(trust.coordinator.scope, stay_id).events) == 3


@given(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001
def test_a_follow_up_is_on_the_first_working_day_from_its_day(left: dt.datetime) -> None:
    for days, due in due_days(left, Nation.ENGLAND).items():
        first = clock.london(left).date() + dt.timedelta(days=days)
        assert due >= first
        assert is_working_day(due)
        assert not any(is_working_day(first + dt.timedelta(days=n)) for n in range((due - first).days))


def _states(trust: Hospital, stay_id: UUID) -> list[tuple[int, str]]:
    return [(each.days_after, each.state) for each in going_home(trust.coordinator.scope, stay_id).follow_ups]


def test_follow_ups_have_an_owner_and_come_once_however_often_the_feed_speaks(trust: Hospital) -> None:
    patient_id, stay_id = goes_home(trust)
    keep_follow_ups(scope=trust.system, patient_id=patient_id)
    assert _states(trust, stay_id) == [(days, "due") for days in DAYS_AFTER]
    first = follow_ups_due(trust.coordinator.scope, mine=True).rows[0]
    finish_follow_up(scope=trust.coordinator.scope, follow_up_id=first.id, expected_version=first.version)
    trust.change(stay_id, discharged_at=clock.now() + 3 * DAY)
    keep_follow_ups(scope=trust.system, patient_id=patient_id)
    assert _states(trust, stay_id) == [(2, "done"), (7, "due"), (30, "due")]
    moved = going_home(trust.coordinator.scope, stay_id).follow_ups[1].due_on
    assert moved >= clock.today() + 10 * DAY


@pytest.mark.parametrize("done", [1, 3])
def test_whoever_goes_home_again_after_a_cancelled_discharge_is_followed_up_as_everybody_is(
    trust: Hospital, done: int
) -> None:
    """Without this, nobody rings two days after the day they really went home, since somebody rang before."""
    patient_id, stay_id = goes_home(trust)
    scope = trust.coordinator.scope
    finished = follow_ups_due(scope).rows[:done]
    for row in finished:
        finish_follow_up(scope=scope, follow_up_id=row.id, expected_version=row.version)
    for left_at in (None, clock.now() + 40 * DAY):
        trust.change(stay_id, discharged_at=left_at)
        for _ in range(2):
            keep_follow_ups(scope=trust.system, patient_id=patient_id)
    states = _states(trust, stay_id)
    assert sorted(days for days, state in states if state == "due") == list(DAYS_AFTER)
    assert [state for _, state in states].count("done") == done
    with pytest.raises(InvalidMove, match="home again"):
        reopen_follow_up(scope=scope, follow_up_id=finished[0].id, expected_version=finished[0].version + 1)


def test_nobody_follows_up_whoever_had_no_list(trust: Hospital) -> None:
    patient_id = trust.patient()
    stay_id = trust.stay(patient_id, discharged_at=clock.now())
    keep_follow_ups(scope=trust.system, patient_id=patient_id)
    assert _states(trust, stay_id) == []


@pytest.mark.parametrize("what", [CANCELLED_DISCHARGE, BACK, DIED, CARE_HOME, OTHER_HOSPITAL])
def test_a_follow_up_that_is_no_longer_right_is_withdrawn_with_the_reason(trust: Hospital, what: str) -> None:
    patient_id, stay_id = goes_home(trust)
    if what == CANCELLED_DISCHARGE:
        trust.change(stay_id, discharged_at=None)
    elif what == BACK:
        trust.stay(patient_id, ready=None, visit="again", admitted_at=clock.now() + DAY)
    elif what == DIED:
        with scoped(trust.system):
            Patient.objects.filter(pk=patient_id).update(died=True)
    else:
        trust.change(stay_id, discharge_destination="54" if what == CARE_HOME else "51")
    for _ in range(2):
        keep_follow_ups(scope=trust.system, patient_id=patient_id)
    assert _states(trust, stay_id) == [(days, "withdrawn") for days in DAYS_AFTER]
    with scoped(trust.system), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT reason FROM core_statechange WHERE after = 'withdrawn'")
        assert cursor.fetchall() == [(what,)]
    if what == CANCELLED_DISCHARGE:
        trust.change(stay_id, discharged_at=clock.now())
        keep_follow_ups(scope=trust.system, patient_id=patient_id)
        assert [state for _, state in _states(trust, stay_id)].count("due") == len(DAYS_AFTER)


@pytest.mark.parametrize(
    ("destination", "where", "why"),
    [
        ("19", "Went home from Elm", ""),
        ("29", "Went home from Elm", ""),
        ("51", "Left Elm", OTHER_HOSPITAL),
        ("54", "Left Elm", CARE_HOME),
        ("", "Left Elm", ""),
    ],
)
def test_a_stay_says_went_home_only_of_somebody_who_did(
    trust: Hospital, destination: str, where: str, why: str
) -> None:
    """Without this, somebody moved to another hospital reads as being at home, and is rung there."""
    stay_id = trust.stay(discharged_at=clock.now(), discharge_destination=destination)
    page = sign_in(trust.coordinator).get(f"/hospital/stays/{stay_id}/").content.decode()
    assert where in page
    assert ("Went home" in page) == (destination in ("19", "29"))
    assert (f"{why}, so nobody is to follow up." in page) == bool(why)


def _told(trust: Hospital, patient_id: UUID) -> None:
    with scoped(trust.system):
        tell_those_who_support_them(trust.system, patient_id)


def _seen(place: Place) -> list[tuple[str, str]]:
    assert place.worker.user_id is not None
    return [(each.name, each.site) for each in at_hospital(place.worker.scope, place.worker.user_id)]


def test_a_referral_from_the_board_is_one_step_and_the_hospital_hears_back(trust: Hospital, place: Place) -> None:
    stay_id, client = trust.stay(trust.patient(phone="07700 900123")), sign_in(trust.coordinator)
    address = f"/hospital/stays/{stay_id}/refer/"
    assert 'value="Maureen"' in client.get(address).content.decode()
    sent = {
        "submission_key": str(uuid4()),
        "version": "1",
        "team": str(place.team_id),
        "given_name": "Maureen",
        "family_name": "Pickering",
        "phone": "07700 900123",
        "why": "Somebody to call in",
        "knows": "agrees",
    }
    for _ in range(2):
        answer = client.post(address, sent)
        assert answer.status_code == 302, answer.content.decode()
    lines = going_home(trust.clinician.scope, stay_id).referrals
    assert [(each.team_name, each.last_answer) for each in lines] == [("Wexcombe link workers", "received")]


def test_an_arrival_is_told_to_those_who_share_a_referral_and_says_the_site_only(trust: Hospital, place: Place) -> None:
    patient_id, referral_id = referred(trust, place)
    arrived = {"visit": "later", "admitted_at": clock.now(), "ward": "Secret ward", "ready": None}
    later = trust.stay(patient_id, **arrived)  # type: ignore[arg-type]
    _told(trust, patient_id)
    assert _seen(place) == []
    accept(place, referral_id)
    _told(trust, patient_id)
    with scoped(place.system), connection.cursor() as cursor:
        cursor.execute("UPDATE hospital_arrival SET shown_from = now() + interval '1 hour'")
        assert _seen_in(place) == []
        cursor.execute("UPDATE hospital_arrival SET shown_from = now() - interval '1 hour'")
    assert _seen(place) == [("Maureen Pickering", "Marl Valley Hospitals")]
    page = sign_in(place.worker).get("/").content.decode()
    assert "At Marl Valley Hospitals" in page
    assert "Secret ward" not in page
    assert at_hospital(place.colleague.scope, place.colleague.user_id) == ()
    trust.change(later, discharged_at=clock.now())
    _told(trust, patient_id)
    assert _seen(place) == []


def _seen_in(place: Place) -> list[tuple[str, str]]:
    assert place.worker.user_id is not None
    return [(each.name, each.site) for each in at_hospital(place.system, place.worker.user_id)]


@pytest.mark.parametrize("why", ["restricted", "another patient", "cancelled"])
def test_nobody_hears_of_an_arrival_that_is_not_theirs_to_hear_of(trust: Hospital, place: Place, why: str) -> None:
    patient_id, referral_id = referred(trust, place)
    accept(place, referral_id)
    other = trust.patient("Somebody", "Else")
    arrived = {"visit": "later", "admitted_at": clock.now() - 3 * DAY + 3 * DAY, "ready": None}
    stay_id = trust.stay(other if why == "another patient" else patient_id, **arrived)  # type: ignore[arg-type]
    if why == "restricted":
        with scoped(trust.system):
            Patient.objects.filter(pk=patient_id).update(restricted=True)
    if why == "cancelled":
        _told(trust, patient_id)
        trust.change(stay_id, no_stay="cancelled")
    for each in (patient_id, other):
        _told(trust, each)
    with scoped(place.system), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hospital_arrival")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("said", ["agreed", "withdrawn", "another birth date", "no network"])
def test_an_arrival_is_told_where_the_person_agreed_to_it_and_as_long_as_they_do(
    trust: Hospital, place: Place, said: str
) -> None:
    case_id = accepted(place, place.worker.user_id, date_of_birth=BORN, nhs_number=NUMBER)
    person_id = case(place.worker.scope, case_id).person_id
    if said != "no network":
        in_one_network(trust, place)
    agreement = {"person_id": person_id, "subject": "hospital_tells", "how": "spoken"}
    record_agreement(scope=place.worker.scope, answer="agreed", **agreement)  # type: ignore[arg-type]
    work_off()
    born = dt.date(1940, 5, 1) if said == "another birth date" else BORN
    patient_id = trust.patient("Joan", "Pickering", nhs_number=NUMBER, number_status="verified", born_on=born)
    trust.stay(patient_id, admitted_at=clock.now() + DAY / 24, ready=None)
    _told(trust, patient_id)
    if said == "withdrawn":
        assert len(_arrivals(place)) == 1
        record_agreement(scope=place.worker.scope, answer="withdrawn", **agreement)  # type: ignore[arg-type]
        work_off()
        _told(trust, patient_id)
    assert _arrivals(place) == (["Marl Valley Hospitals"] if said == "agreed" else [])


def _arrivals(place: Place) -> list[str]:
    with scoped(place.system):
        return list(Arrival.objects.filter(organisation_id=place.organisation_id).values_list("site", flat=True))


def test_an_arrival_at_night_waits_until_the_team_is_at_work(trust: Hospital, place: Place) -> None:
    patient_id, referral_id = referred(trust, place)
    accept(place, referral_id)
    saturday = clock.at(clock.today() + dt.timedelta(days=7 - clock.today().weekday() + 5), dt.time(3))
    trust.stay(patient_id, visit="later", admitted_at=saturday, ready=None)
    _told(trust, patient_id)
    with scoped(place.system), connection.cursor() as cursor:
        cursor.execute("SELECT shown_from FROM hospital_arrival")
        (shown,) = cursor.fetchone()
    assert is_working_day(clock.london(shown).date())
    assert clock.london(shown).time() == dt.time(9)


def test_whoever_leaves_leaves_nobody_without_a_follow_up(trust: Hospital) -> None:
    _, stay_id = goes_home(trust)
    begin(trust, trust.stay(visit="still in"), ItemDetails("food", "needed"))
    administrator = make_member("Nia Probert", Role.ADMINISTRATOR, trust.organisation_id).scope
    leaver, stays = trust.coordinator.user_id, trust.clinician.user_id
    assert [(each.name, each.count) for each in still_waiting(administrator, leaver)] == [(QUEUE, 2)]
    move_queue(scope=administrator, user_id=leaver, queue=QUEUE, to_user_id=stays)
    assert still_waiting(administrator, leaver) == ()
    assert {each.owner_name for each in going_home(trust.clinician.scope, stay_id).follow_ups} == {"Carys Ward"}
