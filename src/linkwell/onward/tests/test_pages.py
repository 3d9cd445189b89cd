"""If these fail, a volunteer with a phone cannot answer, or opening an e-mail answers for them."""

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.onward import queries
from linkwell.onward.tests.conftest import SURNAME, Asked

pytestmark = pytest.mark.django_db


def page(asked: Asked, what: str = "") -> str:
    if what:
        return reverse("onward:give", kwargs={"token": asked.token, "what": what})
    return reverse("onward:answer", kwargs={"token": asked.token})


@pytest.mark.fault("F21")
def test_opening_every_page_of_a_link_changes_nothing(asked: Asked, client: Client) -> None:
    before = asked.version
    for what in ("", "yes", "waiting", "no", "ask", "came", "worried"):
        assert client.get(page(asked, what)).status_code == 200
    for name in ("full", "right", "code"):
        address = reverse(f"onward:{name}", kwargs={"token": asked.token})
        assert client.get(address).status_code == 405
    assert asked.version == before


def test_the_page_shows_a_first_name_and_the_agreed_words_only(asked: Asked, client: Client) -> None:
    words = client.get(page(asked)).content.decode()
    assert "Beryl" in words
    assert "would like company at lunch" in words
    assert SURNAME not in words


def test_yes_no_and_waiting_each_work_without_an_account(asked: Asked, client: Client) -> None:
    response = client.post(page(asked, "yes"), {"version": asked.version}, follow=True)
    assert response.status_code == 200
    assert "You said yes" in response.content.decode()
    assert asked.state == "accepted"


def test_a_wrong_answer_says_what_to_mend(asked: Asked, client: Client) -> None:
    response = client.post(page(asked, "waiting"), {"version": asked.version, "weeks": "many"})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert asked.state == "sent"


@pytest.mark.fault("F33")
def test_an_answer_given_twice_keeps_the_typed_words(asked: Asked, client: Client) -> None:
    seen = asked.version
    client.post(page(asked, "yes"), {"version": seen})
    response = client.post(page(asked, "no"), {"version": seen, "reason": "other", "other": "We moved house"})
    assert response.status_code == 409
    assert "We moved house" in response.content.decode()


@pytest.mark.fault("F39")
def test_a_closed_link_and_one_that_never_was_look_the_same(asked: Asked, client: Client) -> None:
    client.post(page(asked, "no"), {"version": asked.version, "reason": "We are full"})
    closed = Client().get(page(asked))
    never = Client().get(reverse("onward:answer", kwargs={"token": "never-was"}))
    assert (closed.status_code, closed.content) == (never.status_code, never.content)


def test_a_worker_reads_the_answer_and_what_can_be_done(asked: Asked, client_for: object) -> None:
    client = client_for(asked.place.worker)  # type: ignore[operator]
    response = client.get(reverse("onward:one", kwargs={"onward_id": asked.onward_id}))
    assert response.status_code == 200
    assert "Waiting for the group to answer" in response.content.decode()


@pytest.mark.fault("F14")
def test_a_stranger_gets_the_page_of_something_that_is_not_there(asked: Asked, client_for: object) -> None:
    client = client_for(asked.place.stranger)  # type: ignore[operator]
    for name, key, value in (
        ("one", "onward_id", asked.onward_id),
        ("withdraw", "onward_id", asked.onward_id),
        ("find", "case_id", asked.case_id),
    ):
        assert client.get(reverse(f"onward:{name}", kwargs={key: value})).status_code == 404


def test_the_list_of_one_person_costs_the_same_with_one_and_with_twenty(asked: Asked) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linkwell.kernel.ids import new_id
    from linkwell.onward import actions
    from linkwell.onward.details import OnwardDetails

    with CaptureQueriesContext(connection) as one:
        assert len(queries.of_case(asked.worker, asked.case_id)) == 1
    for _ in range(19):
        actions.refer_onward(
            scope=asked.worker,
            case_id=asked.case_id,
            service_id=asked.service_id,
            submission_key=new_id(),
            details=OnwardDetails("would like company"),
        )
    with CaptureQueriesContext(connection) as twenty:
        assert len(queries.of_case(asked.worker, asked.case_id)) == 20
    assert len(twenty) == len(one)
