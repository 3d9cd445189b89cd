"""The pages of a person in a real browser: wide, narrow, by eye and by axe."""

from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.people import actions, queries
from linkwell.people.details import ConcernDetails
from linkwell.people.tests.browsing import address, enter, look
from linkwell.people.tests.people import dot
from linkwell.people.tests.test_pages import PAGES, full
from tests.browser import chromium, page, plain_page
from tests.place import Place, sign_in

__all__ = ["address", "chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser


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


def test_safeguarding_can_be_used_by_everybody(page: Page, address: str, place_committed: Place) -> None:
    person = full(place_committed)
    made = a_concern(place_committed, person)
    enter(page, address, sign_in(place_committed.safeguarding_lead))
    look(page, address + reverse("safeguarding:queue"), "safeguarding-queue")
    look(page, address + reverse("safeguarding:concern", args=[made]), "safeguarding-concern")
    look(page, address + reverse("safeguarding:step", args=[made, "take"]), "safeguarding-take")
    look(page, address + reverse("people:restrict", args=[person]), "people-restrict")


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
