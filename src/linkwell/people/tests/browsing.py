"""A running Linkwell and a browser in it, for the tests of this app and of messages."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Page

from tests.browser import check_page, screenshots
from tests.databases import close_connections
from tests.place import Place

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
