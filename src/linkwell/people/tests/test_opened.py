"""Opening a neighbour's record is noticed with the details people really have."""

import pytest

from linkwell.accounts.actions import record_home_postcode
from linkwell.accounts.actions.browsing import note_unusual_opening
from linkwell.accounts.queries import browsing
from linkwell.core import audit
from linkwell.core.database import scoped
from linkwell.people import actions
from linkwell.people.details import PersonDetails
from tests.place import Place


@pytest.mark.fault("F38")
def test_a_neighbour_and_a_colleague_are_known_by_what_was_recorded(place: Place) -> None:
    scope = place.worker.scope
    near = actions.add_person(scope=scope, details=PersonDetails("Ivy", "Marsh", postcode="bs1 4dj"))
    known = actions.add_person(scope=scope, details=PersonDetails("Priya", "Nair"))
    actions.add_contact_point(
        scope=scope, person_id=known, kind="email", value=place.colleague.email.upper(), told_by="person"
    )
    record_home_postcode(scope=place.administrator.scope, user_id=place.worker.user_id, home_postcode="BS1 4DJ")
    with scoped(scope):
        for person_id in (near, known):
            audit.record_opening(scope, "person", person_id, person_id=person_id)
    note_unusual_opening(place.system)
    found = {(row.reason, row.person_name) for row in browsing.flags(place.lead.scope)}
    assert found == {("neighbour", "Ivy Marsh"), ("colleague", "Priya Nair")}
