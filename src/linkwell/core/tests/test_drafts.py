"""If this fails, an address with a long name in it ends in an error page."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tests.place import Member, Place


@pytest.mark.django_db
def test_a_draft_of_a_form_that_cannot_be_finds_nothing(place: Place, client_for: Callable[[Member], Client]) -> None:
    client = client_for(place.worker)
    assert client.post(f"/drafts/{'a' * 200}/{uuid4()}/", {"note": "x"}).status_code == 404
    assert client.post(f"/drafts/writeup/{uuid4()}/", {"note": "x"}).status_code == 200
