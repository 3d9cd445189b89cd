"""If these fail, the GP record says what is not so, or what it must never hold; or an entry is forgotten."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from linkwell.casework import actions
from linkwell.casework.actions.record_copies import enter_in_record, not_entered_after_all, say_record_code
from linkwell.casework.details import StepDetails
from linkwell.casework.gp_record import MOST_LINES, Known, entry
from linkwell.casework.queries import plan
from linkwell.casework.queries.record_copies import declined_for_the_record, for_the_record, not_entered
from linkwell.casework.tests.helpers import accepted, refer, supported, talk
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.people import actions as people
from linkwell.people.details import AboutMeWords, PersonDetails
from linkwell.referrals import actions as referrals
from tests.place import Place, sign_in
from tests.restricting import Restrict, both_ways

pytestmark = pytest.mark.django_db
REFERRED, DECLINED = "871731000000106", "871711000000103"


def agree(place: Place, case_id: UUID, answer: str = "agreed") -> UUID:
    person_id = for_the_record(place.worker.scope, case_id).person_id
    assert person_id
    people.record_agreement(
        scope=place.worker.scope, person_id=person_id, subject="tell_gp", answer=answer, how="spoken", asked_alone=True
    )
    return person_id


def test_the_referral_code_is_for_the_first_conversation_of_accepted_support_and_no_other(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    assert for_the_record(place.worker.scope, case_id).entries == ()
    talk(place.worker.scope, case_id, outcome="tried", minutes=None)
    assert for_the_record(place.worker.scope, case_id).entries == ()
    talk(place.worker.scope, case_id)
    talk(place.worker.scope, case_id)
    found = for_the_record(place.worker.scope, case_id).entries
    assert [(row.kind, row.entry.code) for row in found] == [("first", REFERRED), ("conversation", "")]
    assert found[0].entry.text.startswith(f"{REFERRED} Referral to social prescribing service ")


def test_declined_is_only_said_when_it_was_the_person_who_did_not_want_it(place: Place) -> None:
    for reason in ("not_agreed", "out_of_area"):
        referral_id = refer(place, given_name=reason, gp_practice_name="Mill Lane Surgery")
        referrals.decline(
            scope=place.lead.scope, referral_id=referral_id, expected_version=1, reason=reason, advice="Made up"
        )
        if reason == "out_of_area":
            with pytest.raises(NotFound):
                declined_for_the_record(place.lead.scope, referral_id)
        else:
            (row,) = declined_for_the_record(place.lead.scope, referral_id).entries
            assert row.entry.code == DECLINED


@pytest.mark.fault("F20")
def test_nothing_others_said_and_nothing_about_safety_is_in_it(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    talk(place.worker.scope, case_id, note="canarynote", third_party_note="canarythird")
    agree(place, case_id)
    plan_id = plan(place.worker.scope, case_id).id
    actions.add_need(scope=place.worker.scope, plan_id=plan_id, words="Away from him", code="safe")
    need_id = actions.add_need(scope=place.worker.scope, plan_id=plan_id, words="Company", code="lonely")
    goal_id = actions.add_goal(scope=place.worker.scope, need_id=need_id, words="Lunch", importance=5)
    for words in ("Try the lunch club", "Ring when he hits me", "I want to kill myself"):
        actions.add_step(scope=place.worker.scope, goal_id=goal_id, step=StepDetails(words=words, who="Joan"))
    text = for_the_record(place.worker.scope, case_id).entries[0].entry.text
    assert "Feeling lonely" in text
    assert "Try the lunch club" in text
    for word in ("canary", "safe", "Away from him", "hits me", "kill"):
        assert word not in text


def test_never_more_than_five_lines_and_each_is_one_line() -> None:
    long = "word " * 200
    known = Known("first", dt.date(2026, 5, 1), "phone", "Sam", "Team", "1", True, f"a\nb {long}", (("food", "Food"),))
    lines = entry(known, {}).lines
    assert len(lines) <= MOST_LINES
    assert all("\n" not in line and len(line) <= 200 for line in lines)


def test_who_said_no_is_not_written_about_and_who_was_not_asked_only_the_bare_fact(place: Place) -> None:
    case_id = supported(place)
    person_id = for_the_record(place.worker.scope, case_id).person_id
    assert person_id
    about = AboutMeWords(matters_most="My grandchildren")
    people.record_about_me(scope=place.worker.scope, person_id=person_id, expected_version=0, about=about)
    assert "grandchildren" not in for_the_record(place.worker.scope, case_id).entries[0].entry.text
    agree(place, case_id)
    assert "grandchildren" in for_the_record(place.worker.scope, case_id).entries[0].entry.text
    agree(place, case_id, "withdrawn")
    assert for_the_record(place.worker.scope, case_id).entries == ()


def test_a_lead_sees_what_is_not_entered_until_it_is_by_practice(place: Place) -> None:
    ids = [supported(place, given_name=name, gp_practice_name=f"{name} Surgery") for name in ("Hill", "Mill")]
    names = [row.practice for row in not_entered(place.lead.scope)]
    assert sorted(names) == ["Hill Surgery", "Mill Surgery"]
    assert len(not_entered(place.lead.scope, " hill surgery")) == 1
    given: dict[str, Any] = {
        "scope": place.worker.scope,
        "kind": "first",
        "object_id": ids[0],
        "entered_on": clock.today(),
    }
    copy_id = enter_in_record(**given, initials="so")
    assert enter_in_record(**given, initials="XX") == copy_id
    assert [row.practice for row in not_entered(place.lead.scope)] == ["Mill Surgery"]
    not_entered_after_all(scope=place.worker.scope, copy_id=copy_id)
    assert len(not_entered(place.lead.scope)) == 2


def test_a_tick_needs_initials_and_a_day_that_can_be(place: Place) -> None:
    case_id, scope = supported(place), place.worker.scope
    for initials, day in (("", clock.today()), ("S1", clock.today()), ("SO", clock.today() + dt.timedelta(days=1))):
        with pytest.raises(Invalid):
            enter_in_record(scope=scope, kind="first", object_id=case_id, initials=initials, entered_on=day)
    for kind in ("ended", "declined", "conversation", "nothing"):
        with pytest.raises(NotFound):
            enter_in_record(scope=scope, kind=kind, object_id=case_id, initials="SO", entered_on=clock.today())


def test_codes_of_ones_own_are_only_for_kinds_without_a_published_one(place: Place) -> None:
    scope = place.lead.scope
    say_record_code(scope=scope, kind="conversation", code="123456789", words="Seen by link worker")
    case_id = supported(place)
    talk(place.worker.scope, case_id)
    assert for_the_record(place.worker.scope, case_id).entries[1].entry.code == "123456789"
    for kind, code, words in (("first", "123456", "x"), ("ended", "12x456", "x"), ("ended", "123456", "")):
        with pytest.raises(Invalid):
            say_record_code(scope=scope, kind=kind, code=code, words=words)
    say_record_code(scope=scope, kind="conversation", code="", words="")
    assert for_the_record(place.worker.scope, case_id).entries[1].entry.code == ""


def test_it_is_copied_and_ticked_by_clicking_from_the_case(place: Place) -> None:
    case_id = supported(place, nhs_number="9434765919", gp_practice_name="Mill Lane Surgery")
    client = sign_in(place.worker)
    url = f"/support/{case_id}/gp-record/"
    assert url in client.get(f"/support/{case_id}/").content.decode()
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert page.select_one("#nhs-number").get_text() == "943 476 5919"  # type: ignore[union-attr]
    assert page.select_one('[data-copy="nhs-number"]')
    assert REFERRED in page.select_one("pre").get_text()  # type: ignore[union-attr]
    given = {"kind": "first", "object_id": str(case_id), "initials": "SO"}
    today = clock.today()
    day = {"entered_on_day": today.day, "entered_on_month": today.month, "entered_on_year": today.year}
    assert client.post(url, given).status_code == 422
    assert client.post(url, {"kind": "x", "object_id": "y"}).status_code == 404
    assert client.post(url, given | day).status_code == 302
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert "by SO" in page.get_text(" ")
    action = str(page.select_one('form[action*="take-back"]')["action"])  # type: ignore[index]
    assert client.post(action, {"case": str(case_id)}).status_code == 302
    lead = sign_in(place.lead)
    assert "Mill Lane Surgery" in lead.get("/support/gp-record/").content.decode()
    codes = {"conversation_code": "123456", "conversation_words": "Seen", "ended_code": "", "ended_words": ""}
    assert lead.post("/support/gp-record/codes/", codes).status_code == 302
    assert sign_in(place.stranger).get(url).status_code == 404


@both_ways
def test_somebody_restricted_is_on_no_list_of_what_is_not_entered(place: Place, restrict: Restrict) -> None:
    case_id = supported(place)
    person_id = agree(place, case_id)
    assert len(not_entered(place.lead.scope)) == 1
    restrict(place, person_id)
    assert len(not_entered(place.lead.scope)) == 0


def test_a_no_on_another_record_of_the_same_person_keeps_them_off_the_list(place: Place) -> None:
    scope, case_id = place.worker.scope, supported(place)
    person_id = agree(place, case_id)
    other_id = people.add_person(scope=scope, details=PersonDetails("Ada", "Moss"))
    people.record_agreement(scope=scope, person_id=other_id, subject="tell_gp", answer="objected", how="spoken")
    assert len(not_entered(place.lead.scope)) == 1
    link_id = people.link_identity(scope=place.lead.scope, record_id=other_id, same_as_id=person_id, reason="Same")
    assert len(not_entered(place.lead.scope)) == 0
    people.undo_identity_link(scope=place.lead.scope, link_id=link_id)
    assert len(not_entered(place.lead.scope)) == 1
