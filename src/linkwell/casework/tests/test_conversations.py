"""Writing up conversations, attempts and appointments."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ToldAgreements
from linkwell.casework.models import Interaction
from linkwell.casework.tests.helpers import accepted, supported, talk, version
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.referrals.models import ReferralAnswer
from linkwell.tasks import queries as tasks
from tests.place import Place

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_the_first_conversation_begins_support(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    talk(place.worker.scope, case_id, next_step="Visit at home")
    case = queries.case(place.worker.scope, case_id)
    assert (case.state, case.next_step) == ("active", "Visit at home")
    assert case.first_spoken_at is not None
    assert case.next_date == clock.today() + dt.timedelta(days=14)


@pytest.mark.fault("F1")
def test_the_same_write_up_sent_twice_is_kept_once(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    key = uuid4()
    assert talk(place.worker.scope, case_id, key) == talk(place.worker.scope, case_id, key)
    assert len(queries.interactions(place.worker.scope, case_id)) == 1


def test_a_try_does_not_begin_support_and_is_not_a_missed_appointment(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    talk(place.worker.scope, case_id, outcome="tried")
    case = queries.case(place.worker.scope, case_id)
    assert (case.state, case.first_spoken_at, case.last_contact_at) == ("trying", None, None)
    with pytest.raises(Invalid, match="agreed"):
        talk(place.worker.scope, case_id, outcome="missed")


@pytest.mark.fault("F33")
def test_two_people_write_up_at_once_and_the_second_is_told_before_the_next_date_is_overwritten(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    seen = version(place.worker.scope, case_id)
    talk(place.colleague.scope, case_id)
    with pytest.raises(Conflict):
        talk(place.worker.scope, case_id, expected_version=seen)
    assert len(queries.interactions(place.worker.scope, case_id)) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"happened_at": clock.now() + dt.timedelta(days=1)}, "happened_at"),
        ({"next_date": dt.date(2020, 1, 1)}, "next_date"),
        ({"kind": "pigeon"}, "kind"),
        ({"outcome": "shouted"}, "outcome"),
    ],
)
def test_a_write_up_that_cannot_be_is_refused_whole(place: Place, given: dict[str, Any], field: str) -> None:
    case_id = accepted(place, place.worker.user_id)
    with pytest.raises(Invalid) as caught:
        talk(place.worker.scope, case_id, **given)
    assert field in caught.value.by_field
    assert queries.interactions(place.worker.scope, case_id) == ()


def test_a_correction_is_added_and_both_are_kept(place: Place) -> None:
    case_id = supported(place)
    row = queries.interactions(place.worker.scope, case_id)[0]
    actions.correct_note(
        scope=place.worker.scope,
        interaction_id=row.id,
        expected_corrections=0,
        note="She would like company on Thursdays.",
        third_party_note="",
        reason="Wrong day",
    )
    after = queries.interaction(place.worker.scope, row.id)
    assert after.note == "She would like company on Tuesdays."
    assert after.newest_note == "She would like company on Thursdays."
    assert after.corrections[0].by == "Sam Okafor"


@pytest.mark.fault("F33")
def test_two_corrections_at_once_do_not_hide_each_other(place: Place) -> None:
    row = queries.interactions(place.worker.scope, supported(place))[0]
    words: dict[str, Any] = {
        "interaction_id": row.id,
        "expected_corrections": 0,
        "third_party_note": "",
        "reason": "Slip",
    }
    actions.correct_note(scope=place.worker.scope, note="One", **words)
    with pytest.raises(Conflict):
        actions.correct_note(scope=place.colleague.scope, note="Two", **words)


@pytest.mark.fault("F14")
def test_a_stranger_can_neither_read_nor_write_a_conversation(place: Place) -> None:
    case_id = supported(place)
    row = queries.interactions(place.worker.scope, case_id)[0]
    with pytest.raises(NotFound):
        queries.interaction(place.stranger.scope, row.id)
    with pytest.raises(NotFound):
        talk(place.stranger.scope, case_id)
    with pytest.raises(NotFound):
        actions.correct_note(
            scope=place.stranger.scope,
            interaction_id=row.id,
            expected_corrections=0,
            note="x",
            third_party_note="",
            reason="x",
        )


def test_only_an_agreed_appointment_can_be_missed(place: Place) -> None:
    case_id = supported(place)
    agreed = _booked(place, case_id)
    hoped = _booked(place, case_id, agreed=False)
    with time_machine.travel(clock.now() + 3 * HOUR, tick=False):
        talk(place.worker.scope, case_id, outcome="missed", appointment_id=agreed)
        with pytest.raises(Invalid, match="agreed"):
            talk(place.worker.scope, case_id, outcome="missed", appointment_id=hoped)
        talk(place.worker.scope, case_id, outcome="tried", appointment_id=hoped)
    states = {row.id: row.state for row in queries.appointments_of(place.worker.scope, case_id)}
    assert states[agreed] == "missed"
    assert states[hoped] == "cancelled"


def test_an_appointment_still_to_come_cannot_have_been_missed(place: Place) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid, match="still to come"):
        talk(place.worker.scope, case_id, outcome="missed", appointment_id=_booked(place, case_id))


def test_an_appointment_of_another_case_is_not_settled(place: Place) -> None:
    other = _booked(place, supported(place, given_name="Alf"))
    mine = supported(place)
    with time_machine.travel(clock.now() + 3 * HOUR, tick=False), pytest.raises(NotFound):
        talk(place.worker.scope, mine, appointment_id=other)


@pytest.mark.fault("F33")
def test_an_appointment_moved_by_one_cannot_be_cancelled_by_the_other(place: Place) -> None:
    case_id = supported(place)
    first = _booked(place, case_id)
    later = AppointmentDetails(starts_at=clock.now() + 26 * HOUR)
    second = actions.move_appointment(scope=place.worker.scope, appointment_id=first, expected_version=1, details=later)
    with pytest.raises(Conflict):
        actions.cancel_appointment(
            scope=place.colleague.scope, appointment_id=first, expected_version=1, reason="Not well"
        )
    actions.cancel_appointment(
        scope=place.colleague.scope, appointment_id=second, expected_version=1, reason="Not well"
    )
    with pytest.raises(InvalidMove):
        actions.move_appointment(scope=place.worker.scope, appointment_id=second, expected_version=2, details=later)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("day", "moment", "there"),
    [
        # The clock goes back: 1:30am comes twice, both on the 25th; the day is 25 hours long.
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), True),
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 25, 23, 30, tzinfo=dt.UTC), True),
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 24, 22, 30, tzinfo=dt.UTC), False),
        # Summer time: half past eleven at night UTC is already tomorrow on the wall.
        (dt.date(2026, 6, 1), dt.datetime(2026, 5, 31, 23, 30, tzinfo=dt.UTC), True),
        (dt.date(2026, 5, 31), dt.datetime(2026, 5, 31, 23, 30, tzinfo=dt.UTC), False),
        # The clock goes forward: the day is 23 hours long.
        (dt.date(2027, 3, 28), dt.datetime(2027, 3, 28, 22, 59, tzinfo=dt.UTC), True),
        (dt.date(2027, 3, 28), dt.datetime(2027, 3, 28, 23, 0, tzinfo=dt.UTC), False),
    ],
)
def test_todays_appointments_are_those_of_the_day_on_the_wall(
    place: Place, day: dt.date, moment: dt.datetime, there: bool
) -> None:
    with time_machine.travel(dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC), tick=False):
        case_id = supported(place)
        actions.book_appointment(
            scope=place.worker.scope, case_id=case_id, details=AppointmentDetails(starts_at=moment)
        )
        found = queries.todays_appointments(place.worker.scope, place.worker.user_id, day)
    assert bool(found) is there


def test_the_referrer_hears_in_touch_only_when_the_person_asked_alone_agreed(place: Place) -> None:
    case_id = supported(place)
    assert _told(place) == ["received"]
    _says(place, case_id, ToldAgreements(asked_alone=False, referrer_in_touch=True))
    assert _told(place) == ["received"]
    _says(place, case_id, ToldAgreements(asked_alone=True, referrer_in_touch=True))
    assert _told(place) == ["received", "in_touch"]
    _says(place, case_id, ToldAgreements(asked_alone=True, referrer_in_touch=True))
    assert _told(place) == ["received", "in_touch"]


@pytest.mark.fault("F37")
def test_a_case_past_its_next_date_becomes_somebodys_task_and_a_write_up_ends_it(place: Place) -> None:
    from linkwell.casework.periodic import cases_past_their_date

    case_id = supported(place)
    with time_machine.travel(clock.now() + dt.timedelta(days=20), tick=False):
        cases_past_their_date(place.system)
        cases_past_their_date(place.system)
        mine = tasks.my_tasks(place.worker.scope)
        assert [row.kind for row in mine] == ["case_past_date"]
        assert "Pickering" not in mine.rows[0].title
        talk(place.worker.scope, case_id, outcome="tried", next_date=clock.today() + dt.timedelta(days=3))
        assert tasks.my_tasks(place.worker.scope).rows == ()


def test_somebody_not_reached_for_weeks_is_on_the_list(place: Place) -> None:
    case_id = supported(place)
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert queries.not_reached_since(place.worker.scope, place.worker.user_id, clock.today()) == ()
    silent = queries.not_reached_since(place.worker.scope, place.worker.user_id, tomorrow)
    assert [row.id for row in silent] == [case_id]


@pytest.mark.parametrize("rows", [1, 20])
def test_lists_cost_the_same_however_long(place: Place, rows: int, django_assert_num_queries: object) -> None:
    case_id = supported(place)
    for _ in range(rows - 1):
        talk(place.worker.scope, case_id)
    interaction = queries.interactions(place.worker.scope, case_id)[0]
    actions.correct_note(
        scope=place.worker.scope,
        interaction_id=interaction.id,
        expected_corrections=0,
        note="Again",
        third_party_note="",
        reason="Slip",
    )
    # The scope, the conversations, their corrections and who made those; savepoint and its release around.
    with django_assert_num_queries(6):  # type: ignore[operator]
        found = queries.interactions(place.worker.scope, case_id)
    assert len(found) == rows


@pytest.mark.parametrize("rows", [1, 20])
def test_a_caseload_costs_the_same_however_many_people(
    place: Place, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        accepted(place, place.worker.user_id, given_name=f"Person {number}")
    # The scope, who is covered for, the cases with person and worker; savepoint, its release and the scope's end.
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(queries.caseload(place.worker.scope, place.worker.user_id)) == rows


def _booked(place: Place, case_id: UUID, *, agreed: bool = True) -> UUID:
    details = AppointmentDetails(starts_at=clock.now() + 2 * HOUR, agreed_with_person=agreed)
    return actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details)


def _says(place: Place, case_id: UUID, answers: ToldAgreements) -> None:
    actions.record_who_may_hear(scope=place.worker.scope, case_id=case_id, answers=answers)


def _told(place: Place) -> list[str]:
    with scoped(place.lead.scope):
        return list(ReferralAnswer.objects.order_by("created_at").values_list("kind", flat=True))


def test_a_third_party_note_is_kept_apart_from_the_note(place: Place) -> None:
    case_id = supported(place)
    talk(place.worker.scope, case_id, third_party_note="Her neighbour says the house is cold.")
    with scoped(place.worker.scope):
        row = Interaction.objects.latest("created_at")
    assert "neighbour" not in row.note
    assert "neighbour" in row.third_party_note
