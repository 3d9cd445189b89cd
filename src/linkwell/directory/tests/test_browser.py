"""Finding a service in a real browser: on a phone, by keyboard, without JavaScript, with a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from linkwell.core import assets
from tests.place import Member, Place

pytestmark = pytest.mark.browser
HOME = "http://linkwell.test"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
SignedIn = Callable[[Member], Client]


def through(page: Page, client: Client) -> None:
    """Let the browser reach the program through the signed-in test client, inside the test's own transaction.

    The browser library answers in a context of its own, where Django would open another connection.
    """
    own = copy_context()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path.startswith("/static/build/"):
            name = path.removeprefix("/static/build/")
            route.fulfill(path=assets.BUILD_FOLDER / name, content_type=TYPES[name.rsplit(".", 1)[-1]])
            return
        given = own.copy().run(client.get, path, follow=True)
        route.fulfill(status=given.status_code, body=given.content, headers=dict(given.headers.items()))

    page.route(f"{HOME}/**", answer)


def test_a_search_works_by_keyboard_without_javascript(wexcombe: Place, client_for: SignedIn, plain_page: Page) -> None:
    through(plain_page, client_for(wexcombe.worker))
    plain_page.goto(HOME + reverse("directory:find"))
    plain_page.get_by_label("What would help?").focus()
    plain_page.keyboard.type("choir")
    plain_page.keyboard.press("Enter")
    expect(plain_page.get_by_role("link", name="The Sing Low Choir")).to_be_visible()
    plain_page.get_by_role("link", name="The Sing Low Choir").press("Enter")
    expect(plain_page.get_by_role("heading", name="The Sing Low Choir")).to_be_visible()
    expect(plain_page.get_by_text("Stand near the back, mouth the words")).to_be_visible()
