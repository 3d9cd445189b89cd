"""The directory's pages: a link worker on a phone must see what to do next, and a stranger nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.models import ServiceGap
from linkwell.directory.queries import Search
from linkwell.directory.tests.samples import a_service, load
from tests.place import Member, Place

SignedIn = Callable[[Member], Client]


def first_service(place: Place, words: str) -> UUID:
    return queries.find(place.worker.scope, Search(words=words)).rows[0].service.id


def text_of(response: object) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())  # type: ignore[attr-defined]


def test_a_search_says_why_room_when_where_and_what_the_first_visit_is_like(
    wexcombe: Place, client_for: SignedIn
) -> None:
    page = client_for(wexcombe.worker).get(reverse("directory:find"), {"words": "gentle swim", "place": "ZW1 1AB"})
    said = text_of(page)
    assert "Gentle Swim" in said
    assert "One of the swimming groups" in said
    assert "Has room" in said
    assert "Tuesdays and Thursdays, 11am to 12 noon" in said
    assert "Marlside Leisure Centre, half a mile away" in said
    assert "Ask for Ros at the front desk" in said


def test_what_was_understood_is_said(wexcombe: Place, client_for: SignedIn) -> None:
    said = text_of(
        client_for(wexcombe.worker).get(reverse("directory:find"), {"words": "alotment on saturday, not church"})
    )
    assert "“allotment” (you typed “alotment”)" in said
    assert "without “church”" in said
    assert "on Saturdays" in said


def test_an_unknown_place_is_said_and_results_still_come(wexcombe: Place, client_for: SignedIn) -> None:
    said = text_of(client_for(wexcombe.worker).get(reverse("directory:find"), {"words": "choir", "place": "Atlantis"}))
    assert "We do not know where “Atlantis” is" in said
    assert "The Sing Low Choir" in said


def test_nothing_found_leads_to_saying_what_is_missing(wexcombe: Place, client_for: SignedIn) -> None:
    client = client_for(wexcombe.worker)
    page = client.get(reverse("directory:find"), {"words": "xylophone", "place": "Millfields"})
    assert "Nothing here answers that" in text_of(page)
    link = BeautifulSoup(page.content, "html.parser").find(
        "a", string=lambda said: said and "missing near here" in said
    )
    form = client.get(str(link["href"])).content.decode()  # type: ignore[index]
    assert 'value="xylophone"' in form
    assert 'value="Millfields"' in form


def test_an_empty_directory_says_where_groups_come_from(place: Place, client_for: SignedIn) -> None:
    assert "linkwell directory import" in text_of(client_for(place.worker).get(reverse("directory:find")))


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "9"}, {"facts": "gold"}, {"kind": "opera"}, {"words": "x" * 500}, {"words": "a\x00b"},
        {"place": "\x00"}, {"page": "-1"}, {"page": "99999999999"}, {"page": "x"}, {"words": "' OR 1=1 --"},
        {"words": "&|!():*<->"}, {"place": "%_\\"},
    ],
)  # fmt: skip
def test_odd_searches_get_an_answer(wexcombe: Place, client_for: SignedIn, asked: dict[str, str]) -> None:
    assert client_for(wexcombe.worker).get(reverse("directory:find"), asked).status_code == 200


def test_a_service_page_holds_what_somebody_needs_to_go_there(wexcombe: Place, client_for: SignedIn) -> None:
    service = first_service(wexcombe, "food bank")
    said = text_of(client_for(wexcombe.worker).get(reverse("directory:service", args=[service])))
    for words in (
        "Wexcombe Food Bank",
        "Comfort",
        "ZW1 3JP",
        "Needs a referral",
        "Arabic, Urdu and Polish",
        "01632 960",
        "14 September 2026",
    ):
        assert words in said, words


@pytest.mark.fault("F27")
def test_a_hostile_listing_cannot_run_anything_on_our_pages(place: Place, client_for: SignedIn) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    load(
        place,
        [
            a_service(
                1,
                name=f"Tea {attack}",
                description=f"<p>Tea</p>{attack}",
                alert=attack,
                first_visit_note=attack,
                fees=attack,
            )
        ],
    )
    service = first_service(place, "tea")
    client = client_for(place.worker)
    for page in (
        client.get(reverse("directory:find"), {"words": "tea"}),
        client.get(reverse("directory:service", args=[service])),
    ):
        soup = BeautifulSoup(page.content, "html.parser")
        main = soup.find("main")
        assert main is not None
        assert not main.find_all(["script", "img"])


def test_a_worker_notes_what_a_group_said_about_room(wexcombe: Place, client_for: SignedIn) -> None:
    service = first_service(wexcombe, "choir")
    client = client_for(wexcombe.worker)
    address = reverse("directory:room", args=[service])
    assert client.post(address, {"room": "waiting", "weeks": "6", "said_by": "Abena"}).status_code == 302
    assert "Waiting list, about 6 weeks" in text_of(client.get(reverse("directory:service", args=[service])))
    assert client.post(address, {"room": "sometimes", "said_by": "Abena"}).status_code == 422
    assert client.post(address, {"room": "waiting", "weeks": "-1", "said_by": "A"}).status_code == 422


def test_a_gap_is_kept_once_however_often_the_form_is_sent(place: Place, client_for: SignedIn) -> None:
    client = client_for(place.worker)
    sent = {"words": "A quiet music group", "place": "Fenny Green", "need": "lonely", "submission_key": str(uuid4())}
    for _ in range(2):
        assert client.post(reverse("directory:missing"), sent).status_code == 302
    with scoped(place.worker.scope):
        (gap,) = ServiceGap.objects.all()
    assert (gap.words, gap.place, gap.need) == ("A quiet music group", "Fenny Green", "lonely")
    assert client.post(reverse("directory:missing"), {**sent, "words": " "}).status_code == 422
    said = text_of(client_for(place.lead).get(reverse("directory:gaps")))
    assert "A quiet music group" in said
    assert "near Fenny Green" in said
    assert "Feeling lonely" in said


@pytest.mark.fault("F14")
def test_a_stranger_cannot_tell_our_services_from_nothing(wexcombe: Place, client_for: SignedIn) -> None:
    service = first_service(wexcombe, "choir")
    stranger = client_for(wexcombe.stranger)
    for name in ("directory:service", "directory:room"):
        answers = [stranger.get(reverse(name, args=[each])) for each in (service, uuid4())]
        assert [each.status_code for each in answers] == [404, 404]
    room = {"room": "full", "said_by": "x"}
    assert stranger.post(reverse("directory:room", args=[service]), room).status_code == 404
    assert "The Sing Low Choir" not in text_of(stranger.get(reverse("directory:find"), {"words": "choir"}))


@pytest.mark.fault("F14")
def test_gaps_of_one_organisation_are_not_seen_by_another(place: Place, client_for: SignedIn) -> None:
    sent = {"words": "A secret need", "submission_key": str(uuid4())}
    client_for(place.worker).post(reverse("directory:missing"), sent)
    assert "A secret need" not in text_of(client_for(place.stranger_lead).get(reverse("directory:gaps")))
    assert client_for(place.worker).get(reverse("directory:gaps")).status_code == 404


def test_a_referrer_from_elsewhere_sees_no_directory_pages(wexcombe: Place, client_for: SignedIn) -> None:
    client = client_for(wexcombe.referrer)
    for address in (reverse("directory:find"), reverse("directory:missing"), reverse("directory:gaps")):
        assert client.get(address).status_code == 404


def test_the_results_page_costs_the_same_for_one_and_twenty(place: Place, client_for: SignedIn) -> None:
    client = client_for(place.worker)

    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse("directory:find"), {"words": "tea", "place": "ZW1 1AA"}).status_code == 200
        return len(counted)

    load(place, [a_service(1)])
    statements()  # what a process reads once and keeps
    one = statements()
    load(place, [a_service(number) for number in range(1, 21)])
    statements()
    assert statements() == one
