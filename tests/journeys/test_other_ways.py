"""The same place when things go otherwise: no account, no JavaScript, two at once, a killed tab, a shared computer."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.browser import chromium, new_context, no_outside_requests
from tests.journeys import steps
from tests.journeys.steps import PHONE, Made, fits, follow, heading, opened, press
from tests.live import PATIENCE, Live, live, live_started

__all__ = ["chromium", "live", "live_started"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]

BRAM = Made("Bramwell", "Ottershaw", "01632 960 441", "Lost his job and sits at home all day.")
OLWEN = Made("Olwenna", "Marshgate", "01632 960 442", "Would like to talk with somebody.")
# What somebody looking over a shoulder may read on the tab.
NOT_TELLING = re.compile("^(Your answers|Local support)$")


def test_somebody_asks_for_help_on_a_phone_without_javascript(live: Live, chromium: Browser) -> None:
    with new_context(chromium, width=PHONE, javascript=False) as phone, new_context(chromium) as team:
        page = phone.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(live.url("/ask/"))
        follow(page, "Wexcombe link workers")
        with no_outside_requests(page):
            ask_for_help(page, OLWEN)
        expect(page.get_by_text("Thank you. We have it.")).to_be_visible()
        assert OLWEN.family not in page.content()
        lead = opened(live, team.new_page(), "Lena Hart", "/referrals/triage/")
        expect(lead.get_by_role("link", name=OLWEN.name, exact=True)).to_be_visible()


def ask_for_help(page: Page, who: Made) -> None:
    """One thing a page; the title never says what it is about."""
    expect(page.get_by_text("Leave this page now")).to_be_visible()
    press(page, "Start now")
    page.get_by_label("I do").check(force=True)
    go_on(page)
    page.get_by_label("First name", exact=True).fill(who.given)
    page.get_by_label("Last name", exact=True).fill(who.family)
    go_on(page)
    go_on(page)
    page.get_by_label("In your own words").fill(who.why)
    go_on(page)
    page.get_by_label("Phone number", exact=True).fill(who.phone)
    go_on(page)
    steps.choose(page, "Is it safe to phone?", "Yes")
    go_on(page)
    page.get_by_label("No, I am on my own").check(force=True)
    go_on(page)
    go_on(page)
    heading(page, "Is this right?")
    expect(page.get_by_text(who.why)).to_be_visible()
    press(page, "Send")


def go_on(page: Page) -> None:
    expect(page).to_have_title(NOT_TELLING)
    page.get_by_role("button", name="Continue").last.click()


@pytest.mark.fault("F33")
def test_two_leads_decide_the_same_referral_and_the_second_keeps_their_words(live: Live, chromium: Browser) -> None:
    words = "Does he still have his old work mates?"
    with new_context(chromium) as practice, new_context(chromium) as one, new_context(chromium) as other:
        steps.refer(live, opened(live, practice.new_page(), "Dr Ruth Bell"), BRAM)
        first = opened(live, one.new_page(), "Lena Hart", "/referrals/triage/")
        second = opened(live, other.new_page(), "Grace Obi", "/referrals/triage/")
        for page, button in ((first, "We cannot take this"), (second, "Ask a question")):
            follow(page, f"^{BRAM.name}$")
            follow(page, button)
        second.get_by_label("Your question").fill(words)
        steps.group(first, "Why can we not take this?").get_by_role("radio").first.check()
        press(first, first.locator("main form button").first.inner_text())
        first.get_by_label("Where could they turn instead?").fill("The work club at the library.")
        press(first, first.locator("main form button").first.inner_text())
        first.wait_for_url("**/referrals/triage/", timeout=PATIENCE)
        press(second, second.locator("main form button").first.inner_text())
        expect(second.get_by_role("alert").first).to_contain_text("Lena Hart")
        assert second.get_by_label("Your question").input_value() == words
        fits(second)


def test_what_was_typed_is_there_after_the_tab_was_killed(live: Live, chromium: Browser) -> None:
    words = "He laughed for the first time in weeks."
    with new_context(chromium, width=PHONE) as phone:
        page = opened(live, phone.new_page(), "Sam Okafor")
        write_up = first_write_up(live, page)
        page.get_by_label("What did you talk about, or what happened?").fill(words)
        expect(page.locator("[data-draft-status]")).to_contain_text("Saved", timeout=PATIENCE)
        with suppress(BrowserError):
            page.goto("chrome://crash")
        again = phone.new_page()
        again.goto(write_up)
        expect(again.get_by_label("What did you talk about, or what happened?")).to_have_value(words)


def first_write_up(live: Live, page: Page) -> str:
    """The write-up of somebody this worker supports."""
    first_of_caseload(live, page).click()
    follow(page, "^Write up$")
    page.wait_for_url("**/write-up/**", timeout=PATIENCE)
    return page.url


def first_of_caseload(live: Live, page: Page) -> Locator:
    """The name of somebody this worker supports, as a link."""
    page.goto(live.url("/support/caseload/"))
    return page.get_by_role("main").get_by_role("rowheader").get_by_role("link").first


@pytest.mark.fault("F22")
def test_going_back_after_signing_out_shows_nothing(live: Live, chromium: Browser) -> None:
    with new_context(chromium) as desk:
        page = opened(live, desk.new_page(), "Sam Okafor")
        link = first_of_caseload(live, page)
        name = link.inner_text()
        link.click()
        page.wait_for_url(re.compile(r"/support/[0-9a-f-]{36}/$"), timeout=PATIENCE)
        expect(page.get_by_text(name).first).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(lambda url: "/support/" not in url, timeout=PATIENCE)
        for _ in range(2):
            # A page kept from before may lead on by itself, which breaks off the way back to it.
            with suppress(BrowserError):
                page.go_back()
            page.wait_for_load_state("networkidle")
            assert name not in page.content()
            assert "/account/login/" in page.url
