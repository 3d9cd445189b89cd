"""The pages: one person's way from referral to summary, and nobody else's way in."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ToldAgreements
from linkwell.casework.tests.helpers import a_plan, accepted, refer, supported, talk
from linkwell.core import drafts
from linkwell.kernel import clock
from linkwell.people import actions as people
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
CANARY = "zebra-canary"


def test_one_person_from_referral_to_summary_in_pages_alone(place: Place, client_for: ClientFor) -> None:
    lead, worker, practice = (client_for(each) for each in (place.lead, place.worker, place.referrer))
    referral_id = refer(place)
    case_id = _accept(lead, referral_id, place)
    _post(worker, "casework:write_up", {"case_id": case_id}, **_said("She misses company.", add_need="More company"))
    plan_url = reverse("casework:plan", args=[case_id])
    plan = queries.plan(place.worker.scope, case_id)
    assert plan.needs[0].words == "More company"
    worker.post(plan_url, {"do": "add_goal", "target": plan.needs[0].id, "words": "Lunch out", "importance": "8"})
    goal = queries.plan(place.worker.scope, case_id).goals[0]
    step = {"words": "Ring the club", "who": "Joan", "confidence": "4"}
    worker.post(plan_url, {"do": "add_step", "target": goal.id, **step})
    page = _page(worker.get(plan_url))
    assert "8 out of 10" in page.text
    assert "4 out of 10" in page.text
    version = queries.plan(place.worker.scope, case_id).version
    _post(worker, "casework:agree", {"case_id": case_id}, version=version, agreed="yes", how="spoken")
    people.record_risk(
        scope=place.worker.scope, person_id=queries.plan(place.worker.scope, case_id).person_id, none_known=True
    )
    hear = {"asked_alone": "yes", "referrer_closed": "yes", "gp_summary": "yes", "referrer_in_touch": "no"}
    _post(worker, "casework:who_may_hear", {"case_id": case_id}, **hear)
    case = queries.case(place.worker.scope, case_id)
    ending = {"version": case.version, "reason": "goals_met", f"goal_{goal.id}": "reached", "note": "Goes weekly"}
    _post(worker, "casework:close", {"case_id": case_id}, **ending)
    made = _post(worker, "casework:summaries", {"case_id": case_id}, recipient=str(place.practice_id))
    summary_id = UUID(made.url.rstrip("/").rsplit("/", 1)[-1])
    preview = _page(worker.get(reverse("casework:summary", args=[summary_id])))
    assert "The patient can read this" in preview.text
    _post(worker, "casework:send_summary", {"summary_id": summary_id})
    assert "Joan Pickering" in _page(practice.get(reverse("casework:received"))).text
    received = _page(practice.get(reverse("casework:received_summary", args=[summary_id])))
    assert "No known risk" in received.text
    assert "Goes weekly" in received.text
    assert practice.get(reverse("casework:received_pdf", args=[summary_id])).content.startswith(b"%PDF")
    assert json.loads(practice.get(reverse("casework:received_json", args=[summary_id])).content)["risks"]


@pytest.mark.fault("F14")
def test_a_stranger_gets_the_same_404_for_every_page_as_for_one_that_is_not_there(
    place: Place, client_for: ClientFor
) -> None:
    urls = _urls_of_a_case(place)
    worker, strangers = client_for(place.worker), [client_for(place.stranger), client_for(place.stranger_lead)]
    for name, url, real in urls:
        assert real.get(url).status_code in (200, 405), name
        for stranger in strangers:
            absent = stranger.get(_with_unknown_id(url))
            there = stranger.get(url)
            assert there.status_code == 404 or (name == "send_summary" and there.status_code == 405), name
            assert _plain(there.content) == _plain(absent.content), name
            assert stranger.post(url, {"version": "1", "do": "add_need", "words": "x"}).status_code == 404, name
    assert worker.get(urls[0][1]).status_code == 200


@pytest.mark.fault("F14")
def test_a_referrer_sees_nothing_of_the_case(place: Place, client_for: ClientFor) -> None:
    urls = _urls_of_a_case(place)
    referrer = client_for(place.referrer)
    for name, url, _ in urls:
        assert referrer.get(url).status_code == 404, name


@pytest.mark.fault("F14")
def test_another_practice_cannot_open_a_summary(
    place: Place, client_for: ClientFor, new_member: Callable[..., Member]
) -> None:
    from linkwell.core.permissions import Role

    summary_id = _sent_summary(place)
    other = client_for(new_member("Nosy Nell", Role.REFERRER, place.stranger_organisation_id))
    for name in ("received_summary", "received_pdf", "received_json"):
        assert other.get(reverse(f"casework:{name}", args=[summary_id])).status_code == 404
    assert "Joan" not in other.get(reverse("casework:received")).content.decode()


@pytest.mark.fault("F33")
def test_nothing_typed_is_lost_when_a_colleague_wrote_up_first(place: Place, client_for: ClientFor) -> None:
    case_id = accepted(place, place.worker.user_id)
    client = client_for(place.worker)
    form = _said("My long careful note.", version=1)
    talk(place.colleague.scope, case_id)
    url = reverse("casework:write_up", args=[case_id])
    answer = client.post(url, form)
    assert answer.status_code == 409
    page = _page(answer)
    assert "Priya Nair changed this" in page.text
    assert _one(page, "textarea[name=note]").text.strip() == "My long careful note."
    again = {str(field["name"]): str(field["value"]) for field in page.select('form input[type="hidden"]')}
    assert client.post(url, {**form, **again}).status_code == 302
    assert len(queries.interactions(place.worker.scope, case_id)) == 2


@pytest.mark.fault("F33")
def test_a_step_a_colleague_changed_first_shows_both_and_can_be_saved_again(
    place: Place, client_for: ClientFor
) -> None:
    from linkwell.casework.details import StepDetails

    case_id = supported(place)
    *_, step = a_plan(place.worker.scope, case_id)
    theirs = StepDetails(words="Priya’s words", who="Priya")
    actions.change_step(scope=place.colleague.scope, step_id=step, expected_version=1, step=theirs)
    client, url = client_for(place.worker), reverse("casework:plan", args=[case_id])
    mine = {"do": "change_step", "target": step, "version": 1, "words": "My words", "who": "Joan", "confidence": "7"}
    answer = client.post(url, mine)
    assert answer.status_code == 409
    page = _page(answer)
    assert "Priya’s words" in page.text
    assert _one(page, "input[name=words]")["value"] == "My words"
    assert client.post(url, {**mine, "version": 2}).status_code == 302
    assert queries.plan(place.worker.scope, case_id).goals[0].steps[0].words == "My words"


@pytest.mark.fault("F33")
def test_the_second_lead_is_told_who_accepted_first(place: Place, client_for: ClientFor) -> None:
    referral_id = refer(place)
    _accept(client_for(place.lead), referral_id, place)
    url = reverse("casework:accept", args=[referral_id])
    answer = client_for(place.safeguarding_lead).post(url, {"version": 1, "worker": "waiting"})
    assert answer.status_code == 409
    assert "Lena Hart decided this first" in _page(answer).text


def test_accepting_works_inside_the_triage_list(place: Place, client_for: ClientFor) -> None:
    referral_id = refer(place)
    client, url = client_for(place.lead), reverse("casework:accept", args=[referral_id])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "0 of 56" in part
    done = client.post(url, {"version": 1, "worker": str(place.worker.user_id)}, headers={"HX-Request": "true"})
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
    page = _page(client.get(url))
    assert _one(page, "textarea[name=note]").text.strip() == "Half a sentence"
    assert _one(page, "input[name=when][value='4']").has_attr("checked")
    assert page.find("form", {"data-draft-url": True}) is not None
    client.post(url, _said("A whole sentence", version=1))
    assert drafts.load(place.worker.scope, f"writeup:{case_id}") == {}


def test_did_not_attend_is_offered_only_where_an_agreed_time_has_come(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    client, url = client_for(place.worker), reverse("casework:write_up", args=[case_id])
    assert "Did not attend" not in client.get(url).content.decode()
    soon = AppointmentDetails(starts_at=clock.now() + dt.timedelta(minutes=1))
    booked = actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=soon)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=5), tick=False):
        assert "Did not attend" in client.get(url).content.decode()
        form = _said("", outcome="missed", appointment=str(booked), version=_version(place, case_id))
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
    _post(client, "casework:book", {"case_id": case_id}, **typed)
    row = queries.appointments_of(place.worker.scope, case_id)[0]
    assert clock.london(row.starts_at).time() == dt.time(14, 30)
    _post(client, "casework:move", {"appointment_id": row.id}, **{**typed, "time": "9am", "version": 1})
    new = queries.appointments_of(place.worker.scope, case_id, booked_only=True)[0]
    _post(client, "casework:cancel", {"appointment_id": new.id}, version=1, reason="Not well")
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
    assert says in _one(_page(answer), ".nhsuk-error-summary").text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"do": "drop table"},
        {"do": "end_need", "target": "not-an-id"},
        {"do": "goal_reached", "target": str(uuid4()), "version": "1"},
        {"do": "change_step", "target": str(uuid4()), "version": "x", "words": "a", "who": "b"},
        {"do": "add_goal", "target": str(uuid4()), "words": "a", "importance": "99"},
        {"do": "add_need", "words": "x" * 400},
        {"do": "add_need", "words": "nul \x00 byte"},
    ],
)
def test_nonsense_sent_to_the_plan_is_never_a_500(place: Place, client_for: ClientFor, typed: dict[str, str]) -> None:
    answer = client_for(place.worker).post(reverse("casework:plan", args=[supported(place)]), typed)
    assert 400 <= answer.status_code < 500


@pytest.mark.fault("F16")
def test_what_somebody_else_told_us_is_on_no_print_no_export_and_no_page_of_the_practice(
    place: Place, client_for: ClientFor
) -> None:
    summary_id = _sent_summary(place, note=f"note {CANARY}", third=CANARY)
    case_id = queries.summary_made(place.worker.scope, summary_id).case_id
    worker, practice = client_for(place.worker), client_for(place.referrer)
    pages = [
        worker.get(reverse("casework:plan_print", args=[case_id])),
        worker.get(reverse("casework:summary", args=[summary_id])),
        worker.get(reverse("casework:summary_json", args=[summary_id])),
        practice.get(reverse("casework:received")),
        practice.get(reverse("casework:received_summary", args=[summary_id])),
        practice.get(reverse("casework:received_json", args=[summary_id])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert CANARY not in page.content.decode()


@pytest.mark.fault("F17")
def test_where_somebody_lives_is_on_no_list_no_print_and_in_no_summary(place: Place, client_for: ClientFor) -> None:
    summary_id = _sent_summary(place, address=f"1 {CANARY} Street", postcode="BS1 4ST")
    case_id = queries.summary_made(place.worker.scope, summary_id).case_id
    worker, lead, practice = (client_for(each) for each in (place.worker, place.lead, place.referrer))
    pages = [
        worker.get(reverse("casework:caseload")),
        lead.get(reverse("casework:caseload"), {"worker": str(place.worker.user_id)}),
        worker.get(reverse("casework:plan_print", args=[case_id])),
        practice.get(reverse("casework:received_summary", args=[summary_id])),
        practice.get(reverse("casework:received_json", args=[summary_id])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert CANARY not in page.content.decode()
        assert "BS1 4ST" not in page.content.decode()


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


@pytest.mark.parametrize("name", ["caseload", "waiting", "received"])
def test_list_pages_cost_the_same_however_long(
    place: Place, client_for: ClientFor, name: str, django_assert_max_num_queries: Any
) -> None:
    member = {"caseload": place.worker, "waiting": place.lead, "received": place.referrer}[name]
    client, url = client_for(member), reverse(f"casework:{name}")

    def cost() -> int:
        with django_assert_max_num_queries(200) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    _fill(place, name, 1)
    client.get(url)
    few = cost()
    _fill(place, name, 12)
    assert cost() == few


def _fill(place: Place, name: str, rows: int) -> None:
    for number in range(rows):
        if name == "received":
            _sent_summary(place, given_name=f"P{number}")
        else:
            accepted(place, place.worker.user_id if name == "caseload" else None, given_name=f"P{number}")


def _accept(client: Client, referral_id: UUID, place: Place) -> UUID:
    _post(client, "casework:accept", {"referral_id": referral_id}, version=1, worker=str(place.worker.user_id))
    found = queries.case_of_referral(place.lead.scope, referral_id)
    assert found is not None
    return found.id


def _post(client: Client, name: str, where: dict[str, Any], **typed: Any) -> Any:
    answer = client.post(reverse(name, kwargs=where), typed)
    assert answer.status_code == 302, BeautifulSoup(answer.content, "html.parser").find(class_="nhsuk-error-summary")
    return answer


def _said(note: str, **given: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "version": 1,
        "submission_key": str(uuid4()),
        "outcome": "talked",
        "kind": "phone",
        "note": note,
        "when": "2",
        "happened_on_day": today.day,
        "happened_on_month": today.month,
        "happened_on_year": today.year,
        "happened_at": "12:01am",
    } | given


def _version(place: Place, case_id: UUID) -> int:
    return queries.case(place.worker.scope, case_id).version


def _page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def _one(page: BeautifulSoup, selector: str) -> Any:
    found = page.select(selector)
    assert found, f"there is no {selector} on the page"
    return found[0]


def _plain(content: bytes) -> str:
    """A page without what is different every time."""
    return re.sub(r'(value|data-csrf)="[A-Za-z0-9]{64}"', "", content.decode())


def _with_unknown_id(url: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), url)


def _sent_summary(place: Place, note: str = "A talk.", third: str = "", **given: Any) -> UUID:
    case_id = accepted(place, place.worker.user_id, **given)
    talk(place.worker.scope, case_id, note=note, third_party_note=third)
    person_id = queries.case(place.worker.scope, case_id).person_id
    people.record_risk(scope=place.worker.scope, person_id=person_id, none_known=True)
    actions.record_who_may_hear(
        scope=place.worker.scope, case_id=case_id, answers=ToldAgreements(asked_alone=True, gp_summary=True)
    )
    made = actions.prepare_message_back(
        scope=place.worker.scope, case_id=case_id, recipient_organisation_id=place.practice_id
    )
    actions.send_message_back(scope=place.worker.scope, summary_id=made)
    return made


def _urls_of_a_case(place: Place) -> list[tuple[str, str, Client]]:
    """Every page about one case, with a browser of somebody who may open it."""
    from linkwell.accounts.models import User

    def browser(member: Member) -> Client:
        import time

        client = Client()
        client.force_login(User.objects.get(pk=member.user_id))
        session = client.session
        session["membership"] = str(member.membership_id)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(member.user_id)
        session.save()
        return client

    summary_id = _sent_summary(place)
    case_id = queries.summary_made(place.worker.scope, summary_id).case_id
    a_plan(place.worker.scope, case_id)
    talked = queries.interactions(place.worker.scope, case_id)[0].id
    booked = actions.book_appointment(
        scope=place.worker.scope,
        case_id=case_id,
        details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1)),
    )
    worker, lead = browser(place.worker), browser(place.lead)
    names = (
        "case write_up first book plan agree versions plan_print plan_pdf close who_may_hear next reopen"
        " summaries separate_note"
    )
    urls = [(name, reverse(f"casework:{name}", args=[case_id]), worker) for name in names.split()]
    urls += [(name, reverse(f"casework:{name}", args=[case_id]), lead) for name in ("allocate", "put_back")]
    urls += [(name, reverse(f"casework:{name}", args=[talked]), worker) for name in ("conversation", "correct")]
    urls += [(name, reverse(f"casework:{name}", args=[booked]), worker) for name in ("move", "cancel")]
    names = "summary summary_pdf summary_json send_summary"
    urls += [(name, reverse(f"casework:{name}", args=[summary_id]), worker) for name in names.split()]
    urls.append(("accept", reverse("casework:accept", args=[refer(place, given_name="New")]), lead))
    return urls
