"""Every page any role may open, in a real browser. If this fails, somebody cannot read or use a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pytest
from django.urls import URLPattern
from playwright.sync_api import Browser, BrowserContext, Error, Page

from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import Open, SignedIn, guard_of
from tests.browser import axe, bring_axe, chromium, new_context, no_outside_requests, sideways
from tests.house.test_matrix import ROLES, address, our_routes
from tests.live import PATIENCE, Live, live, live_started

__all__ = ["chromium", "live", "live_started"]

pytestmark = pytest.mark.browser
# The walk in parts that may run beside each other, each with a server of its own.
PARTS = 4
IN_PARTS = pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.xdist_group(f"walk{part}")) for part in range(PARTS)]
)

SKIP = ("Skip to main content", "Neidio i'r prif gynnwys")
# Pages that are different for each role, so each role's is looked at.
FOR_EACH_ROLE = {"journey:today"}
# What only takes something is a page for nobody.
NOT_TO_BE_LOOKED_AT = 405
DOWNLOADS = re.compile(r"\.(pdf|json|csv)$")

# Pages that look otherwise when something is asked of them: each of these is looked at too.
ASKED = {
    "casework:close": ("reason=not_reached", "reason=moved_away", "reason=unsafe", "reason=died"),
    "casework:plan": ("edit=add-need",),
    "directory:find": (
        "words=swiming+not+church&place=Millfields&facts=step_free",
        "words=xylophone&place=Atlantis",
        "words=we+have+no+food+today",
        f"words={'x' * 300}",
    ),
    "directory:shortlist_print": ("look=easy",),
    "onward:find": ("q=lunch",),
    "hospital:candidates": ("show=accepted", "show=not_suitable", "show=asked_not"),
    "hospital:here": ("q=an", "q=x"),
    "people:list": ("q=a", "q=nobody-is-called-this"),
    "journey:search": ("q=a",),
    "ask:form": ("lang=cy",),
}

# What a page must have, found in one go: each line says what is wrong.
FAULTS = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const says = [];
  const headings = [...document.querySelectorAll('h1')].filter(seen);
  if (headings.length !== 1) says.push(`${headings.length} visible first headings`);
  if (!document.title.trim()) says.push('no title');
  if (!/^(en|cy)/.test(document.documentElement.lang)) says.push('no language');
  for (const one of document.querySelectorAll('[tabindex]'))
    if (one.tabIndex > 0) says.push(`positive tabindex: ${one.outerHTML.slice(0, 100)}`);
  for (const form of document.querySelectorAll('form')) {
    const buttons = [...form.elements].filter((one) => one.type === 'submit' && seen(one));
    const folded = [...form.elements].some((one) => one.type === 'submit' && one.closest('details:not([open])'));
    if (!buttons.length && !folded) says.push(`a form nobody can send: ${form.outerHTML.slice(0, 120)}`);
  }
  return says;
}"""
# Where the keyboard goes, noted as it goes: one question for all the steps.
FOLLOW = """() => {
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  window.followed = [];
  document.addEventListener('focusin', ({target: one}) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    window.followed.push({
      words: (one.innerText || one.getAttribute('aria-label') || one.name || one.tagName).trim().slice(0, 60),
      shown: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
      there: box.width > 0 && box.height > 0,
    });
  });
}"""


@dataclass
class Walk:
    """One browser profile that opens page after page, and what it found wrong."""

    live: Live
    page: Page
    faults: list[str]
    status: int = 0

    def open(self, url: str) -> bool:
        """Whether there is a page to look at here: not a download, a redirect or an absence."""
        try:
            with no_outside_requests(self.page):
                answer = self.page.goto(self.live.url(url))
        except Error as stopped:
            # What is kept as a file is no page; anything else that stops the browser is a fault.
            if "Download is starting" in stopped.message:
                return False
            raise
        assert answer is not None
        self.status = answer.status
        there = answer.status == 200 and "text/html" in answer.headers.get("content-type", "")
        return there and answer.request.redirected_from is None

    def look(self, name: str) -> None:
        self.note(name, self.page.evaluate(FAULTS))
        self.note(name, axe(self.page))
        self.note(name, sideways(self.page))
        self.note(name, by_keyboard(self.page))

    def note(self, name: str, found: list[str]) -> None:
        self.faults.extend(f"{name} {self.page.url}: {line}" for line in found)


def by_keyboard(page: Page, steps: int = 4) -> list[str]:
    """The skip link is first, and wherever the keyboard goes can be seen."""
    page.evaluate(FOLLOW)
    for _ in range(steps):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    followed = page.evaluate("() => window.followed")
    found = [] if len(followed) == steps else [f"after {steps} steps of the keyboard it is nowhere"]
    # What has to be put right takes the keyboard to itself as the page opens.
    summary = page.locator(".nhsuk-error-summary").count()
    if followed and not summary and not followed[0]["words"].startswith(SKIP):
        found.append(f"the keyboard meets “{followed[0]['words']}” first, not the skip link")
    return found + [
        f"the keyboard’s place cannot be seen on “{focus['words']}”"
        for focus in followed
        if not (focus["shown"] and focus["there"])
    ]


def pages_of(live: Live, role: Role | None, part: int) -> Iterator[tuple[str, str]]:
    """The name and address of each page of this part the role may open; with None, those that need no sign-in."""
    for name, pattern in islice(our_routes(), part, None, PARTS):
        url = address(live.world, name, pattern)
        if url is not None and not DOWNLOADS.search(url) and _may(pattern, role):
            yield name, url
            yield from ((f"{name}?{asked}", f"{url}?{asked}") for asked in ASKED.get(name, ()))


def _may(pattern: URLPattern, role: Role | None) -> bool:
    allow = guard_of(pattern)
    if role is None:
        return isinstance(allow, Open)
    return isinstance(allow, SignedIn) or (isinstance(allow, Permission) and role in allow.roles)


def walk_all(live: Live, browser: Browser, part: int) -> Iterator[tuple[str, Walk]]:
    """Each distinct page of this part once, in the first role that may open it."""
    seen: set[str] = set()
    for role in (None, *ROLES):
        with new_context(browser) as context:
            walk = Walk(live, _ready(live, context, role), [])
            for name, url in pages_of(live, role, part):
                if name in seen and name not in FOR_EACH_ROLE:
                    continue
                if walk.open(url):
                    seen.add(name)
                    yield f"{role or 'nobody'} at {name}", walk
                elif walk.status == NOT_TO_BE_LOOKED_AT:
                    seen.add(name)


def _ready(live: Live, context: BrowserContext, role: Role | None) -> Page:
    bring_axe(context)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    if role is not None:
        live.sign_in(page, role)
    return page


@IN_PARTS
def test_every_page_can_be_read_and_used_by_everybody(live: Live, chromium: Browser, part: int) -> None:
    faults: list[str] = []
    opened = 0
    for name, walk in walk_all(live, chromium, part):
        walk.look(name)
        opened += 1
        faults += walk.faults
        walk.faults.clear()
    assert faults == [], "\n".join(faults)
    assert opened > 40, f"Only {opened} pages opened: teach tests/world.py about the others."
