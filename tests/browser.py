"""A real browser for tests: finding Chromium, and the checks every page must pass.

Use the fixtures ``chromium`` and ``page`` (loaded through `pytest_plugins`), or `open_browser()` in a script.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.chromium import as_root, chromium_path

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 375)
NARROWEST = 320
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each page is seen once: making its scripts quick takes longer than running them.
    "--js-flags=--no-opt --no-maglev",
]


_running: list[Browser] = []
_stay_open = ExitStack()
atexit.register(_stay_open.close)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    arguments = [*ARGUMENTS, "--no-sandbox"] if as_root() else ARGUMENTS
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=chromium_path(), headless=True, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def new_context(browser: Browser, *, width: int = 1280, javascript: bool = True) -> Iterator[BrowserContext]:
    """A clean browser profile of this width in CSS pixels, with or without JavaScript."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        locale="en-GB",
        timezone_id="Europe/London",
        service_workers="block",
    )
    try:
        yield context
    finally:
        context.close()


def axe(page: Page) -> list[str]:
    """What axe finds wrong at WCAG 2.2 AA and best practice: a line for each place, empty when all is well.

    The page must run JavaScript. Put in by the debugger, so the page's own security policy stays as it is.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async (tags) => (await axe.run(document, {preload: false, runOnly: {type: 'tag', values: tags}, "
        "resultTypes: ['violations']}))"
        ".violations.flatMap((rule) => rule.nodes.map("
        "(node) => `${rule.id}: ${rule.help} | ${node.html.slice(0, 200)}`))",
        AXE_TAGS,
    )
    return [str(line) for line in found]


def bring_axe(context: BrowserContext) -> None:
    """Have axe on every page of this profile from its beginning: quicker than bringing it to one after another."""
    context.add_init_script(path=AXE)


@contextmanager
def no_outside_requests(page: Page) -> Iterator[None]:
    """Fails if, within, the page asks anything of another origin than those it is shown from."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    try:
        yield
    finally:
        page.remove_listener("request", note)
    home = origin(page.url)
    outside = [url for url in asked if not url.startswith(("data:", "blob:", "about:")) and origin(url) != home]
    assert outside == [], f"The page asked other places for: {outside}"


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# Without JavaScript there is no menu to wait for, and no picture is ever announced.
SETTLED = """() => matchMedia('(scripting: none)').matches || new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"""


def resized(page: Page, width: int) -> None:
    """Make the window this wide, and wait until the menu has found its new place."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(SETTLED)


def sideways(page: Page, width: int = NARROWEST) -> list[str]:
    """What sticks out to the right at this width; empty when nothing has to be scrolled sideways."""
    before = page.viewport_size
    resized(page, width)
    found = page.evaluate(
        """(width) => document.documentElement.scrollWidth <= width ? [] :
           [...document.body.querySelectorAll('*')]
             .filter((one) => one.getBoundingClientRect().right > width + 1)
             .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 10)
             .concat(`the page is ${document.documentElement.scrollWidth} px wide`)""",
        width,
    )
    if before:
        page.set_viewport_size(before)
    return [str(line) for line in found]


def screenshots(page: Page, folder: Path, name: str) -> list[Path]:
    """Whole-page pictures at 1280 and 375 px: ``name-1280.png``, ``name-375.png``."""
    before = page.viewport_size
    made = []
    for width in WIDTHS:
        resized(page, width)
        made.append(folder / f"{name}-{width}.png")
        page.screenshot(path=made[-1], full_page=True)
    if before:
        page.set_viewport_size(before)
    return made


def carry_sign_in(context: BrowserContext, client: Client, address: str) -> None:
    """Give the browser the cookies of a Django test client, so that it is signed in as that person at `address`."""
    context.add_cookies(
        [{"name": name, "value": morsel.value, "url": address} for name, morsel in client.cookies.items()]
    )


def check_page(page: Page) -> None:
    """What every page must pass wherever a test has brought it: axe, and 320 px without sideways scrolling."""
    problems = axe(page)
    assert problems == [], "axe: " + "\n".join([page.url, *problems])
    wide = sideways(page)
    assert wide == [], f"{page.url} scrolls sideways at {NARROWEST} px: {wide}"


@pytest.fixture(scope="session")
def chromium() -> Browser:
    """One browser for the whole run."""
    # The browser library runs an event loop in this thread, which Django would otherwise refuse to work beside.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Each module that imports this fixture has its own; a second event loop in one process is refused.
    if not _running:
        _running.append(_stay_open.enter_context(open_browser()))
    return _running[0]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a clean profile at 1280 px."""
    with new_context(chromium) as context:
        yield context.new_page()


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """The same with JavaScript off."""
    with new_context(chromium, javascript=False) as context:
        yield context.new_page()
