"""The pages of a person and of messages in a real browser: wide, narrow, by eye and by axe."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.people import actions, queries
from linkwell.people.details import ConcernDetails
from linkwell.people.tests.people import dot
from linkwell.people.tests.test_pages import PAGES, full
from tests.browser import check_page, chromium, page, plain_page, screenshots
from tests.databases import close_connections
from tests.place import Place, sign_in

__all__ = ["chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("LINKWELL_PICTURES", "")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test says itself what went wrong."""


@pytest.fixture
def address(place_committed: Place) -> Iterator[str]:
    """A running Linkwell with a committed place; its address."""
    server = make_server("localhost", 0, get_wsgi_application(), handler_class=Quiet)

    def serve() -> None:
        server.serve_forever(0.05)
        close_connections()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def enter(page: Page, address: str, client: Client) -> None:
    """Be the person who is signed in there."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert page.url == url
    check_page(page)
    if PICTURES:
        screenshots(page, Path(PICTURES), name)


def a_concern(place: Place, person: UUID) -> UUID:
    concern = ConcernDetails(
        about="The person", what_happened="No food in the house, and bruises.", their_words="“I fell.”", danger_now=True
    )
    return actions.raise_concern(scope=place.worker.scope, person_id=person, concern=concern)


def test_every_page_of_a_person_can_be_used_by_everybody(page: Page, address: str, place_committed: Place) -> None:
    person = full(place_committed)
    enter(page, address, sign_in(place_committed.worker))
    look(page, f"{address}/people/", "people-list")
    for name in PAGES:
        look(page, address + reverse(f"people:{name}", args=[person]), f"people-{name}")
    scope = place_committed.worker.scope
    (link,) = queries.identity_links(scope, person)
    look(page, address + reverse("people:side_by_side", args=[person, link.other_id]), "people-side_by_side")
    (agreement,) = queries.agreements(scope, person)
    look(page, address + reverse("people:withdraw", args=[person, agreement.id]), "people-withdraw")


def test_safeguarding_and_messages_can_be_used_by_everybody(page: Page, address: str, place_committed: Place) -> None:
    from linkwell.messaging.tests.test_delivery import an_email

    person = full(place_committed)
    made = a_concern(place_committed, person)
    message = an_email(place_committed)
    enter(page, address, sign_in(place_committed.safeguarding_lead))
    look(page, address + reverse("safeguarding:queue"), "safeguarding-queue")
    look(page, address + reverse("safeguarding:concern", args=[made]), "safeguarding-concern")
    look(page, address + reverse("safeguarding:step", args=[made, "take"]), "safeguarding-take")
    look(page, address + reverse("people:restrict", args=[person]), "people-restrict")
    look(page, address + reverse("messaging:sent"), "messages-sent")
    look(page, address + reverse("messaging:message", args=[message]), "messages-one")


def test_safe_contact_is_recorded_without_javascript(plain_page: Page, address: str, place_committed: Place) -> None:
    person = dot(place_committed.worker.scope)
    enter(plain_page, address, sign_in(place_committed.worker))
    plain_page.goto(address + reverse("people:safe_contact", args=[person]))
    plain_page.get_by_label("They were alone").check()
    plain_page.get_by_role("group", name="Is it safe to send you a text?").get_by_label("Yes").check()
    plain_page.get_by_role("button", name="Save").click()
    stands = queries.safe_answers(place_committed.worker.scope, person)
    assert stands.text is True
    assert "text" in stands.confirmed
