"""If these fail, a link worker loses what they typed, or leaves it readable on a shared computer."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from linkwell.web import build_assets
from linkwell.web.tests import gallery
from tests import browser

pytestmark = pytest.mark.browser
WORDS = "Misses her garden most of all"
SAVED = "Saved at 2:03pm"
WAITING = "Not saved yet – will keep trying"


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


@dataclass
class Server:
    """Answers what the page posts, as told, and remembers it."""

    status: int = 200
    reachable: bool = True
    posts: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        if not self.reachable:
            route.abort()
            return
        self.posts.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=self.status, json={"saved_at": "2:03pm"})


def open_form(page: Page, server: Server, mark: str = "asha") -> None:
    html = gallery.render("every").replace('data-mark="asha"', f'data-mark="{mark}"' if mark else "")
    gallery.show(page, html)
    page.route(f"{gallery.HOME}/draft/", server.answer)


def write(page: Page, words: str = WORDS) -> None:
    page.get_by_label("What would help?").fill(words)


def status(page: Page) -> str:
    return page.locator("[data-draft-status]").inner_text()


READ_VAULT = """async (store) => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  if (!names.includes("linkwell-unsent")) return [];
  const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const base = await answer(indexedDB.open("linkwell-unsent"));
  const empty = !base.objectStoreNames.length;
  const rows = empty ? [] : await answer(base.transaction(store).objectStore(store).getAll());
  base.close();
  const text = (row) => row.owner + new TextDecoder("latin1").decode(row.sealed);
  return rows.map((row) => (store === "keys" ? row.extractable : text(row)));
}"""


def kept_records(page: Page) -> str:
    """Every draft the browser holds, as text; bytes as the letters they would be."""
    return ",".join(page.evaluate(READ_VAULT, "drafts"))


def wait_for_words(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-status]")).to_have_text(words, timeout=8000)


def test_typing_saves_itself_after_a_pause(page: Page) -> None:
    server = Server()
    open_form(page, server)

    write(page)
    wait_for_words(page, SAVED)

    assert server.posts[-1]["why"] == [WORDS]
    assert "secret" not in server.posts[-1]
    assert "csrfmiddlewaretoken" not in server.posts[-1]


def test_leaving_the_page_saves_what_is_owed(page: Page) -> None:
    server = Server()
    open_form(page, server)

    write(page)
    page.evaluate("""Object.defineProperty(document, "visibilityState", {get: () => "hidden"});
        document.dispatchEvent(new Event("visibilitychange"))""")
    page.wait_for_timeout(300)

    assert server.posts[-1]["why"] == [WORDS]


def test_with_no_signal_it_is_kept_encrypted_and_sent_later(page: Page) -> None:
    server = Server(reachable=False)
    open_form(page, server)

    write(page)
    wait_for_words(page, WAITING)
    held = kept_records(page)
    server.reachable = True
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_for_words(page, SAVED)

    assert held
    assert WORDS not in held
    assert kept_records(page) == ""


def test_the_key_can_never_be_read_out(page: Page) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)

    extractable = page.evaluate(READ_VAULT, "keys")

    assert extractable == [False]


def test_a_page_closed_without_signal_gives_the_words_back(page: Page) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)

    page.on("dialog", lambda dialog: dialog.accept())
    open_form(page, Server())
    expect(page.get_by_label("What would help?")).to_have_value("")
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("What would help?")).to_have_value(WORDS)
    wait_for_words(page, SAVED)


def test_what_was_sent_in_the_end_does_not_come_back_as_a_ghost(page: Page) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)
    page.route(
        f"{gallery.HOME}/sent/", lambda route: route.fulfill(body=gallery.render("confirm"), content_type="text/html")
    )

    page.evaluate(
        "const form = document.querySelector('[data-draft-url]'); form.action = '/sent/'; form.requestSubmit()"
    )
    page.wait_for_url(f"{gallery.HOME}/sent/")
    page.wait_for_timeout(500)

    assert kept_records(page) == ""


def test_the_next_person_on_this_computer_finds_nothing(page: Page) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)

    page.on("dialog", lambda dialog: dialog.accept())
    open_form(page, Server(), mark="sam")
    page.wait_for_timeout(500)

    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    assert kept_records(page) == ""


@pytest.mark.fault("F22")
def test_signing_out_wipes_what_was_kept(page: Page) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{gallery.HOME}/sign-out/")

    assert kept_records(page) == ""


AGE_VAULT = """async (milliseconds) => {
  const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const base = await answer(indexedDB.open("linkwell-unsent"));
  const drafts = base.transaction("drafts", "readwrite").objectStore("drafts");
  const [row] = await answer(drafts.getAll());
  await answer(drafts.put({...row, at: row.at - milliseconds}, "/draft/"));
  base.close();
}"""


@pytest.mark.parametrize(("hours", "there"), [(23, 1), (25, 0)])
def test_what_was_kept_is_gone_after_a_day(page: Page, hours: int, there: int) -> None:
    open_form(page, Server(reachable=False))
    write(page)
    wait_for_words(page, WAITING)
    page.on("dialog", lambda dialog: dialog.accept())
    gallery.show(page, "<p>Elsewhere</p>", "/away/")
    page.wait_for_timeout(500)
    page.evaluate(AGE_VAULT, hours * 60 * 60 * 1000)

    open_form(page, Server())
    page.wait_for_timeout(500)

    expect(page.get_by_role("button", name="Put it back")).to_have_count(there)
    assert bool(kept_records(page)) == bool(there)


def test_a_public_page_keeps_nothing_unsent(page: Page) -> None:
    open_form(page, Server(reachable=False), mark="")

    write(page)
    wait_for_words(page, WAITING)

    assert kept_records(page) == ""


@pytest.mark.parametrize(("code", "words"), [(409, "Someone else has changed this"), (401, "You have been signed out")])
def test_a_refusal_is_explained_and_the_words_stay(page: Page, code: int, words: str) -> None:
    open_form(page, Server(status=code))

    write(page)
    expect(page.locator("[data-draft-status]")).to_contain_text(words)

    expect(page.get_by_label("What would help?")).to_have_value(WORDS)


def test_leaving_while_a_save_is_owed_is_asked_about(page: Page) -> None:
    open_form(page, Server(reachable=False))
    asked: list[str] = []
    page.get_by_label("What would help?").press_sequentially("words")

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)

    page.goto(f"{gallery.HOME}/elsewhere/")

    assert asked == ["beforeunload"]


def test_without_javascript_the_form_is_an_ordinary_one(chromium: Browser) -> None:
    with browser.new_context(chromium, javascript=False) as context:
        page = context.new_page()
        gallery.show(page, gallery.render("every"))

        assert status(page) == ""
        expect(page.get_by_role("button", name="Continue")).to_be_visible()
