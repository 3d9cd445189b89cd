"""The page of messages in a real browser: wide, narrow, by eye and by axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.messaging.tests.test_delivery import an_email
from linkwell.people.tests.browsing import address, enter, look
from tests.browser import chromium, page
from tests.place import Place, sign_in

__all__ = ["address", "chromium", "page"]

pytestmark = pytest.mark.browser


def test_messages_can_be_used_by_everybody(page: Page, address: str, place_committed: Place) -> None:
    message = an_email(place_committed)
    enter(page, address, sign_in(place_committed.lead))
    look(page, address + reverse("messaging:sent"), "messages-sent")
    look(page, address + reverse("messaging:message", args=[message]), "messages-one")
