"""The pages: one person's way from referral to summary."""

import datetime as dt
import json
from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, StepDetails
from linkwell.casework.tests.helpers import a_plan, accepted, refer, supported, talk
from linkwell.casework.tests.pages import (
    accept,
    one,
    parsed,
    post,
    said,
    version,
)
from linkwell.core import drafts
from linkwell.kernel import clock
from linkwell.people import actions as people
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]


def test_one_person_from_referral_to_summary_in_pages_alone(place: Place, client_for: ClientFor) -> None:
    lead, worker, practice = (client_for(each) for each in (place.lead, place.worker, place.referrer))
    referral_id = refer(place)
    case_id = accept(lead, referral_id, place)
    post(worker, "casework:write_up", {"case_id": case_id}, **said("She misses company.", add_need="More company"))
    plan_url = reverse("casework:plan", args=[case_id])
    plan = queries.plan(place.worker.scope, case_id)
    assert plan.needs[0].words == "More company"
    worker.post(plan_url, {"do": "add_goal", "target": plan.needs[0].id, "words": "Lunch out", "importance": "8"})
    goal = queries.plan(place.worker.scope, case_id).goals[0]
    step = {"words": "Ring the club", "who": "Joan", "confidence": "4"}
    worker.post(plan_url, {"do": "add_step", "target": goal.id, **step})
    page = parsed(worker.get(plan_url))
    assert "8 out of 10" in page.text
    assert "4 out of 10" in page.text
    version = queries.plan(place.worker.scope, case_id).version
    post(worker, "casework:agree", {"case_id": case_id}, version=version, agreed="yes", how="spoken")
    people.record_risk(
        scope=place.worker.scope, person_id=queries.plan(place.worker.scope, case_id).person_id, none_known=True
    )
    hear = {"asked_alone": "yes", "referrer_closed": "yes", "gp_summary": "yes", "referrer_in_touch": "no"}
    post(worker, "casework:who_may_hear", {"case_id": case_id}, **hear)
    case = queries.case(place.worker.scope, case_id)
    ending = {"version": case.version, "reason": "goals_met", f"goal_{goal.id}": "reached", "note": "Goes weekly"}
    post(worker, "casework:close", {"case_id": case_id}, **ending)
    made = post(worker, "casework:summaries", {"case_id": case_id}, recipient=str(place.practice_id))
    summary_id = UUID(made.url.rstrip("/").rsplit("/", 1)[-1])
    preview = parsed(worker.get(reverse("casework:summary", args=[summary_id])))
    assert "The patient can read this" in preview.text
    post(worker, "casework:send_summary", {"summary_id": summary_id})
    assert "Joan Pickering" in parsed(practice.get(reverse("casework:received"))).text
    received = parsed(practice.get(reverse("casework:received_summary", args=[summary_id])))
    assert "No known risk" in received.text
    assert "Goes weekly" in received.text
    assert practice.get(reverse("casework:received_pdf", args=[summary_id])).content.startswith(b"%PDF")
    assert json.loads(practice.get(reverse("casework:received_json", args=[summary_id])).content)["risks"]


@pytest.mark.fault("F33")
def test_nothing_typed_is_lost_when_a_colleague_wrote_up_first(place: Place, client_for: ClientFor) -> None:
    case_id = accepted(place, place.worker.user_id)
    client = client_for(place.worker)
    form = said("My long careful note.", version=1)
    talk(place.colleague.scope, case_id)
    url = reverse("casework:write_up", args=[case_id])
    answer = client.post(url, form)
    assert answer.status_code == 409
    page = parsed(answer)
    assert "Priya Nair changed this" in page.text
    assert one(page, "textarea[name=note]").text.strip() == "My long careful note."
    again = {str(field["name"]): str(field["value"]) for field in page.select('form input[type="hidden"]')}
    assert client.post(url, {**form, **again}).status_code == 302
    assert len(queries.interactions(place.worker.scope, case_id)) == 2


@pytest.mark.fault("F33")
def test_a_step_a_colleague_changed_first_shows_both_and_can_be_saved_again(
    place: Place, client_for: ClientFor
) -> None:
    case_id = supported(place)
    *_, step = a_plan(place.worker.scope, case_id)
    theirs = StepDetails(words="Priya’s words", who="Priya")
    actions.change_step(scope=place.colleague.scope, step_id=step, expected_version=1, step=theirs)
    client, url = client_for(place.worker), reverse("casework:plan", args=[case_id])
    mine = {"do": "change_step", "target": step, "version": 1, "words": "My words", "who": "Joan", "confidence": "7"}
    answer = client.post(url, mine)
    assert answer.status_code == 409
    page = parsed(answer)
    assert "Priya’s words" in page.text
    assert one(page, "input[name=words]")["value"] == "My words"
    assert client.post(url, {**mine, "version": 2}).status_code == 302
    assert queries.plan(place.worker.scope, case_id).goals[0].steps[0].words == "My words"


@pytest.mark.fault("F33")
def test_the_second_lead_is_told_who_accepted_first(place: Place, client_for: ClientFor) -> None:
    referral_id = refer(place)
    accept(client_for(place.lead), referral_id, place)
    url = reverse("casework:accept", args=[referral_id])
    answer = client_for(place.safeguarding_lead).post(url, {"version": 1, "worker": "waiting"})
    assert answer.status_code == 409
    assert "Lena Hart decided this first" in parsed(answer).text


def test_support_that_takes_more_time_counts_more_on_a_caseload(place: Place, client_for: ClientFor) -> None:
    case_id = accepted(place, place.worker.user_id)
    post(client_for(place.lead), "casework:weigh", {"case_id": case_id}, version=1, level="high", factors=["risk"])
    assert queries.load_by_worker(place.lead.scope, place.team_id)[place.worker.user_id].weight == 3


def test_accepting_works_inside_the_triage_list(place: Place, client_for: ClientFor) -> None:
    referral_id = refer(place)
    client, url = client_for(place.lead), reverse("casework:accept", args=[referral_id])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "0 of 56" in part
    given = {"version": 1, "worker": str(place.worker.user_id), "level": "low"}
    done = client.post(url, given, headers={"HX-Request": "true"})
    assert "Accepted" in done.content.decode()
    wrong = client.post(
        reverse("casework:accept", args=[refer(place, given_name="Alf")]), {}, headers={"HX-Request": "true"}
    )
    assert wrong.status_code == 200
    assert "Choose a link worker" in wrong.content.decode()


def test_a_draft_is_there_again_and_gone_once_sent(place: Place, client_for: ClientFor) -> None:
    case_id = accepted(place, place.worker.user_id)
    kept = {"note": ["Half a sentence"], "when": ["4"], "happened_on_day": ["1"]}
    drafts.keep(scope=place.worker.scope, form=f"writeup:{case_id}", values=kept)
    client, url = client_for(place.worker), reverse("casework:write_up", args=[case_id])
    page = parsed(client.get(url))
    assert one(page, "textarea[name=note]").text.strip() == "Half a sentence"
    assert one(page, "input[name=when][value='4']").has_attr("checked")
    assert page.find("form", {"data-draft-url": True}) is not None
    client.post(url, said("A whole sentence", version=1))
    assert drafts.load(place.worker.scope, f"writeup:{case_id}") == {}


def test_did_not_attend_is_offered_only_where_an_agreed_time_has_come(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    client, url = client_for(place.worker), reverse("casework:write_up", args=[case_id])
    assert "Did not attend" not in client.get(url).content.decode()
    soon = AppointmentDetails(starts_at=clock.now() + dt.timedelta(minutes=1))
    booked = actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=soon)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=5), tick=False):
        assert "Did not attend" in client.get(url).content.decode()
        form = said("", outcome="missed", appointment=str(booked), version=version(place, case_id))
        assert client.post(url, form).status_code == 302
    assert queries.appointment(place.worker.scope, booked).state == "missed"


def test_an_appointment_is_booked_moved_and_cancelled_in_pages(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    client = client_for(place.worker)
    day = clock.today() + dt.timedelta(days=3)
    typed = {
        "kind": "home",
        "day_day": day.day,
        "day_month": day.month,
        "day_year": day.year,
        "time": "2.30pm",
        "minutes": "60",
        "agreed": "on",
    }
    post(client, "casework:book", {"case_id": case_id}, **typed)
    row = queries.appointments_of(place.worker.scope, case_id)[0]
    assert clock.london(row.starts_at).time() == dt.time(14, 30)
    post(client, "casework:move", {"appointment_id": row.id}, **{**typed, "time": "9am", "version": 1})
    new = queries.appointments_of(place.worker.scope, case_id, booked_only=True)[0]
    post(client, "casework:cancel", {"appointment_id": new.id}, version=1, by="us", reason="Not well")
    assert queries.appointments_of(place.worker.scope, case_id, booked_only=True) == ()


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("write_up", {}, "Choose what happened"),
        ("write_up", {"happened_at": "half past"}, "like 2:30pm"),
        ("write_up", {"when": "day"}, "Enter the day"),
        ("book", {"time": "25:99"}, "like 2:30pm"),
        ("book", {"day_day": "31", "day_month": "2", "day_year": "2027"}, "real date"),
        ("next", {}, "Answer the question"),
        ("close", {}, "Choose why support ends"),
        ("who_may_hear", {}, "alone"),
        ("agree", {"agreed": "yes"}, "Choose how"),
        ("separate_note", {}, "Choose who needs to know"),
        ("summaries", {"recipient": "nonsense"}, "Choose one of the answers"),
    ],
)
def test_a_form_that_is_not_filled_in_comes_back_with_plain_words(
    place: Place, client_for: ClientFor, name: str, typed: dict[str, str], says: str
) -> None:
    answer = client_for(place.worker).post(reverse(f"casework:{name}", args=[supported(place)]), typed)
    assert answer.status_code == 422
    assert says in one(parsed(answer), ".nhsuk-error-summary").text


@pytest.mark.parametrize("layout", ["", "large_print"])
def test_the_plan_prints_as_a_tagged_pdf_with_a_name_that_says_nothing(
    place: Place, client_for: ClientFor, layout: str
) -> None:
    case_id = supported(place, given_name="Зоя")
    a_plan(place.worker.scope, case_id)
    url = reverse("casework:plan_pdf", args=[case_id])
    answer = client_for(place.worker).get(url, {"layout": layout})
    assert answer.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in answer.content
    assert "Pickering" not in answer["Content-Disposition"]
