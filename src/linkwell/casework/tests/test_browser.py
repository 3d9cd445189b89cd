"""The pages as people meet them: in a browser, wide and narrow, with and without JavaScript, checked by axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.casework import queries
from linkwell.casework.tests.helpers import accepted, refer, supported, talk
from tests.browser import carry_sign_in, check_page, chromium, page, plain_page
from tests.place import Member, Place, make_place, sign_in
from tests.served import address

__all__ = ["address", "chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser


@pytest.fixture
def there(own_database: str) -> Place:
    return make_place()


def go(page: Page, address: str, member: Member) -> None:
    page.context.clear_cookies()
    carry_sign_in(page.context, sign_in(member), address)


def test_a_conversation_is_written_up_by_tap_on_a_phone(address: str, there: Place, page: Page) -> None:
    case_id = accepted(there, there.worker.user_id)
    page.set_viewport_size({"width": 375, "height": 700})
    go(page, address, there.worker)
    page.goto(address + reverse("casework:write_up", args=[case_id]))
    page.get_by_role("radio", name="Talked").check()
    page.get_by_label("What did you talk about, or what happened?").fill("She misses the choir.")
    page.get_by_role("radio", name="In 2 weeks").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/first-conversation/")
    check_page(page)
    assert queries.interactions(there.worker.scope, case_id)[0].note == "She misses the choir."


def test_a_lead_accepts_without_leaving_the_list(address: str, there: Place, page: Page) -> None:
    refer(there)
    go(page, address, there.lead)
    page.goto(address + reverse("referrals:triage"))
    page.get_by_role("link", name="Accept Joan Pickering").click()
    page.get_by_role("radio", name="Sam Okafor").check()
    check_page(page)
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("Joan Pickering is with Sam Okafor").wait_for()
    check_page(page)
    assert page.url.endswith(reverse("referrals:triage"))


@pytest.mark.fault("F33")
def test_nothing_typed_is_lost_on_screen_when_a_colleague_was_first(address: str, there: Place, page: Page) -> None:
    case_id = accepted(there, there.worker.user_id)
    go(page, address, there.worker)
    page.goto(address + reverse("casework:write_up", args=[case_id]))
    page.get_by_role("radio", name="Talked").check()
    page.get_by_label("What did you talk about, or what happened?").fill("My words.")
    talk(there.colleague.scope, case_id)
    page.get_by_role("button", name="Save").click()
    assert "Priya Nair changed this" in page.inner_text("main")
    assert page.get_by_label("What did you talk about, or what happened?").input_value() == "My words."
    check_page(page)


def test_a_plan_is_made_without_javascript(address: str, there: Place, plain_page: Page) -> None:
    case_id = supported(there)
    go(plain_page, address, there.worker)
    plain_page.goto(address + reverse("casework:plan", args=[case_id]))
    plain_page.click("text=Add something they would like to change")
    plain_page.fill("input[name=words]", "More company")
    plain_page.click("button:has-text('Save')")
    plain_page.click("text=Add a goal")
    plain_page.fill("input[name=words]", "Lunch with others")
    plain_page.check("input[name=importance][value='8']", force=True)
    plain_page.click("button:has-text('Save')")
    plain_page.click("text=Add a step")
    plain_page.fill("input[name=words]", "Ring the club")
    plain_page.fill("input[name=who]", "Joan")
    plain_page.click("button:has-text('Save')")
    plain_page.click("li button:has-text('Take off the plan')")
    assert queries.plan(there.worker.scope, case_id).goals[0].steps == ()
    plain_page.click("summary:has-text('Taken off the plan')")
    plain_page.click("button:has-text('Bring back')")
    goal = queries.plan(there.worker.scope, case_id).goals[0]
    assert (goal.importance, goal.steps[0].words) == (8, "Ring the club")
