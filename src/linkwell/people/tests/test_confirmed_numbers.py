"""If these fail, a text goes to a number that somebody else gave, or a worker cannot see why nothing is sent."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.people import actions, queries
from linkwell.people.tests.people import add, dot, safe_by_themselves, say
from linkwell.people.tests.reading import shown
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
CHANNELS = ("phone", "voicemail", "text", "email", "letter")


def told(place: Place, kind: str = "mobile", value: str = "07700 900123") -> tuple[UUID, UUID]:
    """A person whose number somebody else gave: the person's id, and the field that asks about the number."""
    scope = place.worker.scope
    person = dot(scope)
    point = actions.add_contact_point(scope=scope, person_id=person, kind=kind, value=value, told_by="referrer")
    return person, point


def answered(point: UUID, said: str, **more: str) -> dict[str, str]:
    typed = dict.fromkeys(CHANNELS, "not_asked") | {"told_by": "person", "asked_alone": "on", "text": "yes"}
    return typed | {f"number_{point.hex}": said} | more


@pytest.mark.fault("F18")
@pytest.mark.parametrize(("kind", "value", "way"), [("mobile", "07700900123", "text"), ("email", "a@b.test", "email")])
def test_a_yes_opens_nothing_to_a_number_that_somebody_else_gave(place: Place, kind: str, value: str, way: str) -> None:
    person, _ = told(place, kind, value)
    say(place.worker.scope, person, **{way: True})
    assert queries.address_for(place.worker.scope, person, way) == ""
    assert any("confirmed" in line for line in queries.banner(place.worker.scope, person).reach)


@pytest.mark.fault("F18")
def test_the_page_asks_which_number_and_says_what_to_do_while_none_is_theirs(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    person, point = told(place)
    client, address = client_for(place.worker), reverse("people:safe_contact", args=[person])
    assert "Is 07700 900123 still your number, and only yours?" in shown(client.get(address))
    page = shown(client.post(address, answered(point, ""), follow=True))
    assert "Send no texts: no mobile number is confirmed. Ask them which is theirs" in page
    assert "Send no texts: no mobile number is confirmed" in shown(client.get(address))
    page = shown(client.post(address, answered(point, "theirs"), follow=True))
    assert "no mobile number is confirmed" not in page
    assert queries.address_for(place.worker.scope, person, "text") == "+447700900123"


@pytest.mark.fault("F18")
def test_only_the_person_alone_confirms_a_number(place: Place, client_for: Callable[[Member], Client]) -> None:
    person, point = told(place)
    client, address = client_for(place.worker), reverse("people:safe_contact", args=[person])
    typed = answered(point, "theirs", told_by="relative")
    assert "Only the person can say this" in shown(client.post(address, typed))
    answers = safe_by_themselves(text=True)
    heard = type(answers)(text=True, told_by="person", asked_alone=False)
    actions.record_safe_contact(scope=place.worker.scope, person_id=person, answers=heard, numbers={point: "theirs"})
    assert queries.address_for(place.worker.scope, person, "text") == ""


@pytest.mark.fault("F18")
@pytest.mark.parametrize("said", ["shared", "ended"])
def test_a_number_they_share_or_left_is_written_to_no_more_from_either_record(place: Place, said: str) -> None:
    scope = place.worker.scope
    person, point = told(place)
    other = add(scope)
    actions.add_contact_point(scope=scope, person_id=other, kind="mobile", value="07700900123", told_by="person")
    actions.link_identity(scope=scope, record_id=person, same_as_id=other, reason="They said so")
    answers = safe_by_themselves(text=True)
    actions.record_safe_contact(scope=scope, person_id=person, answers=answers, numbers={point: "theirs"})
    assert queries.address_for(scope, other, "text")
    actions.record_safe_contact(scope=scope, person_id=person, answers=answers, numbers={point: said})
    assert queries.address_for(scope, other, "text") == ""


def test_somebody_elses_number_cannot_be_confirmed_from_here(place: Place) -> None:
    person, _ = told(place)
    stranger, theirs = told(place)
    answers = safe_by_themselves(text=True)
    actions.record_safe_contact(scope=place.worker.scope, person_id=person, answers=answers, numbers={theirs: "theirs"})
    say(place.worker.scope, stranger, text=True)
    assert queries.address_for(place.worker.scope, stranger, "text") == ""
