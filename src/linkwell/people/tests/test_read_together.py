"""If these fail, what was ended for somebody with two records goes on being used, or a list has an unsafe number."""

import pytest

from linkwell.people import actions, queries
from linkwell.people.tests.people import add, dot, say
from tests.place import Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F20")
def test_a_number_ended_from_either_record_is_not_used_again(place: Place) -> None:
    scope = place.worker.scope
    one, other, stranger = dot(scope), add(scope), add(scope, "Ann", "Other")
    for record in (one, other, stranger):
        actions.add_contact_point(scope=scope, person_id=record, kind="mobile", value="07700 900123", told_by="person")
    actions.link_identity(scope=scope, record_id=one, same_as_id=other, reason="They said so")
    (shown,) = queries.contact_card(scope, other).contacts
    (not_theirs,) = queries.contact_card(scope, stranger).contacts
    actions.end_contact_point(scope=scope, person_id=one, point_id=not_theirs.id)
    assert queries.contact_card(scope, one).contacts
    actions.end_contact_point(scope=scope, person_id=one, point_id=shown.id)
    assert queries.contact_card(scope, one).contacts == queries.contact_card(scope, other).contacts == ()
    assert queries.address_for(scope, one, "text") == ""
    assert queries.contact_card(scope, stranger).contacts


def test_a_risk_and_a_need_of_the_other_record_can_be_ended(place: Place) -> None:
    scope = place.worker.scope
    one, other = dot(scope), add(scope)
    actions.record_risk(scope=scope, person_id=other, none_known=False, detail="A dog that bites")
    actions.add_requirement(scope=scope, person_id=other, kind="access", detail="No stairs")
    actions.link_identity(scope=scope, record_id=one, same_as_id=other, reason="They said so")
    actions.end_risk(scope=scope, person_id=one, risk_id=queries.risks(scope, one)[0].id)
    actions.end_requirement(scope=scope, person_id=one, requirement_id=queries.requirements(scope, one)[0].id)
    assert queries.risks(scope, one) == ()
    assert queries.requirements(scope, one) == ()


@pytest.mark.fault("F18")
def test_a_list_has_no_number_for_somebody_it_is_not_safe_to_phone(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700 900123", told_by="person")
    assert queries.people(scope).rows[0].phone
    say(scope, person, phone=False)
    assert queries.people(scope).rows[0].phone == ""
