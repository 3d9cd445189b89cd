"""If these fail, a group waits for somebody who has died, and somebody else is refused the time they no longer need."""

from uuid import UUID

import pytest

from linkwell.casework import queries as cases
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.groupwork import actions, queries
from linkwell.groupwork.handlers import nobody_waits_for_them
from linkwell.groupwork.tests.planning import a_clinic, a_meeting, a_session, about, tomorrow
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.tasks.handlers import nobody_rings_them
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db


def dies(place: Place, person_id: UUID) -> None:
    death_id = people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails(confirmed=True))
    with scoped(place.system):
        for _ in range(2):
            nobody_waits_for_them(place.system, death_id)
            nobody_rings_them(place.system, death_id)


def person_of(place: Place, case_id: UUID) -> UUID:
    return cases.case(place.worker.scope, case_id).person_id


def test_nobody_who_died_is_waited_for_on_a_register_or_in_a_clinic(place: Place) -> None:
    scope = place.worker.scope
    case_id = accepted(place, place.worker.user_id)
    person_id = person_of(place, case_id)
    session_id = a_session(place)
    actions.add_to_register(scope=scope, session_id=session_id, person_id=person_id)
    clinic_id = a_clinic(place)
    slot = queries.clinic(scope, clinic_id).slots[0]
    actions.book_slot(scope=scope, slot_id=slot.id, expected_version=slot.version, case_id=case_id)
    item_id = about(
        place,
        a_meeting(place),
        person_id,
        said="Lives alone",
        action="Ring the council",
        owner_id=place.worker.user_id,
        due_on=clock.today(),
    )
    dies(place, person_id)
    assert queries.session(scope, session_id).register == ()
    slot = queries.clinic(scope, clinic_id).slots[0]
    assert (slot.state, slot.who) == ("free", "")
    # What was said stays in the record; what was to be done is on nobody's list.
    assert queries.meeting_item(scope, item_id).said == "Lives alone"
    assert open_about(scope, item_id) == ()
    people.undo_death(scope=place.lead.scope, person_id=person_id, reason="Another person of the same name")
    assert [each.person_id for each in queries.session(scope, session_id).register] == [person_id]


def test_a_session_that_was_does_not_forget_who_came(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = accepted(place, place.worker.user_id)
    session_id = a_session(place)
    actions.add_to_register(scope=place.worker.scope, session_id=session_id, person_id=person_of(place, case_id))
    after = tomorrow(20)
    monkeypatch.setattr(clock, "now", lambda: after)
    dies(place, person_of(place, case_id))
    assert len(queries.session(place.worker.scope, session_id).register) == 1
