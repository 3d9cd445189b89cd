"""The page of messages: everything in a demonstration, states alone otherwise, and decisions by a person."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from linkwell.kernel.errors import NotFound
from linkwell.messaging import actions, presenters, queries
from linkwell.messaging.outgoing import Outcome, Result
from linkwell.messaging.permissions import DEMO_SEE
from linkwell.people.tests.reading import shown, typed_in
from tests.place import Member, Place

SignIn = Callable[[Member], Client]


def a_message(place: Place) -> UUID:
    return actions.send(
        scope=place.worker.scope,
        audience="group",
        template="group_message",
        values={"link": f"{project.ADDRESS}/answer/secret-token/"},
        about_kind="onward_referral",
        about_id=uuid4(),
        once_key=str(uuid4()),
        address="hall@example.org",
    )


def unknown(place: Place, settings: Settings) -> UUID:
    settings.DEMO, settings.EMAIL_HOST = False, "127.0.0.1"
    message_id = a_message(place)
    begun = actions.begin_sending(scope=place.system, message_id=message_id)
    assert begun is not None
    result = Result(Outcome.UNKNOWN)
    actions.end_sending(scope=place.system, message_id=message_id, version=begun.version, result=result)
    return message_id


def test_in_the_demonstration_everyone_reads_every_message_and_its_link_works(
    place: Place, client_for: SignIn, settings: Settings
) -> None:
    settings.DEMO = True
    a_message(place)
    assert all(member.scope.may(DEMO_SEE) for member in (place.worker, place.referrer, place.administrator))
    page = BeautifulSoup(client_for(place.lead).get(reverse("messaging:sent")).content, "html.parser")
    assert "hall@example.org" in page.get_text()
    assert page.find("a", href="/answer/secret-token/")
    assert "hall@" not in shown(client_for(place.stranger_lead).get(reverse("messaging:sent")))


@pytest.mark.fault("F16")
def test_outside_it_nobody_reads_words_links_or_addresses(place: Place, client_for: SignIn, settings: Settings) -> None:
    settings.DEMO = False
    a_message(place)
    for member in (place.lead, place.administrator):
        page = client_for(member).get(reverse("messaging:sent")).content.decode()
        assert "E-mail to a community group" in page
        assert "secret-token" not in page
        assert "hall@" not in page
    for member in (place.worker, place.referrer):
        assert client_for(member).get(reverse("messaging:sent")).status_code == 404
    with pytest.raises(NotFound):
        queries.kept_messages(place.worker.scope)


def test_a_person_decides_about_a_message_that_may_have_arrived(
    place: Place, client_for: SignIn, settings: Settings
) -> None:
    one = reverse("messaging:message", args=[unknown(place, settings)])
    lead = client_for(place.lead)
    assert "We do not know if it arrived" in shown(lead.get(reverse("messaging:sent"), {"show": "attention"}))
    answer = lead.get(one)
    version = typed_in(answer, "version")
    buttons = BeautifulSoup(answer.content, "html.parser").select("main button")
    words = [button.get_text(strip=True) for button in buttons]
    assert words == ["Send it again", "It arrived", "It is not needed"]
    assert client_for(place.stranger_lead).get(one).status_code == 404
    assert client_for(place.worker).get(one).status_code == 404
    assert lead.get(f"{one}arrived/").status_code == 405
    assert lead.post(f"{one}nonsense/", {"version": version}).status_code == 404
    assert lead.post(f"{one}arrived/", {"version": "x"}).status_code == 404
    assert lead.post(f"{one}arrived/", {"version": version}).status_code == 302
    late = lead.post(f"{one}again/", {"version": version}, follow=True)
    assert "This message has changed since you opened it" in shown(late)


def test_the_list_costs_no_more_when_it_is_long(place: Place) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.sent_messages(place.lead.scope)
        return len(seen)

    a_message(place)
    one = cost()
    for _ in range(24):
        a_message(place)
    assert cost() == one
    assert len(queries.sent_messages(place.lead.scope, 2)) == 5


def test_only_our_own_links_can_be_opened() -> None:
    text = f"Read {project.ADDRESS}/a/ or https://evil.example/ <b>"
    links = [piece.url for piece in presenters.pieces(text) if piece.url]
    assert links == ["/a/"]
    assert "".join(piece.text for piece in presenters.pieces(text)) == text
