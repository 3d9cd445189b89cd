"""A child who does not decide this: adults are told only as they said themselves, and "do not contact" wins."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.messaging import actions
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people import queries as of_people
from linkwell.people.children import AdultDetails, OwnDecisionDetails
from linkwell.people.death import DeathDetails
from linkwell.people.tests.people import add, say
from tests.place import Place

pytestmark = pytest.mark.fault("F18")
WORDS = {"staff": "Sam", "when": "Tuesday 3 March, 2pm", "phone": "01632 960001"}
MOTHER = AdultDetails(
    "Jo Baker", "mother", "yes", "certificate", "yes", phone="07700 900222", email="jo@example.org", safe_text=True
)
FATHER = AdultDetails("Karl Baker", "father", "yes", "said_so", "no", phone="07700 900333", safe_text=True)


@pytest.fixture(autouse=True)
def messages_go(settings: Any) -> None:
    settings.DEMO = True


def child(place: Place) -> UUID:
    return add(place.worker.scope, "Robin", "Baker", date_of_birth=clock.today() - dt.timedelta(days=365 * 12 + 10))


def adult(place: Place, person: UUID, details: AdultDetails) -> UUID:
    return people.add_responsible_adult(scope=place.worker.scope, person_id=person, details=details)


def to_parent(place: Place, person: UUID, adult_id: UUID) -> Message:
    message_id = actions.send(
        scope=place.worker.scope,
        audience="parent",
        template="parent_appointment",
        values=WORDS,
        about_kind="appointment",
        about_id=uuid4(),
        once_key=str(uuid4()),
        person_id=person,
        adult_id=adult_id,
    )
    with scoped(place.worker.scope):
        return Message.objects.get(pk=message_id)


def test_the_mother_who_said_that_texts_are_safe_gets_one_and_the_child_none(place: Place) -> None:
    person = child(place)
    say(place.worker.scope, person, phone=True, text=True)
    message = to_parent(place, person, adult(place, person, MOTHER))
    assert (message.state, message.channel, message.address) == ("queued", "text", "+447700900222")
    assert "Robin" not in message.body
    to_child = actions.send(
        scope=place.worker.scope,
        audience="person",
        template="person_appointment",
        values=WORDS,
        about_kind="appointment",
        about_id=uuid4(),
        once_key="to the child",
        person_id=person,
    )
    with scoped(place.worker.scope):
        assert Message.objects.get(pk=to_child).held_reason.startswith("Others decide")


def test_the_father_who_must_not_be_contacted_is_not_whatever_he_said(place: Place) -> None:
    person = child(place)
    father = adult(place, person, FATHER)
    assert to_parent(place, person, father).held_reason == "Do not contact them."
    assert of_people.adults_to_tell(place.worker.scope, person) == ()


@pytest.mark.fault("F20")
def test_a_number_the_father_also_has_is_not_used_for_the_mother(place: Place) -> None:
    person = child(place)
    adult(place, person, FATHER)
    mother = adult(place, person, replace(MOTHER, phone=FATHER.phone))
    assert to_parent(place, person, mother).held_reason == "Do not contact them."


@pytest.mark.fault("F20")
def test_a_number_the_child_also_has_gets_no_text(place: Place) -> None:
    person = child(place)
    number = "07700 900222"
    people.add_contact_point(scope=place.worker.scope, person_id=person, kind="mobile", value=number, told_by="person")
    message = to_parent(place, person, adult(place, person, replace(MOTHER, email="")))
    assert message.held_reason.startswith("Somebody else has the same number.")


def test_nobody_who_was_not_asked_is_written_to(place: Place) -> None:
    person = child(place)
    asked = adult(place, person, replace(MOTHER, safe_text=None))
    assert to_parent(place, person, asked).held_reason.endswith("A colleague phones instead.")
    not_said = adult(place, person, replace(MOTHER, may_contact="not_asked", phone="07700 900444"))
    assert to_parent(place, person, not_said).state == "held"


@pytest.mark.parametrize("change", ["do not contact", "another number", "removed", "died"])
def test_what_waits_does_not_go_once_the_adult_or_the_child_is_not_as_before(place: Place, change: str) -> None:
    person = child(place)
    adult_id = adult(place, person, MOTHER)
    message = to_parent(place, person, adult_id)
    scope = place.worker.scope
    if change == "removed":
        people.end_responsible_adult(scope=scope, person_id=person, adult_id=adult_id)
    elif change == "died":
        people.record_death(scope=scope, person_id=person, details=DeathDetails())
    else:
        changed = (
            replace(MOTHER, may_contact="no") if change == "do not contact" else replace(MOTHER, phone="07700 900555")
        )
        people.change_responsible_adult(
            scope=scope, person_id=person, adult_id=adult_id, expected_version=1, details=changed
        )
    assert actions.begin_sending(scope=place.system, message_id=message.pk) is None
    with scoped(scope):
        assert Message.objects.get(pk=message.pk).state == "held"


def test_a_young_person_who_decides_this_is_written_to_as_they_said(place: Place) -> None:
    scope, person = place.worker.scope, child(place)
    assert of_people.contact_is_decided_for_them(scope, person)
    own = OwnDecisionDetails("contact", True, "Sam Okafor", clock.today(), "Robin knows who reads the phone.")
    people.record_own_decision(scope=scope, person_id=person, details=own)
    assert not of_people.contact_is_decided_for_them(scope, person)
