"""How somebody may be reached, recorded in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.people import queries
from linkwell.people.tests.people import dot
from tests.browser import carry_sign_in, chromium, plain_page
from tests.place import make_place, sign_in
from tests.served import address

__all__ = ["address", "chromium", "plain_page"]

pytestmark = pytest.mark.browser


def test_safe_contact_is_recorded_without_javascript(plain_page: Page, address: str) -> None:
    place = make_place()
    person = dot(place.worker.scope)
    carry_sign_in(plain_page.context, sign_in(place.worker), address)
    plain_page.goto(address + reverse("people:safe_contact", args=[person]))
    plain_page.get_by_label("They were alone").check()
    plain_page.get_by_role("group", name="Is it safe to send you a text?").get_by_label("Yes").check()
    plain_page.get_by_role("button", name="Save").click()
    stands = queries.safe_answers(place.worker.scope, person)
    assert stands.text is True
    assert "text" in stands.confirmed
