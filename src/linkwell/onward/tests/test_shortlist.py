"""If these fail, a list somebody takes home gives them away, or goes where it is not safe."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.models import Service
from linkwell.kernel.errors import Invalid
from linkwell.messaging.models import Message
from linkwell.onward.actions import shortlists
from linkwell.onward.tests.conftest import SURNAME
from linkwell.people import actions as people
from linkwell.people.details import SafeAnswers
from tests.place import Member, Place

Supported = tuple[UUID, UUID]


def test_a_shortlist_of_one_person_is_shared_by_who_supports_them_and_is_not_anybodys_own(
    place: Place, supported: Supported, new_service: Callable[..., UUID], client_for: Callable[[Member], Client]
) -> None:
    _, case_id = supported
    service_id = new_service()
    address = reverse("onward:put_aside", args=[case_id, service_id])
    for _ in range(2):
        assert client_for(place.worker).post(address).status_code == 302
    colleague = client_for(place.colleague)
    page = colleague.get(reverse("onward:shortlist", args=[case_id])).content.decode()
    assert (page.count("Take off"), "Tuesday Table" in page) == (1, True)
    assert queries.shortlist(place.worker.scope) == ()
    assert client_for(place.stranger).post(address).status_code == 404
    colleague.post(reverse("onward:take_off", args=[case_id, service_id]))
    assert queries.shortlist(place.worker.scope, case_id) == ()


def test_a_list_goes_by_a_safe_way_alone_and_neither_message_nor_page_says_whose_it_is(
    place: Place, supported: Supported, new_service: Callable[..., UUID], client: Client
) -> None:
    person_id, case_id = supported
    scope = place.worker.scope
    table, refuge = new_service(), new_service("Women's Refuge")
    with scoped(scope):
        Service.objects.filter(pk=refuge).update(needs=["safe"])
    for each in (table, refuge):
        shortlists.put_aside_for(scope=scope, case_id=case_id, service_id=each)
    with pytest.raises(Invalid, match="Nothing was sent"):
        shortlists.send_list(scope=scope, case_id=case_id)
    answers = SafeAnswers(phone=True, text=True, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=scope, person_id=person_id, answers=answers)
    shortlists.send_list(scope=scope, case_id=case_id)
    with scoped(scope):
        [message] = Message.objects.filter(template="person_link")
    assert "Table" not in message.body
    link = message.body[message.body.index("/places/") :].split()[0]
    page = client.get(link).content.decode()
    assert "Tuesday Table" in page
    assert not {"Refuge", "Beryl", SURNAME} & set(page.replace("<", " ").replace(">", " ").split())
    assert "lw-sheet--large" in client.get(f"{link}?look=large").content.decode()
    assert client.get("/places/guessed/").status_code == 404
    with pytest.raises(Invalid):
        shortlists.send_list_to_referrer(scope=scope, case_id=case_id, submission_key=person_id)
