"""If these fail, who came to a session is lost, miscounted, or named where nobody should be."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.core import timeline
from linkwell.core.database import scoped
from linkwell.groupwork import actions, queries
from linkwell.groupwork.details import SessionDetails
from linkwell.groupwork.tests.planning import a_session, later, tomorrow
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from tests.place import Place, sign_in
from tests.restricting import Restrict, both_ways

pytestmark = pytest.mark.django_db


def somebody(place: Place, given: str = "Joan", family: str = "Pickering") -> UUID:
    return people.add_person(scope=place.worker.scope, details=PersonDetails(given, family))


def register(place: Place, session_id: UUID, *person_ids: UUID) -> list[UUID]:
    scope = place.worker.scope
    return [actions.add_to_register(scope=scope, session_id=session_id, person_id=each) for each in person_ids]


def lines(place: Place, person_id: UUID) -> list[str]:
    wanted = timeline.Wanted([person_id], safeguarding=False, kinds=("session",))
    with scoped(place.worker.scope):
        return [line.summary for line in timeline.told(place.worker.scope, wanted)]


def write_up(place: Place, session_id: UUID, *came: UUID, walk_ins: int = 0, note: str = "") -> None:
    actions.write_up_session(
        scope=place.worker.scope,
        session_id=session_id,
        expected_version=queries.session(place.worker.scope, session_id).version,
        came=came,
        walk_ins=walk_ins,
        note=note,
    )


def test_who_came_and_who_did_not_is_on_their_own_timeline(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    session_id = a_session(place)
    joan, amina = somebody(place), somebody(place, "Amina", "Yusuf")
    places = register(place, session_id, joan, amina)
    later(monkeypatch)
    write_up(place, session_id, places[0], walk_ins=4, note="Rain, and good company.")
    assert lines(place, joan) == ["Came to our session: Walk and talk"]
    assert lines(place, amina) == ["Did not come to our session: Walk and talk"]
    row = queries.session(place.worker.scope, session_id)
    assert (row.expected, row.came, row.walk_ins) == (2, 1, 4)


def test_the_same_person_is_on_the_register_once(place: Place) -> None:
    session_id, joan = a_session(place), somebody(place)
    assert len(set(register(place, session_id, joan, joan))) == 1


def test_a_note_of_a_session_names_nobody(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    session_id = a_session(place)
    register(place, session_id, somebody(place, "Will", "Pickering"))
    later(monkeypatch)
    with pytest.raises(Invalid, match="names somebody"):
        write_up(place, session_id, note="Will, for once, talked.")
    write_up(place, session_id, note="We will go again.")


def test_somebody_kept_apart_is_on_no_register(place: Place) -> None:
    session_id, joan = a_session(place), somebody(place)
    people.restrict_person(scope=place.lead.scope, person_id=joan, restricted=True, reason="In a safe place")
    with pytest.raises(Invalid, match="restricted"):
        register(place, session_id, joan)
    found = sign_in(place.worker).get(f"/groups/sessions/{session_id}/?q=Joan").content.decode()
    assert "Pickering" not in found


@both_ways
def test_somebody_restricted_later_leaves_the_register(place: Place, restrict: Restrict) -> None:
    session_id, joan = a_session(place), somebody(place)
    register(place, session_id, joan)
    restrict(place, joan)
    assert queries.session(place.worker.scope, session_id).register == ()


@both_ways
def test_nobody_is_said_not_to_have_come_who_was_kept_off_the_list(
    place: Place, monkeypatch: pytest.MonkeyPatch, restrict: Restrict
) -> None:
    session_id, joan = a_session(place), somebody(place)
    register(place, session_id, joan)
    restrict(place, joan)
    later(monkeypatch)
    write_up(place, session_id)
    assert lines(place, joan) == []


def test_a_weekly_session_keeps_its_time_when_the_clocks_change(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2027, 10, 20, 9, tzinfo=dt.UTC))
    starts = clock.at(dt.date(2027, 10, 25), dt.time(14))
    made = actions.plan_session(scope=place.worker.scope, details=SessionDetails("Coffee", "The Hall", starts, weeks=3))
    shown = [clock.london(queries.session(place.worker.scope, each).starts_at) for each in made]
    assert [(each.day, each.hour) for each in shown] == [(25, 14), (1, 14), (8, 14)]


def test_a_series_is_cancelled_from_one_day_on(place: Place) -> None:
    scope = place.worker.scope
    made = actions.plan_session(scope=scope, details=SessionDetails("Coffee", "The Hall", tomorrow(), weeks=4))
    number = actions.cancel_session(
        scope=scope, session_id=made[1], expected_version=1, reason_given="The hall is shut", and_later=True
    )
    assert number == 3
    assert [queries.session(scope, each).state for each in made] == ["planned", *["cancelled"] * 3]


def test_a_session_still_to_come_is_not_written_up_and_a_cancelled_one_never(place: Place) -> None:
    session_id = a_session(place)
    with pytest.raises(Invalid, match="still to come"):
        write_up(place, session_id)
    actions.cancel_session(scope=place.worker.scope, session_id=session_id, expected_version=1, reason_given="Snow")
    with pytest.raises(InvalidMove):
        write_up(place, session_id)


@pytest.mark.fault("F33")
def test_the_second_of_two_write_ups_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    session_id = a_session(place)
    later(monkeypatch)
    with pytest.raises(Conflict):
        actions.write_up_session(scope=place.worker.scope, session_id=session_id, expected_version=9, came=())


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_session(place: Place) -> None:
    session_id = a_session(place)
    client = sign_in(place.stranger)
    for page in ("", "write-up/", "cancel/"):
        assert client.get(f"/groups/sessions/{session_id}/{page}").status_code == 404
    assert queries.sessions(place.stranger.scope).rows == ()
    with pytest.raises(NotFound):
        actions.cancel_session(
            scope=place.stranger.scope, session_id=session_id, expected_version=1, reason_given="Mine"
        )


def test_a_session_is_planned_filled_and_written_up_by_clicking(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client, joan = sign_in(place.worker), somebody(place)
    day = clock.today() + dt.timedelta(days=1)
    planned = client.post(
        "/groups/sessions/plan/",
        {
            "topic": "Walk and talk",
            "place": "Marl Park",
            "day_day": day.day,
            "day_month": day.month,
            "day_year": day.year,
            "time": "2pm",
            "minutes": 60,
            "weeks": 1,
        },
        follow=True,
    )
    session_url = planned.redirect_chain[-1][0]
    assert "Nobody is on the register" in planned.content.decode()
    client.post(f"{session_url}register/", {"person": str(joan)})
    assert "Joan Pickering" in client.get(session_url).content.decode()
    later(monkeypatch)
    page = client.get(f"{session_url}write-up/").content.decode()
    assert "Joan Pickering" in page
    row = queries.session(place.worker.scope, UUID(session_url.split("/")[3]))
    client.post(f"{session_url}write-up/", {"version": row.version, "came": [str(row.register[0].id)], "walk_ins": 2})
    assert "1 of 1 person came, and 2 more" in client.get("/groups/?show=past").content.decode()


def test_words_that_make_no_sense_are_answered_beside_the_box(place: Place) -> None:
    client = sign_in(place.worker)
    for kind in ("sessions", "clinics", "meetings"):
        assert client.post(f"/groups/{kind}/plan/", {"weeks": "many", "time": "soon"}).status_code == 422
    session_id = a_session(place)
    assert client.post(f"/groups/sessions/{session_id}/register/", {"person": "nobody"}).status_code == 404
