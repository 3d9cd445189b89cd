"""One person's whole way, in a real browser. If this fails, somebody who was referred never gets where they wanted."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium, new_context, no_outside_requests
from tests.journeys import steps
from tests.journeys.steps import PHONE, Made, fits, heading, opened, press
from tests.live import PATIENCE, Live, live, live_started

__all__ = ["chromium", "live", "live_started"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]

IVY = Made("Ivetta", "Quillfeather", "01632 960 417", "Has not left the house since her sister died, and eats alone.")
CLUB = "Friday Lunch Club"
CLUB_ADDRESS = "friday-lunch@longtable.example.org"
WHY = "Would like company at lunch"


def test_one_person_from_referral_to_the_answer_everybody_was_promised(live: Live, chromium: Browser) -> None:
    with new_context(chromium) as practice, new_context(chromium) as team, new_context(chromium, width=PHONE) as phone:
        surgery = opened(live, practice.new_page(), "Dr Ruth Bell")
        with no_outside_requests(surgery):
            steps.refer(live, surgery, IVY)
        lead = opened(live, team.new_page(), "Lena Hart")
        steps.accept(live, lead, IVY, "Sam Okafor")

        worker = opened(live, phone.new_page(), "Sam Okafor")
        case_id = first_conversation(live, worker)
        plan(live, worker, case_id)
        find_and_refer(live, worker, case_id)
        group_answers(live, worker, chromium)
        worker_sees_the_answer(live, worker, case_id)
        close_and_tell(live, worker, case_id)
        practice_hears(live, surgery)


def first_conversation(live: Live, worker: Page) -> str:
    """Today, a time that is booked, and the first conversation written up."""
    fits(worker)
    steps.open_person(live, worker, IVY)
    expect(worker.get_by_text("Quillfeather").first).to_be_visible()
    person = worker.url
    steps.book(worker)
    worker.goto(person)
    steps.follow(worker, "^Write up$")
    found = re.search(r"/support/([0-9a-f-]{36})/", worker.url)
    assert found
    steps.write_up_first(worker, "She told me about her sister. She would like to eat with others again.")
    steps.ask_once(worker, "My sister's garden, and Sunday lunch.")
    worker.goto(person)
    expect(worker.get_by_text("My sister's garden, and Sunday lunch.")).to_be_visible()
    expect(worker.get_by_text("Never phone after 5pm").first).to_be_visible()
    fits(worker)
    worker.goto(live.url(f"/support/{found[1]}/first-conversation/"))
    return found[1]


def plan(live: Live, worker: Page, case_id: str) -> None:
    steps.make_plan(worker, IVY.given)
    for link in ("PDF", "PDF in large print"):
        assert steps.downloaded(worker, link).startswith(b"%PDF")


def find_and_refer(live: Live, worker: Page, case_id: str) -> None:
    steps.refer_onward(worker, live, case_id, CLUB, WHY)


def group_answers(live: Live, worker: Page, chromium: Browser) -> None:
    """From the e-mail, on a phone that has never been here: yes, a code, the surname, and later that she came."""
    mail = steps.newest_message(live, worker, CLUB_ADDRESS, "/answer/")
    for secret in (IVY.given, IVY.family, WHY, "lunch with"):
        assert secret not in mail.inner_text()
    link = steps.link_in(mail)
    with new_context(chromium, width=PHONE) as somebody:
        page = somebody.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(link)
        heading(page, IVY.given)
        expect(page.get_by_text(WHY)).to_be_visible()
        assert IVY.family not in page.content()
        fits(page)
        steps.follow(page, "^\\s*Yes")
        steps.fill_date(page, "From which date can they come?", steps.day_after(3))
        fits(page)
        press(page, "Say yes")
        expect(page.get_by_text("you have room").first).to_be_visible()
        assert IVY.family not in page.content()
        press(page, "Send the code")
        second = steps.newest_message(live, worker, CLUB_ADDRESS, "code")
        code = re.search(r"\b\d{6}\b|\b[A-Z0-9]{6,10}\b", second.inner_text())
        assert code, second.inner_text()
        page.get_by_label("Code from the e-mail").fill(code[0])
        fits(page)
        press(page, "Show the name")
        heading(page, IVY.name)
        fits(page)
        page.goto(link)
        steps.follow(page, "Did they come")
        steps.choose(page, "Did they come?", "Yes, they came")
        fits(page)
        press(page, "Save")
        expect(page.get_by_text("Thank you").first).to_be_visible()


def worker_sees_the_answer(live: Live, worker: Page, case_id: str) -> None:
    worker.goto(live.url(f"/onward/for/{case_id}/"))
    steps.follow(worker, CLUB)
    expect(worker.get_by_text(re.compile(r": came"))).to_be_visible()
    fits(worker)


def close_and_tell(live: Live, worker: Page, case_id: str) -> None:
    steps.close(worker, live, case_id)
    worker.goto(live.url(f"/support/{case_id}/summaries/"))
    worker.get_by_label(re.compile("Hallow Lane Surgery")).first.check()
    fits(worker)
    press(worker, "Prepare and look at it")
    expect(worker.get_by_text("The patient can read this")).to_be_visible()
    expect(worker.get_by_text("She eats with others every Friday.")).to_be_visible()
    fits(worker)
    press(worker, "Send to Hallow Lane Surgery")
    worker.wait_for_url(lambda url: "/summaries/" not in url, timeout=PATIENCE)
    worker.goto(live.url(f"/support/{case_id}/summaries/"))
    expect(worker.get_by_text("Sent", exact=True)).to_be_visible()


def practice_hears(live: Live, surgery: Page) -> None:
    """The summary, because she agreed; "in touch", because she agreed; not "ended", because she did not."""
    surgery.goto(live.url("/support/received/"))
    steps.follow(surgery, IVY.family)
    expect(surgery.get_by_text("She eats with others every Friday.")).to_be_visible()
    fits(surgery)
    surgery.goto(live.url("/referrals/mine/"))
    line = surgery.get_by_role("row", name=re.compile(IVY.name))
    expect(line).to_contain_text("In touch with the person")
    line.get_by_role("link").click()
    heading(surgery, IVY.name)
    assert "Support has ended" not in surgery.inner_text("main")
    fits(surgery)
