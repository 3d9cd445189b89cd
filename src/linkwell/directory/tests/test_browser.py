"""Finding a service in a real browser: on a phone, by keyboard, without JavaScript, with a screen reader."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from linkwell.core import assets
from linkwell.directory import actions, queries
from linkwell.directory.queries import Search
from tests import browser
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


def addresses(place: Place) -> dict[str, str]:
    found = queries.find(place.worker.scope, Search(words="food bank")).rows[0].service.id
    actions.put_aside(scope=place.lead.scope, service_id=found)
    return {
        "find": reverse("directory:find"),
        "results": reverse("directory:find") + "?words=swiming+not+church&place=Millfields&facts=step_free",
        "nothing": reverse("directory:find") + "?words=xylophone&place=Atlantis",
        "error": reverse("directory:find") + "?words=" + "x" * 300,
        "service": reverse("directory:service", args=[found]),
        "room": reverse("directory:room", args=[found]),
        "missing": reverse("directory:missing"),
        "gaps": reverse("directory:gaps"),
        "urgent": reverse("directory:find") + "?words=we+have+no+food+today",
        "shortlist": reverse("directory:shortlist"),
        "sheet": reverse("directory:shortlist_print") + "?look=easy",
        "missing-near-here": reverse("onward:missing"),
    }


def test_every_page_passes_axe_and_fits_a_narrow_phone(wexcombe: Place, client_for: SignedIn, page: Page) -> None:
    through(page, client_for(wexcombe.lead))
    for name, address in addresses(wexcombe).items():
        with browser.no_outside_requests(page):
            page.goto(HOME + address)
        browser.check_page(page)
        if "LINKWELL_PICTURES" in os.environ:
            browser.screenshots(page, Path(os.environ["LINKWELL_PICTURES"]), f"services-{name}")


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
