"""If these fail, nobody notices that work is piling up, or anybody can read how much there is."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_whatever_watches_is_told_that_linkwell_answers(client: Client) -> None:
    assert client.get("/healthz/").content == b"ok\n"


def test_numbers_are_for_the_holder_of_the_token_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/metrics").status_code == 404
    monkeypatch.setenv("LINKWELL_METRICS_TOKEN", "a-token")
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer a-token"})
    assert b"linkwell_outbox_failed 0.0" in answer.content
