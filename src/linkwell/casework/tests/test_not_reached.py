"""Nobody is closed as "could not be reached" before they were really tried, and a lead decides over those at risk."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import ClosingDetails, ExtensionDetails, NumberCheckDetails
from linkwell.casework.endings import ENDINGS
from linkwell.casework.handlers import drop_questions_to_the_lead, say_last_word
from linkwell.casework.models import ClosingReason
from linkwell.casework.tests.helpers import accepted, supported, talk, version
from linkwell.casework.tests.pages import parsed, post
from linkwell.casework.tests.test_missed import text_is_safe
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
CANARY = "zebra-canary"


def try_enough(place: Place, case_id: UUID, time: Any) -> None:
    """By phone, the only way that is safe until they say otherwise: three days, at different times, and checked."""
    for hour in (9, 14, 9):
        time.shift(dt.timedelta(days=1))
        at = clock.at(clock.today(), dt.time(hour))
        time.move_to(at + dt.timedelta(minutes=30), tick=False)
        talk(place.worker.scope, case_id, outcome="tried", note="", happened_at=at)
    check(place, case_id)


def check(place: Place, case_id: UUID, answer: str = "right") -> None:
    actions.check_number(
        scope=place.worker.scope, case_id=case_id, details=NumberCheckDetails("referrer", answer, clock.today())
    )


def end(place: Place, case_id: UUID, reason: str = "not_reached", who: str = "worker", **given: Any) -> None:
    scope = getattr(place, who).scope
    actions.close(
        scope=scope, case_id=case_id, expected_version=version(scope, case_id), closing=ClosingDetails(reason, **given)
    )


def person_of(place: Place, case_id: UUID) -> UUID:
    return queries.case(place.worker.scope, case_id).person_id


def test_support_ends_only_when_everything_safe_was_tried_and_the_number_checked(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = accepted(place, place.worker.user_id)
        with pytest.raises(Invalid, match="no try counts so far"):
            end(place, case_id)
        try_enough(place, case_id, time)
        end(place, case_id)
    assert queries.case(place.worker.scope, case_id).closing_words == "Could not be reached"


def test_details_that_were_wrong_begin_the_tries_again(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = accepted(place, place.worker.user_id)
        try_enough(place, case_id, time)
        check(place, case_id, answer="changed")
        with pytest.raises(Invalid, match="Try on 3 different days"):
            end(place, case_id)


@pytest.mark.fault("F18")
def test_a_phone_that_is_not_safe_is_never_asked_for(place: Place) -> None:
    from linkwell.people.details import SafeAnswers

    case_id = accepted(place, place.worker.user_id)
    answers = SafeAnswers(asked_alone=True, told_by="person", phone=False)
    people.record_safe_contact(scope=place.worker.scope, person_id=person_of(place, case_id), answers=answers)
    found = queries.reaching(place.worker.scope, case_id).outcome
    assert found.needs_lead
    assert not any("hone" in line for line in found.missing)


def test_somebody_spoken_with_is_lost_touch_with_only_after_new_tries(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = accepted(place, place.worker.user_id)
        with pytest.raises(Invalid, match="Could not be reached"):
            end(place, case_id, "lost_touch")
        talk(place.worker.scope, case_id, outcome="tried")
        talk(place.worker.scope, case_id, happened_at=clock.now())
        with pytest.raises(Invalid, match="We lost touch"):
            end(place, case_id)
        with pytest.raises(Invalid, match="no try counts so far"):
            end(place, case_id, "lost_touch")
        try_enough(place, case_id, time)
        end(place, case_id, "lost_touch")


@pytest.mark.parametrize("why", ["risk", "concern", "child"])
def test_over_somebody_at_risk_a_lead_decides(place: Place, why: str) -> None:
    with time_machine.travel(START, tick=False) as time:
        born = {"date_of_birth": dt.date(2009, 5, 2)} if why == "child" else {}
        case_id = accepted(place, place.worker.user_id, **born)
        _at_risk(place, case_id, why)
        try_enough(place, case_id, time)
        with pytest.raises(Invalid, match="lead decides"):
            end(place, case_id)
        request_id = _ask(place, case_id)
        assert any("Could not be reached" in row.title for row in tasks.team_tasks(place.lead.scope, place.team_id))
        with pytest.raises(NotAllowed):
            actions.decide_closing(scope=place.worker.scope, request_id=request_id, agreed=True)
        still = "Talked with the safeguarding lead" if why == "concern" else ""
        actions.decide_closing(scope=place.lead.scope, request_id=request_id, agreed=True, still_open_note=still)
        case = queries.case(place.lead.scope, case_id)
    assert (case.state, case.closing_reason) == ("closed", "not_reached")


def _at_risk(place: Place, case_id: UUID, why: str) -> None:
    person_id = person_of(place, case_id)
    if why == "risk":
        people.record_risk(scope=place.worker.scope, person_id=person_id, none_known=False, detail="Falls")
    if why == "concern":
        concern = ConcernDetails(about="the person", what_happened=CANARY, raised_by_name="Sam Okafor")
        people.raise_concern(scope=place.worker.scope, person_id=person_id, concern=concern)
        assert CANARY not in " ".join(queries.reaching(place.colleague.scope, case_id).outcome.because)


def _ask(place: Place, case_id: UUID, reason: str = "not_reached", answer: str = "") -> UUID:
    return actions.ask_to_close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        reason=reason,
        answer=answer,
        why="Nobody has seen her for weeks.",
    )


@pytest.mark.fault("F33")
def test_a_lead_who_says_no_says_why_and_is_asked_once(place: Place) -> None:
    case_id = supported(place)
    request_id = _ask(place, case_id, "unsafe", "He was followed home")
    with pytest.raises(Invalid, match="what to try"):
        actions.decide_closing(scope=place.lead.scope, request_id=request_id, agreed=False)
    actions.decide_closing(scope=place.lead.scope, request_id=request_id, agreed=False, note="Visit in pairs")
    with pytest.raises(Conflict):
        actions.decide_closing(scope=place.lead.scope, request_id=request_id, agreed=True)
    assert queries.case(place.worker.scope, case_id).is_open
    assert any("Your lead has answered" in row.title for row in tasks.my_tasks(place.worker.scope))


@pytest.mark.fault("F14")
def test_a_stranger_finds_no_request(place: Place) -> None:
    request_id = _ask(place, supported(place), "unsafe", "He was followed home")
    with pytest.raises(NotFound):
        actions.decide_closing(scope=place.stranger_lead.scope, request_id=request_id, agreed=True)
    assert sign_in(place.stranger_lead).get(reverse("casework:decide_closing", args=[request_id])).status_code == 404


def test_every_reason_says_what_it_means_and_kind_words_for_the_person() -> None:
    assert set(ENDINGS) == set(ClosingReason.values)
    assert all(each.hint for each in ENDINGS.values())
    assert all(each.to_the_person for reason, each in ENDINGS.items() if reason != "died")


@pytest.mark.parametrize("reason", [each for each in ENDINGS if ENDINGS[each].question])
def test_a_reason_that_asks_something_is_not_taken_without_an_answer(place: Place, reason: str) -> None:
    with pytest.raises(Invalid, match=ENDINGS[reason].missing):
        end(place, supported(place), reason, "lead")


def test_died_is_not_a_reason_before_the_death_is_recorded(place: Place) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid, match="Record the death first"):
        end(place, case_id, "died")
    page = parsed(sign_in(place.worker).get(reverse("casework:close", args=[case_id]), {"reason": "died"}))
    assert "Record the death first" in page.text


def test_the_page_shows_what_was_tried_and_what_is_missing(place: Place) -> None:
    case_id, client = accepted(place, place.worker.user_id), sign_in(place.worker)
    talk(place.worker.scope, case_id, outcome="tried", note="")
    page = parsed(client.get(reverse("casework:close", args=[case_id]), {"reason": "not_reached"}))
    assert "Try on 2 more days: so far on 1 day." in page.text
    assert "Trying by phone is enough: no other way is safe." in page.text
    assert not page.select("main form")
    days = {"checked_on_day": 1, "checked_on_month": 3, "checked_on_year": 2026}
    post(client, "casework:check_number", {"case_id": case_id}, checked_with="referrer", answer="right", **days)
    tried = parsed(client.get(reverse("casework:tried", args=[case_id])))
    assert "The details we have are right".lower() in tried.text.lower()


def test_a_worker_asks_and_a_lead_decides_in_pages(place: Place) -> None:
    case_id = supported(place)
    worker, lead = sign_in(place.worker), sign_in(place.lead)
    where = {"case_id": case_id}
    words = {"reason": "unsafe", "answer": "Followed home", "why": "Twice now"}
    post(worker, "casework:close", where, version=version(place.worker.scope, case_id), **words)
    assert "A lead was asked" in parsed(worker.get(reverse("casework:case", kwargs=where))).text
    request_id = queries.closing_requests_of(place.lead.scope, case_id)[0].id
    page = parsed(lead.get(reverse("casework:decide_closing", args=[request_id])))
    assert "Twice now" in page.text
    post(lead, "casework:decide_closing", {"request_id": request_id}, agreed="yes")
    assert queries.case(place.lead.scope, case_id).closing_reason == "unsafe"


def test_reopened_they_are_where_they_were(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = accepted(place, place.worker.user_id)
        try_enough(place, case_id, time)
        end(place, case_id)
        actions.reopen(
            scope=place.worker.scope,
            case_id=case_id,
            expected_version=version(place.worker.scope, case_id),
            reason="She rang back",
        )
        assert queries.case(place.worker.scope, case_id).state == "trying"


@pytest.mark.fault("F20")
@pytest.mark.parametrize("safe", [True, False])
def test_a_last_word_goes_only_where_it_is_safe_and_says_nothing_but_a_number(place: Place, safe: bool) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = supported(place)
        if safe:
            text_is_safe(place, person_of(place, case_id))
            talk_by_text(place, case_id, time)
        try_enough(place, case_id, time)
        end(place, case_id, "lost_touch")
        say_last_word(place.system, case_id)
        say_last_word(place.system, case_id)
    with scoped(place.system):
        sent = list(Message.objects.filter(template="person_last_word"))
    assert len(sent) == (1 if safe else 0)
    assert not any(word in each.body for each in sent for word in ("Joan", "Pickering", "lonely", "support"))


def talk_by_text(place: Place, case_id: UUID, time: Any) -> None:
    """Where texts are safe, a text is tried as well."""
    time.shift(dt.timedelta(hours=1))
    talk(place.worker.scope, case_id, outcome="tried", kind="text", note="", happened_at=clock.now())


def test_somebody_reached_in_the_meantime_is_not_ended_as_not_reached(place: Place) -> None:
    with time_machine.travel(START, tick=False) as time:
        case_id = accepted(place, place.worker.user_id)
        _at_risk(place, case_id, "risk")
        try_enough(place, case_id, time)
        request_id = _ask(place, case_id)
        talk(place.worker.scope, case_id)
        with pytest.raises(Invalid, match="You have spoken with them"):
            actions.decide_closing(scope=place.lead.scope, request_id=request_id, agreed=True)
    assert queries.case(place.worker.scope, case_id).is_open


@pytest.mark.fault("F37")
def test_when_support_ends_otherwise_nothing_is_left_for_the_lead_to_decide(place: Place) -> None:
    case_id = supported(place)
    _ask(place, case_id, "unsafe", "Followed home")
    actions.ask_for_longer(scope=place.worker.scope, case_id=case_id, details=ExtensionDetails(4, 0, "More time"))
    end(place, case_id, "goals_met")
    drop_questions_to_the_lead(place.system, case_id)
    drop_questions_to_the_lead(place.system, case_id)
    assert queries.waits_for_lead(place.lead.scope, case_id) == ()
    assert not [row for row in tasks.team_tasks(place.lead.scope, place.team_id) if row.about_kind != "case"]
