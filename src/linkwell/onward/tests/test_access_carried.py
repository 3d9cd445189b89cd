"""If these fail, a group does not know what would make it work, and somebody stands before a stair."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linkwell.onward.tests.conftest import Asked
from linkwell.people import actions as people
from linkwell.people.access import AccessWords
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
NEEDS = AccessWords(language="Arabic", interpreter="spoken", reading="large", adjustments="Someone to meet her")


def test_what_they_need_is_in_the_words_for_the_group_before_anybody_types(
    place: Place, supported: tuple[UUID, UUID], new_service: Callable[..., UUID]
) -> None:
    person_id, case_id = supported
    people.record_access(scope=place.worker.scope, person_id=person_id, expected_version=0, access=NEEDS)
    page = sign_in(place.worker).get(f"/onward/for/{case_id}/refer/{new_service()}/").content.decode()
    assert "Interpreter: Arabic. Large print. Someone to meet her" in page


def test_the_group_sees_what_would_make_it_work(asked: Asked, client: Client) -> None:
    page = client.get(f"/answer/{asked.token}/").content.decode()
    assert "step-free, please" in page


def test_nobody_is_referred_on_a_yes_that_a_relative_spoke_for_them(
    place: Place, supported: tuple[UUID, UUID], new_service: Callable[..., UUID]
) -> None:
    person_id, case_id = supported
    people.record_access(scope=place.worker.scope, person_id=person_id, expected_version=0, access=NEEDS)
    client, address = sign_in(place.worker), f"/onward/for/{case_id}/refer/{new_service()}/"
    yes = {"need_words": "Company", "agreed_how": "spoken", "submission_key": str(uuid4())}
    assert "Who interpreted?" in client.get(address).content.decode()
    assert "Choose who interpreted" in client.post(address, yes).content.decode()
    refused = client.post(address, yes | {"interpreted_by": "relative"})
    assert "Ask them again with an interpreter" in refused.content.decode()
    assert client.post(address, yes | {"interpreted_by": "staff"}).status_code == 302
