"""If these fail, someone with a phone, a keyboard, a screen reader or no JavaScript cannot use a page."""

import pytest
from playwright.sync_api import Page, Route, expect

from linkwell.web import build_assets
from linkwell.web.tests import gallery
from tests import browser

pytestmark = pytest.mark.browser
IDLE = '<body data-idle-seconds="900" data-idle-stay="/stay/" data-idle-leave="/out/" '
PAGES = [("every", False), ("every", True), ("question", True), ("confirm", True)]


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


def form(wrong: bool) -> gallery.EveryField:
    return gallery.EveryField({"sure": "7", "needs": ["money"]} if wrong else None)


@pytest.mark.parametrize(("name", "wrong"), PAGES)
def test_a_page_passes_axe_and_fits_a_narrow_phone(page: Page, name: str, wrong: bool) -> None:
    with browser.no_outside_requests(page):
        gallery.show(page, gallery.render(name, form(wrong)))

    browser.check_page(page)


def test_a_page_fits_and_shows_everything_without_javascript(plain_page: Page) -> None:
    gallery.show(plain_page, gallery.render("every"))

    assert browser.sideways(plain_page) == []
    expect(plain_page.get_by_role("button", name="Continue")).to_be_visible()
    expect(plain_page.get_by_role("link", name="Tasks")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Copy your text")).to_be_hidden()


def test_dots_are_chosen_with_the_keyboard(page: Page) -> None:
    gallery.show(page, gallery.render("every"))
    first = page.get_by_role("radio", name="1 = not at all sure")

    first.focus()
    page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("ArrowRight")

    expect(page.get_by_role("radio", name="7", exact=True)).to_be_checked()


def test_chips_are_tapped_by_their_words(page: Page) -> None:
    gallery.show(page, gallery.render("every"))

    page.get_by_label("Bereaved").check()

    expect(page.get_by_label("Bereaved")).to_be_checked()


def test_an_error_link_lands_on_the_box_to_mend(page: Page) -> None:
    gallery.show(page, gallery.render("every", form(wrong=True)))

    page.get_by_role("link", name="Enter date of birth").click()

    expect(page.get_by_role("textbox", name="Day")).to_be_focused()


def elsewhere(page: Page) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<h1>Weather</h1>", content_type="text/html")

    page.route("https://www.bbc.co.uk/**", answer)


def history_of(page: Page) -> None:
    elsewhere(page)
    gallery.show(page, "<title>Before</title><p>Before</p>", "/before/")
    gallery.show(page, gallery.render("question"))


@pytest.mark.parametrize("how", ["press", "escape"])
def test_leaving_at_once_leaves_nothing_to_go_back_to(page: Page, how: str) -> None:
    history_of(page)

    if how == "press":
        page.get_by_role("link", name="Leave this page now").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")

    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    assert page.url.endswith("/before/")


def test_leaving_works_without_javascript(plain_page: Page) -> None:
    history_of(plain_page)

    plain_page.get_by_role("link", name="Leave this page now").click()

    plain_page.wait_for_url("https://www.bbc.co.uk/weather")


def test_fragments_run_no_code_and_leave_no_copy_of_a_page(page: Page) -> None:
    gallery.show(page, gallery.render("every"))

    config = page.evaluate("htmx.config")

    assert (config["allowEval"], config["allowScriptTags"], config["includeIndicatorStyles"]) == (False, False, False)
    assert config["historyCacheSize"] == 0


def test_a_second_press_sends_nothing(page: Page) -> None:
    gallery.show(page, gallery.render("confirm", gallery.EveryField()))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route(f"{gallery.HOME}/gallery/", lambda route: None)

    page.evaluate("const form = document.querySelector('main form'); form.requestSubmit(); form.requestSubmit();")
    page.wait_for_timeout(200)

    assert len(sent) == 1


def test_someone_idle_is_warned_and_can_stay(page: Page) -> None:
    html = gallery.render("confirm").replace("<body ", IDLE)
    page.clock.install()
    gallery.show(page, html)
    page.route(f"{gallery.HOME}/stay/", lambda route: route.fulfill(status=204))
    warning = page.get_by_role("alertdialog", name="You will be signed out soon")

    page.clock.run_for(13 * 60 * 1000 + 6000)
    expect(warning).to_be_visible()
    assert browser.axe(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    page.clock.run_for(12 * 60 * 1000)

    assert page.url.endswith("/gallery/")


def test_someone_who_walked_away_is_taken_out(page: Page) -> None:
    html = gallery.render("confirm").replace("<body ", IDLE)
    page.clock.install()
    gallery.show(page, html)

    page.clock.run_for(16 * 60 * 1000)

    page.wait_for_url(f"{gallery.HOME}/out/")
