"""If these fail, a couple's two records run into one another, or one of them learns of the other's support."""

from uuid import UUID

import pytest
from django.test import Client

from linkwell.people import actions, queries
from linkwell.people.details import PersonDetails, RelatedDetails
from linkwell.people.tests.people import add
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(place: Place) -> tuple[UUID, UUID]:
    scope = place.worker.scope
    return add(scope, "Amina", "Yusuf"), add(scope, "Bilal", "Canarypartner")


@pytest.fixture
def together(place: Place, two: tuple[UUID, UUID]) -> UUID:
    return actions.link_household(scope=place.worker.scope, one_id=two[0], other_id=two[1], relationship="partner")


def say(place: Place, person_id: UUID, link_id: UUID, *, agreed: bool) -> None:
    actions.answer_household(
        scope=place.worker.scope, person_id=person_id, link_id=link_id, agreed=agreed, asked_alone=True
    )


def pages(place: Place, person_id: UUID) -> str:
    client: Client = sign_in(place.worker)
    routes = ("together/", "contacts/", "access/", "agreements/", "safe-contact/", "needs/")
    return "".join(client.get(f"/people/{person_id}/{each}").content.decode() for each in routes)


def test_nobody_is_named_before_both_have_said_yes_alone(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    for step in (None, two[0]):
        if step:
            say(place, step, together, agreed=True)
        assert "Canarypartner" not in pages(place, two[0])
        assert queries.household(place.worker.scope, two[0])[0].other_id is None
    say(place, two[1], together, agreed=True)
    assert "Canarypartner" in pages(place, two[0])


def test_a_no_of_one_hides_both_again(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    for each in two:
        say(place, each, together, agreed=True)
    say(place, two[1], together, agreed=False)
    assert "Canarypartner" not in pages(place, two[0])
    assert "Amina" not in pages(place, two[1])


def test_somebody_kept_apart_is_on_nobodys_page(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    for each in two:
        say(place, each, together, agreed=True)
    actions.restrict_person(scope=place.lead.scope, person_id=two[1], restricted=True, reason="Moved to a safe place")
    assert "Canarypartner" not in pages(place, two[0])


def test_an_answer_given_in_company_does_not_count(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    page = sign_in(place.worker).post(f"/people/{two[0]}/together/{together}/answer/", {"agreed": "yes"})
    assert "Ask when they are alone" in page.content.decode()
    assert queries.household(place.worker.scope, two[0])[0].agreed is None


def test_the_same_two_are_linked_once_and_can_be_parted(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    scope = place.worker.scope
    assert actions.link_household(scope=scope, one_id=two[1], other_id=two[0], relationship="family") == together
    sign_in(place.worker).post(f"/people/{two[1]}/together/{together}/end/")
    assert queries.household(scope, two[0]) == ()


@pytest.mark.fault("F14")
def test_a_stranger_finds_nothing(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    client = sign_in(place.stranger)
    for each in ("together/", f"together/{together}/answer/", "together/find/", f"together/find/{two[1]}/"):
        assert client.get(f"/people/{two[0]}/{each}").status_code == 404
    assert client.post(f"/people/{two[0]}/together/{together}/end/").status_code == 404


def test_a_carer_with_a_record_of_their_own_keeps_it_their_own(place: Place, two: tuple[UUID, UUID]) -> None:
    scope = place.worker.scope
    related = RelatedDetails("Bilal Canarypartner", "husband", "", True, False, "person")
    related_id = actions.add_related_contact(scope=scope, person_id=two[0], details=related)
    client = sign_in(place.worker)
    found = client.get(f"/people/{two[0]}/together/find/?q=Bilal&for={related_id}").content.decode()
    address = f"/people/{two[0]}/together/own-record/{two[1]}/?for={related_id}"
    assert address in found
    assert client.post(address).status_code == 302
    row = queries.household(scope, two[1])[0]
    assert (row.relationship_words, row.other_name) == ("Somebody they care for", "")
    details = PersonDetails("Bilal", "Canarypartner", address="9 Canary Road", told_by="person")
    version = queries.contact_card(scope, two[1]).version
    actions.change_person(scope=scope, person_id=two[1], expected_version=version, details=details)
    assert "Canary Road" not in pages(place, two[0])


def test_a_yes_through_a_relative_names_nobody(place: Place, two: tuple[UUID, UUID], together: UUID) -> None:
    # Whoever interprets at home may be the other of the two.
    actions.add_requirement(
        scope=place.worker.scope, person_id=two[0], kind="interpreter", detail="Interpreter: Arabic"
    )
    client, page = sign_in(place.worker), f"/people/{two[0]}/together/{together}/answer/"
    yes = {"agreed": "yes", "asked_alone": "on"}
    assert "Choose who interpreted" in client.post(page, yes).content.decode()
    refused = client.post(page, yes | {"interpreted_by": "relative"})
    assert "Ask them again with an interpreter" in refused.content.decode()
    assert client.post(page, yes | {"interpreted_by": "professional"}).status_code == 302
