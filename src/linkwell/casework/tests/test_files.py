"""If these fail, a letter is lost, opened by a stranger, or a virus reaches somebody's computer."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linkwell.attachments.handlers import check_for_viruses, tell_of_harm
from linkwell.attachments.models import Attachment, AttachmentBytes
from linkwell.attachments.periodic import let_go_of_removed_files, look_at_files_again
from linkwell.attachments.tests.clamd_server import EICAR, scanner
from linkwell.attachments.tests.files import letter, photo
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.tasks.models import Task
from tests.place import Member, Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_id(place: Place) -> UUID:
    return accepted(place, place.worker.user_id)


def send(
    place: Place, case_id: UUID, content: bytes, name: str = "letter.pdf", *, by: Member | None = None, **typed: str
) -> BeautifulSoup:
    client = sign_in(by or place.worker)
    file = SimpleUploadedFile(name, content)
    data = {"submission_key": str(new_id()), "file": file, **typed}
    answer = client.post(reverse("casework:files", args=[case_id]), data, follow=True)
    assert answer.status_code in (200, 422)
    return BeautifulSoup(answer.content, "html.parser")


def newest(place: Place) -> Attachment:
    with scoped(place.worker.scope):
        return Attachment.objects.order_by("-pk")[0]


def check(place: Place, settings: LazySettings, row: Attachment) -> Attachment:
    """The scanner looks at it."""
    with scanner() as there:
        settings.CLAMD = there.where
        check_for_viruses(place.system, row.pk)
    return newest(place)


def opened(place: Place, row: Attachment, by: Member | None = None) -> object:
    return sign_in(by or place.worker).get(reverse("attachments:open", args=[row.pk]))


def test_a_photo_is_attached_checked_listed_and_opened(place: Place, settings: LazySettings, case_id: UUID) -> None:
    page = send(place, case_id, photo(), "IMG_2034.jpg", title="Photo of the form")
    assert "Photo of the form.jpg" in page.text
    assert "Being checked for viruses" in page.text
    row = newest(place)
    assert b"cannot be opened now" in opened(place, row).content  # type: ignore[attr-defined]
    row = check(place, settings, row)
    answer = sign_in(place.worker).get(reverse("attachments:open", args=[row.pk]))
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer["Content-Disposition"] == 'attachment; filename="Photo of the form.jpg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    with scoped(place.worker.scope):
        seen = AuditEvent.objects.filter(object_kind="attachment", verb="opened", object_id=row.pk)
        assert [each.actor_id for each in seen] == [place.worker.user_id]
    case_page = sign_in(place.worker).get(reverse("casework:case", args=[case_id]))
    assert b"Photo of the form.jpg" in case_page.content


def test_a_virus_is_kept_out_its_bytes_are_gone_and_people_are_told(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    send(place, case_id, b"Dear all\n" + EICAR, "notes.txt")
    row = check(place, settings, newest(place))
    assert row.state == "harmful"
    tell_of_harm(place.system, row.pk)
    with scoped(place.worker.scope):
        assert not AttachmentBytes.objects.exists()
        owners = {each.owner_id for each in Task.objects.filter(kind__startswith="harmful_file")}
    assert owners == {place.lead.user_id, place.worker.user_id}
    page = sign_in(place.worker).get(reverse("casework:files", args=[case_id]))
    assert b"a virus was found" in page.content
    assert b"We did not keep it" in page.content
    assert b"cannot be opened now" in opened(place, row).content  # type: ignore[attr-defined]


def test_without_an_answer_from_the_scanner_a_file_stays_closed_and_is_tried_again(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    send(place, case_id, letter())
    row = newest(place)
    settings.CLAMD = "/no/such/socket"
    check_for_viruses(place.system, row.pk)
    row = newest(place)
    assert row.state == "unchecked"
    assert row.try_again_at is not None
    assert b"We try again by ourselves" in opened(place, row).content  # type: ignore[attr-defined]
    with scoped(place.system):
        Attachment.objects.update(try_again_at=row.created_at)
    look_at_files_again(place.system)
    assert check(place, settings, newest(place)).state == "clean"


def test_without_any_scanner_the_page_says_so_and_only_a_setting_opens_files(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    settings.CLAMD = ""
    send(place, case_id, letter())
    check_for_viruses(place.system, newest(place).pk)
    row = newest(place)
    assert b"no virus scanner is set up here" in opened(place, row).content  # type: ignore[attr-defined]
    settings.OPEN_UNCHECKED = True
    assert opened(place, row).content.startswith(b"%PDF")  # type: ignore[attr-defined]
    page = sign_in(place.worker).get(reverse("casework:files", args=[case_id]))
    assert b"No virus scanner has looked at this file" in page.content


def test_a_file_that_cannot_be_taken_says_what_to_do_and_keeps_what_was_typed(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    page = send(place, case_id, b"MZ\x90\x00", "letter.pdf", title="From the council")
    assert "We take PDF" in page.text
    box = page.find("input", {"name": "title"})
    assert box is not None
    assert box["value"] == "From the council"
    settings.FILE_BYTES = 20_000
    assert "larger than" in send(place, case_id, b"x" * 50_000).text
    settings.FILES_EACH = 0
    assert "Take one off first" in send(place, case_id, b"A letter").text
    with scoped(place.worker.scope):
        assert not Attachment.objects.exists()


def test_nobody_opens_a_file_whose_record_they_cannot_open(place: Place, settings: LazySettings, case_id: UUID) -> None:
    send(place, case_id, letter())
    row = check(place, settings, newest(place))
    for member in (place.stranger, place.stranger_lead, place.administrator, place.referrer):
        client: Client = sign_in(member)
        for name in ("open", "take_off"):
            assert client.get(reverse(f"attachments:{name}", args=[row.pk])).status_code == 404
        assert client.post(reverse("attachments:put_back", args=[row.pk])).status_code == 404


def test_a_file_is_taken_off_with_a_reason_and_put_back(place: Place, settings: LazySettings, case_id: UUID) -> None:
    send(place, case_id, letter())
    row = check(place, settings, newest(place))
    client = sign_in(place.worker)
    where = reverse("attachments:take_off", args=[row.pk])
    assert client.post(where, {"version": row.version}).status_code == 422
    page = client.post(where, {"version": row.version, "reason": "Somebody else's letter"}, follow=True)
    assert b"The file is taken off" in page.content
    assert b"letter.pdf" not in client.get(reverse("casework:files", args=[case_id])).content
    client.post(reverse("attachments:put_back", args=[row.pk]))
    assert newest(place).state == "waiting"


def test_after_some_days_nothing_of_a_file_that_was_taken_off_is_left(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    send(place, case_id, letter())
    row = check(place, settings, newest(place))
    sign_in(place.worker).post(
        reverse("attachments:take_off", args=[row.pk]), {"version": row.version, "reason": "Wrong person"}
    )
    with scoped(place.system):
        Attachment.objects.update(removed_at="2026-01-01T00:00:00Z")
    let_go_of_removed_files(place.system)
    row = newest(place)
    assert (row.state, row.name) == ("gone", "")
    with scoped(place.system):
        assert not AttachmentBytes.objects.exists()
    assert opened(place, row).status_code == 404  # type: ignore[attr-defined]


@pytest.mark.fault("F17")
def test_the_name_of_a_file_does_not_tell_where_a_restricted_person_is(
    place: Place, settings: LazySettings, case_id: UUID
) -> None:
    send(place, case_id, letter(), "Refuge at 4 Canary Street.pdf")
    row = check(place, settings, newest(place))
    assert row.person_id is not None
    people.restrict_person(scope=place.lead.scope, person_id=row.person_id, restricted=True, reason="Made up")
    client = sign_in(place.worker)
    pages = [reverse("casework:files", args=[case_id]), reverse("casework:case", args=[case_id])]
    pages += [reverse(f"attachments:{name}", args=[row.pk]) for name in ("open", "take_off")]
    for url in pages:
        answer = client.get(url)
        assert b"Canary Street" not in answer.content
        assert "Canary" not in answer.get("Content-Disposition", "")


def test_the_bytes_and_the_name_are_unreadable_in_the_database(place: Place, case_id: UUID) -> None:
    from django.db import connection

    send(place, case_id, b"canarycontent", "canaryname.txt")
    with scoped(place.worker.scope), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM attachments_attachment")
        assert "canaryname" not in cursor.fetchone()[0]
        cursor.execute("SELECT content FROM attachments_attachmentbytes")
        assert b"canarycontent" not in bytes(cursor.fetchone()[0])
