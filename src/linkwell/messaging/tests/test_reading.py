"""If these fail, somebody is sent words that they cannot read, and misses what they were told."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.access import AccessWords
from linkwell.people.details import SafeAnswers
from linkwell.people.tests.people import dot
from tests.place import Place

pytestmark = pytest.mark.django_db


def reads(scope: Scope, reading: str, language: str = "") -> UUID:
    """Somebody whom texts reach safely, and who reads in this way."""
    person_id = dot(scope)
    people.add_contact_point(scope=scope, person_id=person_id, kind="mobile", value="07700 900123", told_by="person")
    alone = SafeAnswers(phone=True, text=True, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=scope, person_id=person_id, answers=alone)
    people.record_access(
        scope=scope, person_id=person_id, expected_version=0, access=AccessWords(reading=reading, language=language)
    )
    return person_id


def sent(place: Place, reading: str, language: str = "") -> Message:
    scope = place.worker.scope
    person_id = reads(scope, reading, language)
    message_id = send(
        scope=scope,
        audience="person",
        template="person_appointment",
        values={"staff": "Sam", "when": datetime(2027, 3, 2, 14, tzinfo=UTC), "phone": "01632 960001"},
        about_kind="appointment",
        about_id=new_id(),
        once_key=f"{clock.now()}",
        person_id=person_id,
    )
    with scoped(scope):
        return Message.objects.get(pk=message_id)


def test_whoever_likes_easy_read_is_written_to_so(place: Place) -> None:
    message = sent(place, "easy_read")
    assert message.template == "person_appointment_easy"
    assert "You will meet Sam.\nWhen: Tuesday 2 March 2027, 2pm." in message.body


@pytest.mark.parametrize("reading", ["braille", "audio", "read_aloud"])
def test_whoever_cannot_read_a_message_is_rung_instead(place: Place, reading: str) -> None:
    message = sent(place, reading)
    assert message.state == "held"
    assert "Ring them" in message.held_reason


def test_everybody_else_is_written_to_as_before(place: Place) -> None:
    assert sent(place, "large").template == "person_appointment"


@pytest.mark.parametrize(
    ("reading", "template", "words"),
    [
        ("standard", "person_appointment_cy", "Rydych yn cwrdd â Sam: dydd Mawrth 2 Mawrth 2027, 2pm."),
        ("easy_read", "person_appointment_easy_cy", "Byddwch yn cwrdd â Sam."),
    ],
)
def test_whoever_likes_welsh_best_is_written_to_in_welsh(place: Place, reading: str, template: str, words: str) -> None:
    message = sent(place, reading, "Cymraeg")
    assert (message.template, message.subject) == (template, "Mae gennych neges")
    assert words in message.body
