"""If these fail, somebody sits at an appointment and is not understood, or a relative speaks for them."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, InterpreterDetails
from linkwell.casework.handlers import release_the_interpreter
from linkwell.casework.periodic import interpreters_missing
from linkwell.casework.queries.interpreters import InterpreterRow
from linkwell.casework.tests.helpers import a_plan, supported, talk, version
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.kernel.working_days import add_working_days
from linkwell.people import actions as people
from linkwell.people.access import AccessWords
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
ARABIC = AccessWords(language="Arabic", interpreter="spoken", interpreter_gender="woman")


@pytest.fixture
def case_id(place: Place) -> UUID:
    """Somebody supported who needs an interpreter."""
    found = supported(place)
    person_id = queries.case(place.worker.scope, found).person_id
    people.record_access(scope=place.worker.scope, person_id=person_id, expected_version=0, access=ARABIC)
    return found


def book(place: Place, case_id: UUID, days: int = 7) -> UUID:
    starts = clock.at(add_working_days(clock.today(), days), dt.time(11))
    return actions.book_appointment(
        scope=place.worker.scope, case_id=case_id, details=AppointmentDetails(starts_at=starts, kind="face")
    )


def found(place: Place, appointment_id: UUID) -> InterpreterRow:
    return queries.interpreters_of(place.worker.scope, [appointment_id])[appointment_id]


def record(place: Place, appointment_id: UUID, state: str, **given: Any) -> None:
    details = InterpreterDetails(state, **({"agency": "Marl Languages"} | given))
    actions.record_interpreter(
        scope=place.worker.scope,
        appointment_id=appointment_id,
        expected_version=found(place, appointment_id).version,
        details=details,
    )


def titles(place: Place) -> list[str]:
    return [row.title for row in tasks.my_tasks(place.worker.scope).rows]


def test_a_time_with_an_interpreter_is_twice_as_long_and_one_is_asked_for(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    assert queries.appointment(place.worker.scope, appointment_id).minutes == 90
    row = found(place, appointment_id)
    assert (row.state, row.wanted, row.missing) == ("needed", "Interpreter: Arabic, a woman", True)


def test_somebody_who_needs_none_has_a_usual_time(place: Place) -> None:
    appointment_id = book(place, supported(place))
    assert queries.appointment(place.worker.scope, appointment_id).minutes == 45
    assert queries.interpreters_of(place.worker.scope, [appointment_id]) == {}


def test_an_interpreter_is_booked_and_confirmed_with_who_and_what_it_costs(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    record(place, appointment_id, "booked", reference="ML-7", cost=Decimal("84.50"))
    record(place, appointment_id, "confirmed", name="Huda", reference="ML-7", cost=Decimal("84.50"))
    row = found(place, appointment_id)
    assert (row.sure, row.name, row.reference, row.cost) == (True, "Huda", "ML-7", Decimal("84.50"))


def test_an_interpreter_who_could_not_come_is_somebodys_urgent_task(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    record(place, appointment_id, "booked")
    record(place, appointment_id, "failed", reason="They are ill")
    assert any("No interpreter yet" in title for title in titles(place))
    record(place, appointment_id, "confirmed")
    assert not any("No interpreter yet" in title for title in titles(place))


def test_the_working_day_before_a_missing_interpreter_is_red_in_words_and_a_task(place: Place, case_id: UUID) -> None:
    book(place, case_id, days=1)
    page = sign_in(place.worker).get("/").content.decode()
    assert "nhsuk-tag--red" in page
    assert "Interpreter not booked yet" in page
    with scoped(place.system):
        for _ in range(2):
            interpreters_missing(place.system)
    assert len([title for title in titles(place) if "No interpreter yet" in title]) == 1


def test_a_sure_interpreter_or_one_of_next_week_asks_for_nothing_today(place: Place, case_id: UUID) -> None:
    book(place, case_id)
    record(place, book(place, case_id, days=1), "confirmed")
    page = sign_in(place.worker).get("/").content.decode()
    assert "Interpreters to sort out" not in page


def test_a_time_that_moves_or_is_cancelled_is_told_to_the_interpreter(place: Place, case_id: UUID) -> None:
    scope, old = place.worker.scope, book(place, case_id)
    record(place, old, "confirmed")
    later = AppointmentDetails(starts_at=clock.at(add_working_days(clock.today(), 9), dt.time(11)))
    new = actions.move_appointment(scope=scope, appointment_id=old, expected_version=1, details=later)
    with scoped(place.system):
        for _ in range(2):
            release_the_interpreter(place.system, old)
    assert found(place, old).state == "not_needed"
    assert found(place, new).state == "needed"
    assert len([title for title in titles(place) if "Tell the interpreter" in title]) == 1


def test_a_booking_says_who_and_a_failure_says_why(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    for state, given, where in (
        ("booked", {"agency": ""}, "agency"),
        ("failed", {}, "reason"),
        ("booked", {"cost": Decimal(-1)}, "cost"),
        ("asleep", {}, "state"),
        ("booked", {"reference": "x" * 61}, "reference"),
    ):
        with pytest.raises(Invalid) as problem:
            record(place, appointment_id, state, **given)
        assert where in problem.value.by_field


@pytest.mark.fault("F33")
def test_the_second_of_two_changes_is_told(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    with pytest.raises(Conflict):
        actions.record_interpreter(
            scope=place.worker.scope,
            appointment_id=appointment_id,
            expected_version=7,
            details=InterpreterDetails("booked", agency="Marl Languages"),
        )


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_interpreter(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    assert sign_in(place.stranger).get(f"/support/appointments/{appointment_id}/interpreter/").status_code == 404
    with pytest.raises(NotFound):
        actions.need_interpreter(scope=place.stranger.scope, appointment_id=appointment_id)


def test_it_is_all_done_by_clicking_from_the_case(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    client, address = sign_in(place.worker), f"/support/appointments/{appointment_id}/interpreter/"
    case_page = client.get(f"/support/{case_id}/").content.decode()
    assert address in case_page
    assert "Interpreter not booked yet" in case_page
    wrong = client.post(address, {"version": 1, "state": "failed"})
    assert wrong.status_code == 422
    assert "Say what happened" in wrong.content.decode()
    client.post(address, {"version": 1, "state": "confirmed", "agency": "Marl Languages", "name": "Huda"})
    assert "Interpreter confirmed" in client.get(f"/support/{case_id}/").content.decode()
    assert 'value="90"' in client.get(f"/support/{case_id}/book/").content.decode()


def test_an_appointment_that_is_over_takes_no_interpreter(place: Place, case_id: UUID) -> None:
    appointment_id = book(place, case_id)
    actions.cancel_appointment(
        scope=place.worker.scope, appointment_id=appointment_id, expected_version=1, reason="They are away"
    )
    with pytest.raises(InvalidMove):
        actions.need_interpreter(scope=place.worker.scope, appointment_id=appointment_id)


def test_who_interpreted_is_asked_when_a_conversation_is_written_up(place: Place, case_id: UUID) -> None:
    client = sign_in(place.worker)
    now = clock.london(clock.now() - dt.timedelta(minutes=2))
    sent = {
        "submission_key": str(uuid4()),
        "version": version(place.worker.scope, case_id),
        "outcome": "talked",
        "kind": "phone",
        "note": "She would like company.",
        "when": "2",
        "happened_on_day": now.day,
        "happened_on_month": now.month,
        "happened_on_year": now.year,
        "happened_at": f"{now:%H:%M}",
    }
    assert "Choose who interpreted" in client.post(f"/support/{case_id}/write-up/", sent).content.decode()
    answer = client.post(f"/support/{case_id}/write-up/", sent | {"interpreted_by": "staff", "interpreter_name": "Sam"})
    assert answer.status_code == 302
    newest = queries.interactions(place.worker.scope, case_id)[0]
    page = client.get(f"/support/conversations/{newest.id}/").content.decode()
    assert "Somebody in the team who speaks their language: Sam" in page


def test_a_plan_is_not_agreed_through_a_relative(place: Place, case_id: UUID) -> None:
    scope = place.worker.scope
    a_plan(scope, case_id)
    talk(scope, case_id, happened_at=clock.now() - dt.timedelta(minutes=1), interpreted_by="relative")
    plan = queries.plan(scope, case_id)
    with pytest.raises(Invalid, match="interpreter"):
        actions.agree_plan(scope=scope, plan_id=plan.id, expected_version=plan.version, agreed=True, how="spoken")


@pytest.mark.parametrize(
    ("address", "yes"),
    [
        ("plan/agree", {"version": "1", "agreed": "yes", "how": "spoken"}),
        ("who-may-hear", {"asked_alone": "yes", "gp_summary": "yes"}),
    ],
)
def test_a_yes_through_a_relative_is_not_taken_where_it_is_asked(
    place: Place, case_id: UUID, address: str, yes: dict[str, str]
) -> None:
    a_plan(place.worker.scope, case_id)
    if "version" in yes:
        yes = yes | {"version": str(queries.plan(place.worker.scope, case_id).version)}
    client, page = sign_in(place.worker), f"/support/{case_id}/{address}/"
    assert "Who interpreted?" in client.get(page).content.decode()
    assert "Choose who interpreted" in client.post(page, yes).content.decode()
    refused = client.post(page, yes | {"interpreted_by": "relative"})
    assert "Ask them again with an interpreter" in refused.content.decode()
    assert client.post(page, yes | {"interpreted_by": "professional"}).status_code == 302
