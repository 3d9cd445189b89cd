"""If these fail, the copy for the person holds what others said in confidence, or leaves out what they say."""

import io
import json
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import queries as cases
from linkwell.journey.bundle import NAMES, bundle
from linkwell.journey.tests.people import CONCERN, HIDDEN, HOME, THIRD_PARTY, person_of, supported, talk
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails
from linkwell.people.queries.statements import statements
from linkwell.workforce import actions as workforce
from linkwell.workforce.queries import talks_waiting
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
BETWEEN_TWO = "zebra-said-to-the-lead"
COPIES = ("record", "record_export")


def somebody(place: Place) -> tuple[UUID, UUID]:
    """A person with a note of somebody else's words, a concern and a key safe: the person, and the conversation."""
    case_id = supported(place)
    person_id, scope = person_of(place, case_id), place.worker.scope
    note = talk(place, case_id, note="We talked about the choir.", third_party_note=THIRD_PARTY)
    people.raise_concern(scope=scope, person_id=person_id, concern=ConcernDetails(about="Joan", what_happened=CONCERN))
    people.record_home_access(scope=scope, person_id=person_id, note=HOME)
    return person_id, note


def parts(whole: bytes) -> tuple[dict[str, object], str]:
    """The file for computers, and all that can be read as text, of a zip file."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert tuple(archive.namelist()) == NAMES
        assert archive.read("your-record.pdf").startswith(b"%PDF")
        text = archive.read("your-record.json").decode()
        return json.loads(text), text + archive.read("read-me.txt").decode()


@pytest.mark.fault("F16")
def test_what_others_told_us_is_left_out_until_somebody_decides(place: Place, client_for: SignIn) -> None:
    person_id, note = somebody(place)
    client, page = client_for(place.worker), reverse("journey:everything", args=[person_id])
    content, text = parts(client.get(reverse("journey:everything_file", args=[person_id])).content)
    assert not any(each in text for each in HIDDEN)
    assert content["left_out_of_what_others_told_us"] == 1
    assert "1 thing that somebody else told us about you is not in this copy" in text
    assert THIRD_PARTY in client.get(page).content.decode()
    empty = client.post(page, {"about": str(note), "choice": "include", "reason": ""})
    assert "There is a problem" in empty.content.decode()
    client.post(page, {"about": str(note), "choice": "include", "reason": "Her son agrees"})
    content, text = parts(bundle(place.worker.scope, person_id))
    assert THIRD_PARTY in text
    assert not any(each in text for each in HIDDEN if each != THIRD_PARTY)
    client.post(page, {"about": str(note), "choice": "leave_out", "reason": "He changed his mind"})
    assert THIRD_PARTY not in parts(bundle(place.worker.scope, person_id))[1]


def test_what_they_do_not_agree_with_stands_beside_the_note_and_goes_into_the_copy(
    place: Place, client_for: SignIn
) -> None:
    person_id, note = somebody(place)
    client, at_note = client_for(place.worker), reverse("casework:conversation", args=[note])
    found = BeautifulSoup(client.get(at_note).content, "html.parser")
    link = found.find("a", string="The person does not agree with this note")
    assert link is not None
    address = str(link["href"])
    assert "We talked about the choir." in client.get(address).content.decode()
    client.post(address.split("?", maxsplit=1)[0], {"about": str(note), "text": "I never said that"})
    shown = client.get(at_note).content.decode()
    assert "I never said that" in shown
    assert "We talked about the choir." in shown
    assert cases.interaction(place.worker.scope, note).newest_note == "We talked about the choir."
    assert "I never said that" in parts(bundle(place.worker.scope, person_id))[1]
    assert [row.about_id for row in statements(place.worker.scope, person_id)] == [note]


def test_a_note_of_somebody_else_cannot_be_spoken_of_here(place: Place, client_for: SignIn) -> None:
    person_id, _ = somebody(place)
    other = talk(place, supported(place, "Ann"))
    address = reverse("journey:do_not_agree", args=[person_id])
    for about in (str(other), "nonsense"):
        assert client_for(place.worker).get(address, {"about": about}).status_code == 404
    for name in ("everything", "everything_file", "do_not_agree"):
        for outsider in (place.stranger, place.referrer):
            assert client_for(outsider).get(reverse(f"journey:{name}", args=[person_id])).status_code == 404


@pytest.mark.fault("F17")
def test_where_a_restricted_person_lives_is_in_no_copy(place: Place) -> None:
    person_id, _ = somebody(place)
    people.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason="Her husband")
    _, text = parts(bundle(place.worker.scope, person_id))
    assert not any(each in text for each in ("BS1 4DJ", "Quay Street", "07700", "Her husband"))


def test_what_was_decided_with_the_lead_is_theirs_to_read_and_what_the_two_said_is_not(
    place: Place, client_for: SignIn
) -> None:
    case_id = supported(place)
    person_id = person_of(place, case_id)
    workforce.ask_to_talk(scope=place.worker.scope, case_id=case_id, words=BETWEEN_TWO)
    [asked] = talks_waiting(place.lead.scope).rows
    workforce.answer_talk(
        scope=place.lead.scope, talk_id=asked.id, expected_version=asked.version, decision="Visit in pairs from now on"
    )
    workforce.record_supervision(
        scope=place.worker.scope,
        worker_id=place.worker.user_id,
        with_whom_id=place.lead.user_id,
        held_on=clock.today(),
        topics=BETWEEN_TWO,
        steps=BETWEEN_TWO,
        cases=[case_id],
    )
    _, text = parts(bundle(place.worker.scope, person_id))
    client = client_for(place.worker)
    copies = [text, *(client.get(reverse(f"journey:{name}", args=[person_id])).content.decode() for name in COPIES)]
    for copy in copies:
        assert "Visit in pairs from now on" in copy
        assert BETWEEN_TWO not in copy
    assert BETWEEN_TWO not in client.get(reverse("journey:everything", args=[person_id])).content.decode()
