"""What each person does in the whole path, as they do it: by the words on the screen."""

import datetime as dt
import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from linkwell.core.permissions import Role
from linkwell.kernel import clock
from tests.browser import check_page, sideways
from tests.live import PATIENCE, Live

PHONE = 375


@dataclass(frozen=True)
class Made:
    """Somebody made up for one test; the family name says whose it is."""

    given: str
    family: str
    phone: str
    why: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def opened(live: Live, page: Page, who: Role | str, path: str = "/") -> Page:
    """The page of somebody who is signed in."""
    live.sign_in(page, who)
    if path != "/":
        page.goto(live.url(path))
    return page


def group(page: Page, question: str) -> Locator:
    """The answers to one question."""
    return page.get_by_role("group", name=question)


def choose(page: Page, question: str, answer: str) -> None:
    group(page, question).get_by_label(answer, exact=True).check()


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Go where a link of the page leads, whether it looks like a link or like a button."""
    page.get_by_role("main").locator("a").filter(has_text=re.compile(words)).first.click()


def day_after(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def fill_date(page: Page, question: str, day: dt.date) -> None:
    boxes = group(page, question)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label).fill(str(value))


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=PATIENCE)


def fits(page: Page) -> None:
    """Clean in axe, and nothing sticks out on a phone."""
    check_page(page)
    assert sideways(page, PHONE) == [], page.url


def refer(live: Live, page: Page, who: Made) -> None:
    """A professional refers."""
    page.goto(live.url("/referrals/refer/"))
    if page.get_by_role("link", name="Wexcombe link workers").count():
        page.get_by_role("link", name="Wexcombe link workers").click()
    expect(page.get_by_text("This is not for emergencies")).to_be_visible()
    expect(page.get_by_text("We will read this by")).to_be_visible()
    page.get_by_label("First name", exact=True).fill(who.given)
    page.get_by_label("Last name", exact=True).fill(who.family)
    page.get_by_label("Phone number", exact=True).fill(who.phone)
    page.get_by_label("Lonely").check(force=True)
    page.get_by_label("In a sentence or two").fill(who.why)
    choose(page, "Do they know about this, and agree?", "Yes, they know and agree")
    group(page, "How is it safe to reach them?").get_by_label("Phone call").check()
    press(page, "Send the referral")
    expect(page.get_by_text("We have your referral")).to_be_visible(timeout=PATIENCE)


def accept(live: Live, page: Page, who: Made, worker: str) -> None:
    """The lead reads it in triage, accepts it and chooses a worker."""
    page.goto(live.url("/referrals/triage/"))
    page.get_by_role("link", name=who.name, exact=True).click()
    heading(page, who.name)
    expect(page.get_by_text(who.why)).to_be_visible()
    follow(page, "Accept and allocate")
    heading(page, f"Accept {who.name}")
    group(page, "Who will support them?").get_by_label(re.compile(worker)).check()
    fits(page)
    press(page, "Accept")
    page.wait_for_url(lambda url: "/accept/" not in url, timeout=PATIENCE)


def open_person(live: Live, page: Page, who: Made) -> None:
    """From Today, as a worker does: the name under "Who to call"."""
    page.goto(live.url("/"))
    page.get_by_role("link", name=re.compile(who.given), exact=False).first.click()
    page.wait_for_url("**/people/*/", timeout=PATIENCE)


def book(page: Page) -> None:
    follow(page, "^Book$")
    heading(page, "Book a time")
    choose(page, "How will you meet?", "Home visit")
    fill_date(page, "Which day?", day_after(7))
    page.get_by_label("What time?").fill("2:30pm")
    page.get_by_label("Where?").fill("12 Rowan Court, by the green gate")
    page.get_by_label("The person agreed to this time").check()
    fits(page)
    press(page, "Book")
    page.wait_for_url(lambda url: "/book/" not in url, timeout=PATIENCE)


def write_up_first(page: Page, words: str) -> None:
    """By tap and a few words, on a phone."""
    choose(page, "What happened?", "Talked")
    page.get_by_label("What did you talk about, or what happened?").fill(words)
    page.get_by_label("What comes next?").fill("Look at the plan together")
    choose(page, "By when?", "In 2 weeks")
    fits(page)
    press(page, "Save")
    page.wait_for_url("**/first-conversation/", timeout=PATIENCE)


def from_start(page: Page, first: str, link: str) -> None:
    page.goto(first)
    follow(page, f"^{re.escape(link)}")
    page.wait_for_url(lambda url: url != first, timeout=PATIENCE)


def ask_once(page: Page, matters: str) -> None:
    """What is asked once, at the start: safe contact alone, about me, risks, who may hear, agreement."""
    first = page.url
    from_start(page, first, "How is it safe to reach you?")
    choose(page, "Who told you?", "The person")
    page.get_by_label("They were alone, and nobody else could hear").check()
    for question, said in (
        ("Is it safe to phone you?", "Yes"),
        ("Is it safe to leave a voicemail?", "No"),
        ("Is it safe to send you a text?", "No"),
    ):
        choose(page, question, said)
    page.get_by_label("What must everyone do, or never do").fill("Never phone after 5pm")
    fits(page)
    press(page, "Save")
    from_start(page, first, "About me")
    page.get_by_label("What matters most to me").fill(matters)
    fits(page)
    press(page, "Save")
    from_start(page, first, "Risks")
    choose(page, "What did you find?", "I asked, and no risk is known")
    fits(page)
    press(page, "Save")
    from_start(page, first, "Who may hear")
    choose(page, "Were they alone when you asked?", "Yes, alone")
    choose(page, "May whoever referred you hear that we are in touch?", "Yes")
    choose(page, "May they hear when support has ended?", "No")
    choose(page, "May your GP practice have a summary at the end?", "Yes")
    fits(page)
    press(page, "Save what they said")
    from_start(page, first, "Do they agree to support?")
    choose(page, "What is it about?", "Being supported by this team")
    choose(page, "What did they say?", "Yes, they agree")
    group(page, "How did they say it?").get_by_role("radio").first.check()
    fits(page)
    press(page, "Save")
    page.goto(first)


def make_plan(page: Page, given: str) -> None:
    """What they would like to change, a goal with ten dots, a step with how sure; agreed together."""
    follow(page, "^The plan")
    follow(page, "^Add something they would like to change")
    page.get_by_label("What I would like to change").fill("I want company at lunch")
    press(page, "Save")
    follow(page, "^Add a goal")
    page.get_by_label("Goal").fill("Eat with others once a week")
    group(page, "How much does this matter to you?").get_by_label("9", exact=True).check(force=True)
    press(page, "Save")
    follow(page, "^Add a step")
    page.get_by_label("Step", exact=True).fill("Try a lunch club")
    page.get_by_label("Who will do it?").fill(given)
    fill_date(page, "By when?", day_after(10))
    group(page, "How sure are you, as things are now?").get_by_label("6", exact=True).check(force=True)
    press(page, "Save")
    expect(page.get_by_text("6 out of 10")).to_be_visible(timeout=PATIENCE)
    fits(page)
    follow(page, "Agree the plan together")
    choose(page, "Does the person agree with this plan?", "Yes, they agree")
    choose(page, "If they agree: how did they say so?", "In person or by phone")
    fits(page)
    press(page, "Keep this version")
    page.wait_for_url("**/plan/", timeout=PATIENCE)


def downloaded(page: Page, link: str) -> bytes:
    """What a link to a PDF gives."""
    where = page.get_by_role("main").get_by_role("link", name=link, exact=True).evaluate("(link) => link.href")
    answer = page.request.get(where)
    assert answer.status == 200
    return bytes(answer.body())


def refer_onward(page: Page, live: Live, case_id: str, service: str, words: str) -> None:
    page.goto(live.url(f"/onward/for/{case_id}/find/"))
    page.get_by_label("What would help?").fill("lunch club")
    press(page, "Find")
    follow(page, f"^Refer onward to {service}")
    page.get_by_label("Why, in words they agreed to").fill(words)
    page.get_by_label("What would make it work for them").fill("A seat near the door")
    page.get_by_label("The group may have their phone number").check()
    choose(page, "How did they agree to this?", "They said yes, in person or by phone")
    fits(page)
    press(page, "Send to the group")
    page.wait_for_url(lambda url: "/refer/" not in url, timeout=PATIENCE)


def newest_message(live: Live, page: Page, to: str, holding: str) -> Locator:
    """The newest message to an address, once the worker has sent it."""
    message = page.locator(".lw-message", has_text=to).filter(has_text=holding).first
    for _ in range(60):
        page.goto(live.url("/messages/"))
        if message.count():
            return message
        page.wait_for_timeout(500)
    raise AssertionError(f"No message to {to} holding “{holding}”:\n{page.inner_text('main')}")


def link_in(message: Locator) -> str:
    """The whole address that a message leads to."""
    return str(message.locator("a[href*='/answer/']").first.evaluate("(link) => link.href"))


def close(page: Page, live: Live, case_id: str) -> None:
    page.goto(live.url(f"/support/{case_id}/close/"))
    group(page, "Why does support end?").get_by_role("radio").first.check()
    press(page, "Continue")
    choose(page, "Eat with others once a week", "Reached")
    page.get_by_label("What has changed for them?").fill("She eats with others every Friday.")
    page.get_by_label("What did not work?").fill("Travelling by bus in the rain.")
    if page.get_by_label("What will become of what is still open?").count():
        page.get_by_label("What will become of what is still open?").fill("The club goes on without us.")
    fits(page)
    press(page, "End support")
    page.wait_for_url(lambda url: not url.endswith("/close/"), timeout=PATIENCE)
