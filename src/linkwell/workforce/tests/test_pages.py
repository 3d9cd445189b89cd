"""If these fail, a feature stands that nobody can reach by clicking."""

import datetime as dt
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkwell.casework import queries
from linkwell.casework.tests.helpers import accepted, supported
from linkwell.core.permissions import Role
from linkwell.kernel import clock
from linkwell.workforce import actions
from linkwell.workforce import queries as workforce
from linkwell.workforce.tests.helpers import book, cover, person_of
from tests.place import Member, Place, make_member, sign_in

pytestmark = pytest.mark.django_db


def page(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser")


def actions_of(soup: BeautifulSoup) -> set[str]:
    return {str(each.get("action")) for each in soup.find_all("form")}


def chosen_in(soup: BeautifulSoup, name: str) -> str:
    """The value that a choice begins with."""
    found = soup.select_one(f'select[name="{name}"] option[selected]')
    assert found is not None
    return str(found["value"])


def links(soup: BeautifulSoup) -> set[str]:
    return {str(each["href"]) for each in soup.find_all("a", href=True)}


def day(name: str, when: dt.date) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def third(place: Place) -> Member:
    return make_member("Tom Reed", Role.LINK_WORKER, place.organisation_id, place.team_id)


def test_our_team_says_how_full_everyone_is_to_leads_and_who_is_there_to_all(place: Place) -> None:
    supported(place)
    lead, worker = (page(sign_in(each), "/team/") for each in (place.lead, place.worker))
    assert "How full we are" in lead.get_text()
    assert "1 of 56: room for about 55 more" in lead.get_text()
    assert "1 begun in the last year" in lead.get_text()
    assert "How full we are" not in worker.get_text()
    assert "Sam Okafor" in worker.get_text()
    assert "/team/" in links(page(sign_in(place.worker), "/"))


def test_a_list_of_many_workers_costs_no_more_than_of_few(place: Place) -> None:
    client = sign_in(place.lead)
    counts = []
    for number in (1, 12):
        for each in range(number):
            member = make_member(f"W {number} {each}", Role.LINK_WORKER, place.organisation_id, place.team_id)
            accepted(place, member.user_id, given_name=f"P{number}x{each}")
        client.get("/team/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/team/")
        counts.append(len(captured))
    assert counts[0] >= counts[1]


def test_days_away_are_noted_by_oneself_or_a_lead_and_lead_to_cover(place: Place) -> None:
    supported(place)
    client, lead = sign_in(place.worker), sign_in(place.lead)
    soon = clock.today() + dt.timedelta(days=3)
    days = day("starts_on", soon) | day("ends_on", soon)
    assert client.post("/away/", {"who": str(place.colleague.user_id), **days}).status_code == 422
    assert client.post("/away/", {"who": str(place.worker.user_id), **days}).status_code == 302
    assert "Sam Okafor" in page(lead, "/away/").get_text()
    ways = [each for each in links(page(lead, "/team/")) if "from=" in each]
    assert len(ways) == 1
    arrange = page(lead, ways[0])
    assert chosen_in(arrange, "worker") == str(place.worker.user_id)
    assert lead.post("/away/", {"who": str(place.colleague.user_id), **days}).status_code == 302


def test_cover_by_one_colleague_in_one_form(place: Place) -> None:
    lead, today = sign_in(place.lead), clock.today()
    form = {"worker": str(place.worker.user_id), "covered_by": str(place.colleague.user_id)}
    days = day("starts_on", today) | day("ends_on", today)
    assert lead.post("/team/cover/", form | days).status_code == 302
    shown = page(lead, "/team/cover/")
    assert "Priya Nair for Sam Okafor: everybody" in shown.get_text(" ", strip=True)
    again = lead.post("/team/cover/", form | days)
    assert again.status_code == 422
    assert "covered already" in again.content.decode()
    end = next(each for each in actions_of(shown) if each.endswith("/end/"))
    assert lead.post(end).status_code == 302
    assert "Nobody is covering" in page(lead, "/team/cover/").get_text()


def test_a_caseload_is_proposed_changed_and_shared_in_one_step(place: Place) -> None:
    lead, tom = sign_in(place.lead), third(place)
    first = supported(place)
    second = supported(place, given_name="Bill", family_name="Stone", language="Urdu")
    today = clock.today()
    typed = {"worker": str(place.worker.user_id), "share": "1", **day("starts_on", today), **day("ends_on", today)}
    address = lead.post("/team/cover/", typed).headers["Location"]
    soup = page(lead, address)
    selects = {each["name"] for each in soup.find_all("select")}
    assert selects == {f"to_{first}", f"to_{second}", "rest"}
    given = {
        f"to_{first}": str(tom.user_id),
        f"to_{second}": str(place.colleague.user_id),
        "rest": str(place.colleague.user_id),
    }
    assert lead.post(address, given | {f"to_{first}": ""}).status_code == 422
    assert lead.post(address, given).status_code == 302
    assert [row.id for row in queries.caseload(tom.scope, tom.user_id)] == [first]
    assert [row.id for row in queries.caseload(place.colleague.scope, place.colleague.user_id)] == [second]


def test_sharing_starts_from_a_proposal_by_language(place: Place) -> None:
    from linkwell.accounts.models import Membership

    tom = third(place)
    Membership.objects.filter(pk=tom.membership_id).update(languages=["Urdu"])
    case_id = supported(place, language="Urdu")
    soup = page(sign_in(place.lead), reverse("workforce:move", args=[place.worker.user_id]))
    assert chosen_in(soup, f"to_{case_id}") == str(tom.user_id)


def test_people_are_moved_and_the_move_taken_back_in_pages(place: Place) -> None:
    lead = sign_in(place.lead)
    case_id = supported(place)
    address = reverse("workforce:move", args=[place.worker.user_id])
    assert lead.post(address, {f"to_{case_id}": str(place.colleague.user_id)}).status_code == 302
    shown = page(lead, "/team/moves/")
    assert "1 person of Sam Okafor to Priya Nair" in shown.get_text()
    back = next(each for each in actions_of(shown) if each.endswith("/undo/"))
    assert lead.post(back).status_code == 302
    assert "Taken back" in page(lead, "/team/moves/").get_text()
    assert [row.id for row in queries.caseload(place.worker.scope, place.worker.user_id)] == [case_id]
    assert "supports nobody now" in page(lead, reverse("workforce:move", args=[place.colleague.user_id])).get_text()


@pytest.mark.fault("F36")
def test_a_leavers_queues_are_moved_from_the_page_that_lists_them(place: Place) -> None:
    supported(place)
    client = sign_in(place.administrator)
    address = reverse("accounts:staff_leaver", args=[place.worker.membership_id])
    soup = page(client, address)
    assert "People they support: 1" in soup.get_text()
    to = {"to": str(place.colleague.user_id), "queue": "people they support"}
    assert client.post(address, to | {"to": ""}).status_code == 409
    assert client.post(address, to | {"queue": "nothing"}).status_code == 404
    assert client.post(address, to).status_code == 302
    assert "Close their sign-in" in page(client, address).get_text()
    assert client.post(address).status_code == 302


def test_a_visit_from_today_in_one_tap_and_out_again(place: Place) -> None:
    case_id = supported(place)
    today_at = clock.now() + dt.timedelta(minutes=5)
    if clock.london(today_at).date() != clock.today():
        today_at = clock.now() + dt.timedelta(minutes=1)
    appointment_id = book(place.worker.scope, case_id, today_at)
    client = sign_in(place.worker)
    start = reverse("workforce:visit_start_for", args=[appointment_id])
    assert start in actions_of(page(client, "/"))
    address = client.post(start).headers["Location"]
    inside = page(client, address)
    assert "I am out" in inside.get_text()
    assert "You are on a visit" in page(client, "/").get_text()
    assert client.post(f"{address}longer/", {"minutes": "30"}).status_code == 302
    assert client.post(f"{address}longer/", {"minutes": "9000"}).status_code == 302
    colleague = page(sign_in(place.colleague), address)
    assert "Ring Sam Okafor first" in colleague.get_text()
    assert client.post(f"{address}out/").status_code == 302
    assert "You are on a visit" not in page(client, "/").get_text()
    assert "Nobody is on a visit" in page(client, "/team/visits/").get_text()


def test_a_visit_to_nobody_in_particular_and_a_colleague_who_finds_out(place: Place) -> None:
    client, lead = sign_in(place.worker), sign_in(place.lead)
    form = {"minutes": "30", "place": "The hall", "buddy": str(place.colleague.user_id)}
    assert client.post("/team/visits/start/", form | {"minutes": "x"}).status_code == 422
    address = client.post("/team/visits/start/", form).headers["Location"]
    assert client.post("/team/visits/start/", form).headers["Location"] == "/team/visits/"
    assert lead.post(f"{address}looking/").status_code == 302
    assert "Lena Hart" in page(lead, "/team/visits/").get_text()
    assert lead.post(f"{address}found/", {"note": ""}).status_code == 422
    assert lead.post(f"{address}found/", {"note": "She rang me back."}).status_code == 302


def test_a_case_is_talked_about_and_the_decision_is_on_the_case(place: Place) -> None:
    case_id = supported(place)
    worker, lead = sign_in(place.worker), sign_in(place.lead)
    ask = reverse("workforce:talk", args=[case_id])
    assert ask in links(page(worker, reverse("casework:case", args=[case_id])))
    assert worker.post(ask, {"words": "I am worried", "urgent": "on"}).status_code == 302
    assert "waits in your lead" in page(worker, ask).get_text()
    waiting = page(lead, "/team/talks/")
    assert "Cannot wait" in waiting.get_text()
    assert "I am worried" not in waiting.get_text()
    address = next(each for each in links(waiting) if each.startswith("/team/talks/"))
    assert "I am worried" in page(lead, address).get_text()
    assert sign_in(place.colleague).get(address).status_code == 404
    assert lead.post(address, {"version": "1", "decision": ""}).status_code == 422
    assert lead.post(address, {"version": "1", "decision": "Two visit together."}).status_code == 302
    decisions = reverse("workforce:decisions", args=[case_id])
    assert "Two visit together." in page(sign_in(place.colleague), decisions).get_text()
    person = page(worker, reverse("journey:person", args=[person_of(place, case_id)]))
    assert "Decided with the team lead: Two visit together" in person.get_text()
    assert "I am worried" not in person.get_text()


def test_a_question_is_taken_back(place: Place) -> None:
    case_id = supported(place)
    talk_id = actions.ask_to_talk(scope=place.worker.scope, case_id=case_id)
    client = sign_in(place.worker)
    assert client.post(reverse("workforce:talk_withdraw", args=[talk_id])).status_code == 302
    assert "Nobody has asked" in page(sign_in(place.lead), "/team/talks/").get_text()


def test_supervision_is_noted_and_read_by_the_two(place: Place) -> None:
    worker, lead = sign_in(place.worker), sign_in(place.lead)
    case_id = supported(place)
    typed = {
        "whose": "mine",
        "other": str(place.lead.user_id),
        "topics": "How to end well",
        "cases": [str(case_id)],
        **day("held_on", clock.today()),
    }
    assert worker.post("/team/supervision/add/", typed | {"topics": ""}).status_code == 422
    address = worker.post("/team/supervision/add/", typed).headers["Location"]
    for client in (worker, lead):
        assert "How to end well" in page(client, address).get_text()
        assert address in links(page(client, "/team/supervision/"))
    assert sign_in(place.safeguarding_lead).get(address).status_code == 404
    due = page(lead, "/team/supervision/due/")
    assert "Priya Nair" in due.get_text()
    assert "Sam Okafor" not in " ".join(each.get_text() for each in due.find_all("td") + due.find_all("th"))
    note = next(each for each in links(due) if "with=" in each)
    listened = page(lead, note).select_one("input[checked]")
    assert listened is not None
    assert listened["value"] == "theirs"


def test_empty_pages_say_where_things_come_from(place: Place) -> None:
    lead = sign_in(place.lead)
    for url, words in (
        ("/team/cover/", "Nobody is covering"),
        ("/team/moves/", "Nobody has been moved"),
        ("/team/talks/", "Nobody has asked"),
        ("/team/visits/", "Nobody is on a visit"),
        ("/team/supervision/", "No sessions yet"),
        ("/away/", "Nobody is away"),
    ):
        assert words in page(lead, url).get_text()


def test_bad_addresses_are_answered_in_words(place: Place) -> None:
    lead = sign_in(place.lead)
    share = reverse("workforce:share_cover", args=[place.worker.user_id])
    for query in ("", "?from=x&until=y", "?from=2026-03-09&until=2026-03-02", "?from=2001-01-01&until=2001-01-02"):
        assert lead.get(share + query).status_code == 302
    nobody = UUID(int=5)
    assert lead.get(reverse("workforce:move", args=[nobody])).status_code == 404
    assert lead.get(reverse("workforce:move", args=[place.stranger.user_id])).status_code == 404
    assert lead.post(reverse("workforce:undo_move", args=[nobody])).status_code == 404
    assert workforce.moves(place.lead.scope, place.team_id) == ()


def test_whoever_covers_is_named_on_our_team(place: Place) -> None:
    supported(place)
    cover(place)
    assert "Priya Nair covers for everybody" in page(sign_in(place.worker), "/team/").get_text()
