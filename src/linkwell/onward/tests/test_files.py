"""If these fail, a group reads a letter nobody agreed to, or one sent in confidence is opened from a stray link."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from linkwell.attachments.preparing import Ready
from linkwell.casework.actions.files import attach_to_case
from linkwell.core.database import scoped
from linkwell.kernel.errors import NotFound
from linkwell.kernel.ids import new_id
from linkwell.onward import actions
from linkwell.onward.links import hashed
from linkwell.onward.models import AnswerLink
from linkwell.onward.proofs import proof
from linkwell.onward.queries.files import files_for_group, files_sent
from linkwell.onward.tests.conftest import Asked
from linkwell.people.models import Agreement
from tests.place import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(asked: Asked, settings: LazySettings) -> UUID:
    settings.OPEN_UNCHECKED = True
    file = Ready("Letter.txt", "text", b"canary letter")
    return attach_to_case(scope=asked.worker, case_id=asked.case_id, submission_key=new_id(), file=file)


def send(asked: Asked, letter: UUID, **more: str) -> BeautifulSoup:
    data = {"file": str(letter), "agreed_how": "spoken", "submission_key": str(new_id()), **more}
    answer = sign_in(asked.place.worker).post(reverse("onward:send_file", args=[asked.onward_id]), data, follow=True)
    return BeautifulSoup(answer.content, "html.parser")


def test_without_the_persons_yes_to_this_file_nothing_is_sent(asked: Asked, letter: UUID) -> None:
    assert "Without their yes it is not sent" in send(asked, letter).text
    assert files_sent(asked.worker, asked.onward_id) == ()
    assert "The file is sent on" in send(asked, letter, agreed="on").text
    with scoped(asked.worker):
        assert Agreement.objects.filter(object_id=asked.onward_id, note__startswith="A file to").count() == 1


def test_the_group_opens_it_after_its_yes_and_its_code_and_not_from_the_link_alone(asked: Asked, letter: UUID) -> None:
    send(asked, letter, agreed="on")
    with pytest.raises(NotFound):
        files_for_group(asked.group)
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    (copy,) = files_for_group(asked.group)
    where = reverse("onward:file", args=[asked.token, copy.id])
    client = Client()
    assert client.get(where).status_code == 405
    for wrong in ("", "made-up", proof(asked.group)[:-1]):
        assert client.post(where, {"proof": wrong}).status_code == 302
    opened = client.post(where, {"proof": proof(asked.group)})
    assert opened.content == b"canary letter"
    assert opened["Content-Disposition"].startswith("attachment")
    for other in (letter, new_id()):
        away = client.post(reverse("onward:file", args=[asked.token, other]), {"proof": proof(asked.group)})
        assert away.status_code == 404


def test_the_page_behind_the_code_lists_what_was_sent(asked: Asked, letter: UUID) -> None:
    send(asked, letter, agreed="on")
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    actions.send_code(scope=asked.group)
    AnswerLink.objects.filter(token_hash=hashed(asked.token)).update(code_hash=hashed("BCDFGH"))
    page = Client().post(reverse("onward:contact", args=[asked.token]), {"code": "BCDFGH"})
    assert "Letter.txt" in page.content.decode()


def test_what_was_taken_off_or_taken_back_is_closed_to_the_group(asked: Asked, letter: UUID) -> None:
    send(asked, letter, agreed="on")
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    (copy,) = files_for_group(asked.group)
    key = proof(asked.group)
    sign_in(asked.place.worker).post(
        reverse("attachments:take_off", args=[copy.id]), {"version": copy.version, "reason": "They changed their mind"}
    )
    where = reverse("onward:file", args=[asked.token, copy.id])
    assert Client().post(where, {"proof": key}).status_code == 404
    actions.withdraw(scope=asked.worker, onward_id=asked.onward_id, expected_version=asked.version, reason="No more")
    assert Client().post(where, {"proof": key}).status_code == 404


def test_a_file_of_somebody_else_is_not_sent(asked: Asked, letter: UUID) -> None:
    stranger = sign_in(asked.place.stranger)
    assert stranger.get(reverse("onward:send_file", args=[asked.onward_id])).status_code == 404
    assert "Choose one of the answers" in send(asked, new_id(), agreed="on").text
