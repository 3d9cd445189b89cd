"""The pages as people meet them: in a browser, wide and narrow, with and without JavaScript, checked by axe."""

import datetime as dt
import os
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.accounts.tests.test_sign_in_browser import address
from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ExtensionDetails, PauseDetails, StepDetails, ToldAgreements
from linkwell.casework.tests.helpers import a_plan, accepted, refer, supported, talk
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.details import AboutMeWords
from tests.browser import carry_sign_in, check_page, chromium, page, plain_page, screenshots
from tests.place import Member, Place, make_place, sign_in

__all__ = ["address", "chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser
CASE_PAGES = """
    case first write_up plan agree versions plan_print book next close who_may_hear summaries separate_note
"""
PICTURES = os.environ.get("LINKWELL_PICTURES", "")


@pytest.fixture
def there(own_database: str) -> Place:
    return make_place()


def go(page: Page, address: str, member: Member) -> None:
    page.context.clear_cookies()
    carry_sign_in(page.context, sign_in(member), address)


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    if PICTURES:
        screenshots(page, Path(PICTURES), name)
    check_page(page)


def test_every_page_is_clean_wide_and_narrow(address: str, there: Place, page: Page) -> None:
    case_id, summary_id = _full(there)
    plan = queries.plan(there.worker.scope, case_id)
    talked = queries.interactions(there.worker.scope, case_id)[0].id
    booked = queries.appointments_of(there.worker.scope, case_id)[0].id
    go(page, address, there.worker)
    for name in CASE_PAGES.split():
        look(page, address + reverse(f"casework:{name}", args=[case_id]), name)
    plan_url = address + reverse("casework:plan", args=[case_id])
    look(page, f"{plan_url}?edit=goal:{plan.goals[0].id}", "plan-edit-goal")
    look(page, f"{plan_url}?edit=add-step:{plan.goals[0].id}", "plan-add-step")
    look(page, address + reverse("casework:conversation", args=[talked]), "conversation")
    look(page, address + reverse("casework:correct", args=[talked]), "correct")
    look(page, address + reverse("casework:move", args=[booked]), "move")
    look(page, address + reverse("casework:cancel", args=[booked]), "cancel")
    look(page, address + reverse("casework:summary", args=[summary_id]), "summary")
    look(page, address + reverse("casework:caseload"), "caseload")
    go(page, address, there.lead)
    look(page, address + reverse("casework:accept", args=[refer(there, given_name="New")]), "accept")
    look(page, address + reverse("casework:waiting"), "waiting")
    look(page, address + reverse("casework:allocate", args=[case_id]), "allocate")
    look(page, address + reverse("casework:weigh", args=[case_id]), "weigh")
    go(page, address, there.referrer)
    look(page, address + reverse("casework:received"), "received")
    look(page, address + reverse("casework:received_summary", args=[summary_id]), "received-summary")


def test_trying_pausing_ending_and_longer_are_clean_wide_and_narrow(address: str, there: Place, page: Page) -> None:
    case_id = accepted(there, there.worker.user_id)
    scope, url = there.worker.scope, address + reverse("casework:close", args=[case_id])
    talk(scope, case_id, outcome="tried", note="")
    go(page, address, there.worker)
    look(page, f"{url}?reason=not_reached", "close-not-yet")
    look(page, f"{url}?reason=moved_away", "close-moved-away")
    look(page, f"{url}?reason=unsafe", "close-unsafe")
    for name in ("tried", "check_number", "pause", "in_the_way", "longer"):
        look(page, address + reverse(f"casework:{name}", args=[case_id]), name)
    appointment_id = actions.book_appointment(
        scope=scope, case_id=case_id, details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1))
    )
    look(page, address + reverse("casework:give", args=[appointment_id]), "give")
    extension_id = actions.ask_for_longer(scope=scope, case_id=case_id, details=ExtensionDetails(4, 2, "The move"))
    details = PauseDetails("hospital", clock.today() + dt.timedelta(days=9))
    version = queries.case(scope, case_id).version
    actions.pause(scope=scope, case_id=case_id, expected_version=version, details=details)
    ask = {"reason": "unsafe", "answer": "Followed home", "why": "Twice now"}
    request_id = actions.ask_to_close(scope=scope, case_id=case_id, expected_version=version + 1, **ask)
    look(page, address + reverse("casework:case", args=[case_id]), "case-paused")
    look(page, address + reverse("casework:caseload"), "caseload-paused")
    go(page, address, there.lead)
    look(page, address + reverse("casework:decide_closing", args=[request_id]), "decide-closing")
    look(page, address + reverse("casework:decide_longer", args=[extension_id]), "decide-longer")


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
    if PICTURES:
        screenshots(page, Path(PICTURES), "write_up-conflict")


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


def _full(place: Place) -> tuple[UUID, UUID]:
    """A case with everything its pages can show, and a summary that was sent."""
    scope = place.worker.scope
    case_id = supported(place, needs=("lonely", "money"))
    accepted(place, given_name="Waiting")
    person_id = queries.case(scope, case_id).person_id
    words = AboutMeWords(matters_most="My garden, and seeing Tom on Sundays.")
    people.record_about_me(scope=scope, person_id=person_id, expected_version=0, about=words)
    people.record_risk(scope=scope, person_id=person_id, none_known=True)
    _, goal, step = a_plan(scope, case_id)
    _agree(place, case_id)
    better = StepDetails(words="Try the lunch club", who="Joan", due_on=clock.today(), confidence=8)
    actions.change_step(scope=scope, step_id=step, expected_version=1, step=better)
    actions.add_step(scope=scope, goal_id=goal, step=StepDetails(words="Ask about a lift", who="Sam Okafor"))
    _agree(place, case_id)
    talk(scope, case_id, outcome="tried", note="")
    talk(scope, case_id, third_party_note="Her neighbour says the house is cold.", minutes=40)
    row = queries.interactions(scope, case_id)[0]
    actions.correct_note(
        scope=scope, interaction_id=row.id, expected_corrections=0, note="Thursdays", third_party_note="", reason="Slip"
    )
    tomorrow = clock.now() + dt.timedelta(days=1)
    details = AppointmentDetails(starts_at=tomorrow, kind="home", place="1 High Street, by the green gate")
    actions.book_appointment(scope=scope, case_id=case_id, details=details)
    told = ToldAgreements(asked_alone=True, gp_summary=True, referrer_closed=False)
    actions.record_who_may_hear(scope=scope, case_id=case_id, answers=told)
    summary_id = actions.prepare_message_back(scope=scope, case_id=case_id, recipient_organisation_id=place.practice_id)
    actions.send_message_back(scope=scope, summary_id=summary_id)
    return case_id, summary_id


def _agree(place: Place, case_id: UUID) -> None:
    plan = queries.plan(place.worker.scope, case_id)
    actions.agree_plan(
        scope=place.worker.scope, plan_id=plan.id, expected_version=plan.version, agreed=True, how="spoken"
    )
