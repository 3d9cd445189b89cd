"""The pages: nobody else's way in, nothing that must not be seen, and the same cost however long."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.casework import queries
from linkwell.casework.tests.helpers import supported
from linkwell.casework.tests.pages import fill, plain, sent_summary, urls_of_a_case, with_unknown_id
from linkwell.core.permissions import Role
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
CANARY = "zebra-canary"


@pytest.mark.fault("F14")
def test_a_stranger_gets_the_same_404_for_every_page_as_for_one_that_is_not_there(
    place: Place, client_for: ClientFor
) -> None:
    urls = urls_of_a_case(place)
    worker, strangers = client_for(place.worker), [client_for(place.stranger), client_for(place.stranger_lead)]
    for name, url, real in urls:
        assert real.get(url).status_code in (200, 405), name
        for stranger in strangers:
            absent = stranger.get(with_unknown_id(url))
            there = stranger.get(url)
            assert there.status_code == 404 or (name == "send_summary" and there.status_code == 405), name
            assert plain(there.content) == plain(absent.content), name
            assert stranger.post(url, {"version": "1", "do": "add_need", "words": "x"}).status_code == 404, name
    assert worker.get(urls[0][1]).status_code == 200


@pytest.mark.fault("F14")
def test_a_referrer_sees_nothing_of_the_case(place: Place, client_for: ClientFor) -> None:
    urls = urls_of_a_case(place)
    referrer = client_for(place.referrer)
    for name, url, _ in urls:
        assert referrer.get(url).status_code == 404, name


@pytest.mark.fault("F14")
def test_another_practice_cannot_open_a_summary(
    place: Place, client_for: ClientFor, new_member: Callable[..., Member]
) -> None:
    summary_id = sent_summary(place)
    other = client_for(new_member("Nosy Nell", Role.REFERRER, place.stranger_organisation_id))
    for name in ("received_summary", "received_pdf", "received_json"):
        assert other.get(reverse(f"casework:{name}", args=[summary_id])).status_code == 404
    assert "Joan" not in other.get(reverse("casework:received")).content.decode()


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
    summary_id = sent_summary(place, note=f"note {CANARY}", third=CANARY)
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
    summary_id = sent_summary(place, address=f"1 {CANARY} Street", postcode="BS1 4ST")
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

    fill(place, name, 1)
    client.get(url)
    few = cost()
    fill(place, name, 12)
    assert cost() == few
