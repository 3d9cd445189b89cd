"""Pages of a death, of a child and of who can decide: gentle, complete, and only for the care team."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.kernel import clock
from linkwell.people import actions, queries
from linkwell.people.children import AdultDetails
from linkwell.people.death import DeathDetails, in_words, problems, together
from linkwell.people.tests.people import BORN, add, dot
from tests.place import Member, Place

SignIn = Callable[[Member], Client]
PAGES = ["death", "young_person", "school", "add_adult", "own_decision", "capacity", "judge_capacity", "add_acts_for",
         "best_interests"]  # fmt: skip
TODAY = {"day": clock.today().day, "month": clock.today().month, "year": clock.today().year}


def on(name: str) -> dict[str, str]:
    return {f"{name}_{part}": str(value) for part, value in TODAY.items()}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_care_team_and_is_not_there_for_others(
    place: Place, client_for: SignIn, name: str
) -> None:
    address = reverse(f"people:{name}", args=[dot(place.worker.scope)])
    worker = client_for(place.worker)
    assert worker.get(address).status_code == 200
    for outsider in (place.stranger, place.referrer, place.administrator):
        assert client_for(outsider).get(address).status_code == 404
        assert client_for(outsider).post(address, {}).status_code == 404
    assert worker.get(reverse(f"people:{name}", args=[uuid4()])).status_code == 404
    if name not in ("young_person", "capacity"):
        assert b"There is a problem" in worker.post(address, {}).content


def banner_of(client: Client, person: UUID) -> str:
    page = BeautifulSoup(client.get(f"/people/{person}/").content, "html.parser")
    return " ".join((page.select_one(".lw-person") or page).get_text(" ", strip=True).split())


def test_the_top_of_the_page_says_that_they_have_died_and_offers_no_number(place: Place, client_for: SignIn) -> None:
    scope, person = place.worker.scope, dot(place.worker.scope)
    actions.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700900123", told_by="person")
    client = client_for(place.worker)
    assert "07700 900123" in banner_of(client, person)
    sent = client.post(
        reverse("people:death", args=[person]), {"source": "gp", "month": "3", "year": "2026", "confirmed": "yes"}
    )
    assert sent.status_code == 302
    shown = banner_of(client, person)
    assert "Died in March 2026 (told to us by the GP practice)" in shown
    assert "Do not try to reach them" in shown
    assert "07700 900123" not in shown
    assert queries.banner(scope, person).ring == ""


def test_a_mistake_is_put_right_from_the_same_page(place: Place, client_for: SignIn) -> None:
    scope, person = place.worker.scope, dot(place.worker.scope)
    actions.record_death(scope=scope, person_id=person, details=DeathDetails(source="feed"))
    client = client_for(place.worker)
    assert b"This is a mistake" in client.get(reverse("people:death", args=[person])).content
    address = reverse("people:undo_death", args=[person])
    assert b"There is a problem" in client.post(address, {}).content
    assert client.post(address, {"reason": "Another Dorothy"}).status_code == 302
    assert not queries.has_died(scope, person)
    assert "Died" not in banner_of(client, person)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        (DeathDetails(year=2026, month=3, day=12), "on 12 March 2026"),
        (DeathDetails(year=2026, month=3), "in March 2026"),
        (DeathDetails(year=2026), "in 2026"),
        (DeathDetails(), ""),
    ],
)
def test_a_day_known_in_part_is_said_as_far_as_it_is_known(details: DeathDetails, words: str) -> None:
    assert in_words(details) == words
    assert not problems(details, BORN)


@pytest.mark.parametrize(
    ("details", "where"),
    [
        (DeathDetails(month=3), "year"),
        (DeathDetails(year=2026, day=3), "month"),
        (DeathDetails(year=2025, month=2, day=30), "day"),
        (DeathDetails(year=clock.today().year + 1), "year"),
        (DeathDetails(year=1950), "year"),
        (DeathDetails(year=99, month=1), "day"),
    ],
)
def test_a_day_that_cannot_be_is_sent_back_with_what_to_mend(
    place: Place, client_for: SignIn, details: DeathDetails, where: str
) -> None:
    assert set(problems(details, BORN)) == {where}


def test_what_another_system_says_later_takes_nothing_away() -> None:
    known = DeathDetails("gp", confirmed=True, year=2026, month=3, day=12, told_by_name="Dr Bell")
    assert together(known, DeathDetails("feed")) == known
    assert together(known, DeathDetails("feed", year=2025)) == known
    told = together(DeathDetails("feed"), known)
    assert told == known


def test_parents_are_apart_and_do_not_contact_is_seen_by_everyone_who_might_ring(
    place: Place, client_for: SignIn
) -> None:
    scope = place.worker.scope
    person = add(scope, "Robin", "Baker", date_of_birth=clock.today().replace(year=clock.today().year - 12, day=1))
    client = client_for(place.worker)
    mother = {"name": "Jo Baker", "relationship": "mother", "responsibility": "yes", "how_known": "certificate",
              "may_contact": "yes", "phone": "07700 900222", "safe_text": "yes", "safe_email": "not_asked"}  # fmt: skip
    assert client.post(reverse("people:add_adult", args=[person]), mother).status_code == 302
    father = AdultDetails("Karl Baker", "father", may_contact="no", phone="07700 900333")
    adult = actions.add_responsible_adult(scope=scope, person_id=person, details=father)
    client.post(
        reverse("people:school", args=[person]),
        {"version": "0", "school": "Mill School", "looked_after": "in_care", "local_authority": "Wexcombe Council"},
    )
    shown = banner_of(client, person)
    assert "Jo Baker (mother): has parental responsibility, may be contacted" in shown
    assert "Do not contact Karl Baker (father)" in shown
    assert "Looked after by Wexcombe Council" in shown
    page = client.get(reverse("people:young_person", args=[person])).content.decode()
    assert "Mill School" in page
    assert "07700 900333" not in page
    assert client.post(reverse("people:end_adult", args=[person, adult])).status_code == 302
    assert "Karl" not in banner_of(client, person)


def test_a_refused_yes_comes_back_with_the_reason_beside_the_question(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    client = client_for(place.worker)
    typed = {"subject": "tell_gp", "answer": "agreed", "how": "reported", "agreed_by": "relative"}
    answer = client.post(reverse("people:agreements", args=[person]), typed)
    assert b"A relative or friend cannot agree for them" in answer.content
    assert queries.agreement(place.worker.scope, person, "tell_gp") is None
    assert client.post(reverse("people:agreements", args=[person]), typed | {"agreed_by": "person"}).status_code == 302


def test_judging_acting_and_deciding_are_written_down_and_read_back(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    client = client_for(place.worker)
    judged = {"decision": "onward", "in_words": "Going to the lunch club", "assessed_by_name": "Sam Okafor",
              "help_given": "Pictures", "understands": "yes", "remembers": "yes", "weighs": "no", "tells": "yes",
              "reasons": "She forgets that she cannot get home alone"} | on("assessed_on")  # fmt: skip
    assert client.post(reverse("people:judge_capacity", args=[person]), judged).status_code == 302
    best = {"decision": "onward", "agreed": "yes", "what_was_decided": "She goes with a volunteer",
            "their_wishes": "She loves company", "consulted": "Her son", "decided_by_name": "Sam"}  # fmt: skip
    assert client.post(reverse("people:best_interests", args=[person]), best | on("decided_on")).status_code == 302
    acts = {"kind": "attorney_health", "name": "Ann Baker", "phone": "07700 900111"}
    assert client.post(reverse("people:add_acts_for", args=[person]), acts).status_code == 302
    row = queries.capacity(place.worker.scope, person).acts_for[0]
    page = client.get(reverse("people:capacity", args=[person])).content.decode()
    assert "Cannot decide now" in page
    assert "Document not seen" in page
    assert "She goes with a volunteer" in page
    assert client.post(reverse("people:document_seen", args=[person, row.id])).status_code == 302
    made = queries.capacity(place.worker.scope, person)
    assert made.acts_for[0].document_seen_by == "Sam Okafor"
    assert (
        client.post(reverse("people:end_best_interests", args=[person, made.best_interests[0].id])).status_code == 302
    )
    assert client.post(reverse("people:end_acts_for", args=[person, row.id])).status_code == 302
