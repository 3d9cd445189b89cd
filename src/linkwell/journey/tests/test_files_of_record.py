"""If these fail, a letter about somebody is given out unread, or stays when everything about them was to go."""

import io
import zipfile
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.urls import reverse

from linkwell.attachments.preparing import Ready
from linkwell.attachments.queries import files_of
from linkwell.casework.actions.files import attach_to_case
from linkwell.core import erasing
from linkwell.core.database import scoped
from linkwell.journey.bundle import bundle
from linkwell.journey.tests.people import person_of, supported
from linkwell.kernel.ids import new_id
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


def with_a_file(place: Place) -> tuple[UUID, UUID, UUID]:
    """A person, their case and a file of it."""
    case_id = supported(place)
    file = Ready("Council letter.txt", "text", b"canary letter")
    made = attach_to_case(scope=place.worker.scope, case_id=case_id, submission_key=new_id(), file=file)
    return person_of(place, case_id), case_id, made


def test_a_file_goes_into_the_copy_only_where_somebody_decided(place: Place, settings: LazySettings) -> None:
    settings.OPEN_UNCHECKED = True
    person_id, _, made = with_a_file(place)
    assert b"canary letter" not in b"".join(members(bundle(place.worker.scope, person_id)).values())
    page = reverse("journey:everything", args=[person_id])
    client = sign_in(place.worker)
    assert "Council letter.txt" in client.get(page).content.decode()
    client.post(page, {"about": str(made), "choice": "include", "reason": "It is about them alone"})
    assert members(bundle(place.worker.scope, person_id))["files/1-Council letter.txt"] == b"canary letter"


def members(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_erasing_somebody_finds_their_files_and_the_bytes_of_them(place: Place) -> None:
    person_id, case_id, made = with_a_file(place)
    with scoped(place.system):
        going = erasing.look(place.organisation_id, {"people.Person": [person_id]})
    assert going.counts["attachment"] == 1
    assert going.counts["attachment bytes"] == 1
    assert made in going.ids
    assert [row.id for row in files_of(place.worker.scope, [case_id])] == [made]
