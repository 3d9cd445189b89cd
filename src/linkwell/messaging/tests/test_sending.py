"""Asking for a message: it goes the safest way, or is held where somebody sees it."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.kernel.errors import Invalid
from linkwell.messaging import actions, queries
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.details import RelatedDetails, SafeAnswers
from linkwell.people.tests.people import dot, say
from tests.place import Place

APPOINTMENT = {"staff": "Sam", "when": "Tuesday 3 March, 2pm", "phone": "01632 960001"}


def to_person(place: Place, person_id: UUID | None, **more: Any) -> Message:
    asked: dict[str, Any] = {
        "audience": "person",
        "template": "person_appointment",
        "values": APPOINTMENT,
        "about_kind": "appointment",
        "about_id": uuid4(),
        "once_key": str(uuid4()),
        "person_id": person_id,
    }
    message_id = actions.send(scope=place.worker.scope, **(asked | more))
    with scoped(place.worker.scope):
        return Message.objects.get(pk=message_id)


def reachable(place: Place) -> UUID:
    scope, person = place.worker.scope, dot(place.worker.scope)
    for kind, value in (("mobile", "07700 900123"), ("email", "dot@example.org")):
        people.add_contact_point(scope=scope, person_id=person, kind=kind, value=value, told_by="person")
    return person


def test_somebody_nobody_asked_gets_nothing_and_the_worker_is_told_to_phone(place: Place) -> None:
    message = to_person(place, reachable(place))
    assert message.state == "held"
    assert message.held_reason == "They have not said that texts are safe. Phone instead."
    with scoped(place.worker.scope):
        assert not OutboxEvent.objects.filter(event="message.queued", object_id=message.pk).exists()


@pytest.mark.parametrize(
    ("said", "channel", "address"),
    [
        ({"text": True, "email": True, "letter": True}, "text", "+447700900123"),
        ({"text": False, "email": True}, "email", "dot@example.org"),
        ({"text": False, "letter": True}, "letter", "3 Mill Lane\nWexcombe\nBS1 4DJ"),
    ],
)
def test_it_goes_the_way_they_said(place: Place, said: dict[str, bool], channel: str, address: str) -> None:
    person = reachable(place)
    say(place.worker.scope, person, **said)
    message = to_person(place, person)
    assert (message.state, message.channel, message.address) == ("queued", channel, address)


@pytest.mark.fault("F18")
def test_a_number_shared_with_a_partner_gets_no_text(place: Place) -> None:
    person = reachable(place)
    say(place.worker.scope, person, text=True)
    related = RelatedDetails("Ken", "husband", phone="07700900123")
    people.add_related_contact(scope=place.worker.scope, person_id=person, details=related)
    message = to_person(place, person)
    assert message.state == "held"
    assert "Somebody close to them has the same number" in message.held_reason


@pytest.mark.fault("F17")
def test_a_restricted_person_gets_no_letter(place: Place) -> None:
    person = reachable(place)
    say(place.worker.scope, person, letter=True)
    people.restrict_person(scope=place.lead.scope, person_id=person, restricted=True, reason="Refuge")
    message = to_person(place, person, channel="letter")
    assert (message.state, message.address) == ("held", "")
    assert "restricted" in message.held_reason


def test_somebody_asking_for_help_is_thanked_only_where_they_said_so_alone(place: Place) -> None:
    given = {"address": "new@example.org", "channel": "email"}
    alone = SafeAnswers(email=True, asked_alone=True, told_by="person")
    listened_to = SafeAnswers(email=True, asked_alone=False, told_by="person")
    assert to_person(place, None, answers=alone, **given).state == "queued"
    assert to_person(place, None, answers=listened_to, **given).state == "held"
    assert to_person(place, None, **given).state == "held"


def test_the_same_event_makes_one_message(place: Place) -> None:
    person = reachable(place)
    say(place.worker.scope, person, text=True)
    assert to_person(place, person, once_key="one").pk == to_person(place, person, once_key="one").pk


@pytest.mark.parametrize(
    ("audience", "template"), [("group", "group_message"), ("gp", "gp_summary"), ("staff", "staff_news")]
)
def test_others_are_written_to_by_email_and_never_by_text(place: Place, audience: str, template: str) -> None:
    common: dict[str, Any] = {
        "audience": audience,
        "template": template,
        "values": {"link": f"{settings.ADDRESS}/x/"},
        "address": "office@example.org",
    }
    assert to_person(place, None, **common).state == "queued"
    assert to_person(place, None, channel="text", **common).state == "held"
    assert to_person(place, None, **(common | {"address": ""})).held_reason == "We have no address for them."


def test_a_message_for_the_wrong_reader_or_with_wrong_values_is_not_made(place: Place) -> None:
    person = reachable(place)
    with pytest.raises(LookupError):
        to_person(place, person, audience="group")
    with pytest.raises(Invalid):
        to_person(place, person, values=APPOINTMENT | {"staff": "Sam Okafor of Debt Advice"})
    with scoped(place.worker.scope):
        assert Message.objects.count() == 0


@pytest.mark.fault("F16")
def test_address_and_words_are_unreadable_in_the_table(place: Place) -> None:
    person = reachable(place)
    say(place.worker.scope, person, text=True)
    message = to_person(place, person)
    with scoped(place.worker.scope), connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM messaging_message m WHERE id = %s", [message.pk])
        stored = cursor.fetchone()[0]
    assert "7700" not in stored
    assert "Sam" not in stored


def test_a_thread_is_read_in_order_by_its_own_side_only(place: Place) -> None:
    about = uuid4()
    for text in ("Which school?", "Mill Lane"):
        actions.post_to_thread(
            scope=place.worker.scope, about_kind="referral", about_id=about, text=text, author_name="Sam Okafor"
        )
    assert [post.text for post in queries.thread(place.worker.scope, about)] == ["Which school?", "Mill Lane"]
    assert queries.thread(place.stranger.scope, about) == ()
    for bad in (" ", "x" * 5000):
        with pytest.raises(Invalid):
            actions.post_to_thread(
                scope=place.worker.scope, about_kind="referral", about_id=about, text=bad, author_name="Sam"
            )
