"""If these fail, somebody who rings is added twice, or their support has no referral behind it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import queries as cases
from linkwell.core.database import scoped
from linkwell.journey.tests.people import person_of, supported
from linkwell.people.models import Person
from linkwell.referrals.models import Referral
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
ADDRESS = "/people/add/"


def typed(**more: str) -> dict[str, str]:
    return {
        "submission_key": str(uuid4()),
        "source": "self",
        "given_name": "Joan",
        "family_name": "Pickering",
        "date_of_birth_day": "2",
        "date_of_birth_month": "5",
        "date_of_birth_year": "1948",
        "phone": "07700 900555",
        "why": "She would like company.",
        "knows": "agrees",
    } | more


def words(answer: object) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)  # type: ignore[attr-defined]


def test_a_lead_opens_support_for_somebody_on_the_phone_and_it_has_a_referral(place: Place, client_for: SignIn) -> None:
    client = client_for(place.lead)
    assert BeautifulSoup(client.get("/people/").content, "html.parser").find("a", href=ADDRESS) is not None
    sent = typed(worker=str(place.worker.user_id))
    for _ in range(2):
        answer = client.post(ADDRESS, sent, follow=True)
        assert answer.redirect_chain
    with scoped(place.lead.scope):
        (referral,) = Referral.objects.filter(source="self", family_name="Pickering")
        assert (referral.state, referral.sender_user_id) == ("accepted", place.lead.user_id)
    case = cases.case_of_referral(place.lead.scope, referral.pk)
    assert case is not None
    assert (case.worker_id, answer.redirect_chain[-1][0]) == (
        place.worker.user_id,
        reverse("casework:case", args=[case.id]),
    )


def test_a_link_workers_referral_waits_for_a_lead(place: Place, client_for: SignIn) -> None:
    answer = client_for(place.worker).post(ADDRESS, typed(), follow=True)
    assert "is in triage" in words(answer)
    with scoped(place.worker.scope):
        assert Referral.objects.get(family_name="Pickering").state == "received"
        assert not Person.objects.filter(family_name="Pickering").exists()


@pytest.mark.fault("F10")
def test_somebody_who_is_here_already_is_shown_before_anything_is_saved(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    person_id = person_of(place, case_id)
    client = client_for(place.lead)
    page = client.post(ADDRESS, typed(worker="waiting"))
    assert page.status_code == 422
    assert "They may be here already" in words(page)
    assert "Answer the question: Are they already here?" in words(page)
    with scoped(place.lead.scope):
        assert Person.objects.filter(family_name="Pickering").count() == 1
        assert Referral.objects.filter(family_name="Pickering").count() == 1
    answer = client.post(ADDRESS, typed(same_as=str(person_id)))
    assert answer["Location"] == reverse("journey:person", args=[person_id])
    answer = client.post(ADDRESS, typed(same_as="none", worker="waiting"))
    assert answer.status_code == 302
    with scoped(place.lead.scope):
        assert Person.objects.filter(family_name="Pickering").count() == 2


def test_what_somebody_else_tells_needs_their_name_and_is_told_to_us(place: Place, client_for: SignIn) -> None:
    client = client_for(place.lead)
    page = client.post(ADDRESS, typed(source="relative", worker="waiting"))
    assert "Enter the name of whoever is telling you" in words(page)
    client.post(ADDRESS, typed(source="relative", told_by_name="Ann Pickering", worker="waiting"))
    with scoped(place.lead.scope):
        person = Person.objects.get(family_name="Pickering")
        (point,) = person.contact_points.all()
        assert (person.told_by, point.told_by_name, point.confirmed_at) == ("relative", "Ann Pickering", None)


def test_nobody_outside_the_care_team_finds_the_page(place: Place, client_for: SignIn) -> None:
    for outsider in (place.referrer, place.administrator):
        assert client_for(outsider).get(ADDRESS).status_code == 404
