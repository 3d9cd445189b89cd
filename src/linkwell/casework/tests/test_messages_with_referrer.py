"""If these fail, a referrer and the team talk past each other, or a referrer hears what the person kept quiet."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linkwell.attachments.actions import note_verdict
from linkwell.attachments.clamd import Verdict
from linkwell.attachments.handlers import tell_of_harm
from linkwell.attachments.models import Attachment
from linkwell.attachments.tests.files import letter
from linkwell.casework import queries
from linkwell.casework.handlers import pass_words_to_whoever_supports
from linkwell.casework.tests.helpers import accepted, refer
from linkwell.core.database import scoped
from linkwell.kernel.ids import new_id
from linkwell.messaging.models import Message
from linkwell.people import actions as people
from linkwell.referrals.handlers import mail_the_sender, tell_whoever_sent_a_virus
from linkwell.referrals.models import ReferralAnswer
from linkwell.referrals.queries.threads import team_thread
from linkwell.tasks.models import Task
from tests.place import Member, Place, sign_in

pytestmark = pytest.mark.django_db


def case_and_referral(place: Place) -> tuple[UUID, UUID]:
    case_id = accepted(place, place.worker.user_id)
    referral_id = queries.case(place.worker.scope, case_id).referral_id
    assert referral_id is not None
    return case_id, referral_id


def write(client: Client, name: str, referral_id: UUID, text: str, **more: object) -> BeautifulSoup:
    data = {"text": text, "submission_key": str(new_id()), **more}
    answer = client.post(reverse(f"referrals:{name}", args=[referral_id]), data, follow=True)
    assert answer.status_code in (200, 422)
    return BeautifulSoup(answer.content, "html.parser")


def read(member: Member, name: str, *ids: UUID) -> str:
    answer = sign_in(member).get(reverse(name, args=ids))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").text


def test_both_write_in_one_thread_and_each_sees_what_is_new(place: Place) -> None:
    referral_id = refer(place)
    write(sign_in(place.lead), "thread", referral_id, "Which mornings suit her?")
    assert "New to read" in read(place.referrer, "referrals:mine")
    page = read(place.referrer, "referrals:mine_one", referral_id)
    assert "Which mornings suit her?" in page
    assert "Lena Hart" not in page
    assert "Wexcombe link workers" in page
    assert "New to read" not in read(place.referrer, "referrals:mine")
    write(sign_in(place.referrer), "mine_one", referral_id, "Mondays and Fridays")
    assert "They wrote" in read(place.lead, "referrals:triage")
    assert "Mondays and Fridays" in read(place.lead, "referrals:thread", referral_id)
    assert "Dr Ruth Bell" in read(place.lead, "referrals:thread", referral_id)
    assert "They wrote" not in read(place.lead, "referrals:triage")


def test_a_message_does_not_hide_where_a_referral_has_got_to(place: Place) -> None:
    referral_id = refer(place)
    write(sign_in(place.lead), "thread", referral_id, "Thank you for the details")
    assert "Received" in read(place.referrer, "referrals:mine")


def test_after_acceptance_whoever_supports_them_is_told_and_the_thread_is_on_the_case(place: Place) -> None:
    case_id, referral_id = case_and_referral(place)
    write(sign_in(place.referrer), "mine_one", referral_id, "She has moved in with her sister")
    pass_words_to_whoever_supports(place.system, referral_id)
    with scoped(place.worker.scope):
        task = Task.objects.get(kind="referrer_wrote")
        mail = Message.objects.get(template="staff_news", about_id=referral_id)
    assert task.owner_id == place.worker.user_id
    assert task.title.startswith("Dr Ruth Bell wrote about ")
    assert "sister" not in mail.body
    assert "Pickering" not in mail.body
    assert "New to read" in read(place.worker, "casework:case", case_id)
    assert "moved in with her sister" in read(place.worker, "referrals:thread", referral_id)
    assert "New to read" not in read(place.worker, "casework:case", case_id)


@pytest.mark.fault("F20")
def test_nothing_of_the_support_is_written_without_the_persons_yes(place: Place) -> None:
    _, referral_id = case_and_referral(place)
    client = sign_in(place.worker)
    page = write(client, "thread", referral_id, "Could you send the letter again?")
    assert "The person has not agreed" in page.text
    assert "Say that your message tells nothing of it" in page.text
    assert "Could you send the letter again?" in page.text
    with scoped(place.worker.scope):
        assert not ReferralAnswer.objects.filter(kind="message").exists()
    write(client, "thread", referral_id, "Could you send the letter again?", says_nothing="on")
    person_id = team_thread(place.worker.scope, referral_id).person_id
    assert person_id is not None
    for subject in ("tell_in_touch", "tell_closed"):
        people.record_agreement(
            scope=place.worker.scope, person_id=person_id, subject=subject, answer="agreed", how="spoken",
            asked_alone=True,
        )  # fmt: skip
    assert "Sent." in write(client, "thread", referral_id, "We have met").text
    assert "We have met" in read(place.referrer, "referrals:mine_one", referral_id)


@pytest.mark.fault("F20")
def test_the_e_mail_about_a_message_says_only_that_there_is_one(place: Place) -> None:
    referral_id = refer(place)
    write(sign_in(place.lead), "thread", referral_id, "About her debts")
    with scoped(place.system):
        row = ReferralAnswer.objects.get(kind="message")
    mail_the_sender(place.system, row.pk)
    with scoped(place.system):
        mail = Message.objects.get(template="referrer_message")
    assert "debts" not in mail.body
    assert "Pickering" not in mail.body


def test_the_same_message_sent_twice_arrives_once(place: Place) -> None:
    referral_id, ours, theirs = refer(place), str(new_id()), str(new_id())
    for _ in range(2):
        write(sign_in(place.lead), "thread", referral_id, "Once", submission_key=ours)
        write(sign_in(place.referrer), "mine_one", referral_id, "Once again", submission_key=theirs)
    with scoped(place.lead.scope):
        texts = list(ReferralAnswer.objects.values_list("kind", "text"))
    assert texts.count(("message", "Once")) == 1
    assert texts.count(("answer", "Once again")) == 1


def test_a_letter_goes_with_the_referral_and_with_a_message_and_stays_with_the_two(
    place: Place, settings: LazySettings
) -> None:
    settings.OPEN_UNCHECKED = True
    referral_id = refer(place)
    file = SimpleUploadedFile("Discharge letter.pdf", letter())
    write(sign_in(place.referrer), "mine_one", referral_id, "Here is the letter", file=file)
    with scoped(place.lead.scope):
        row = Attachment.objects.get()
    where = reverse("attachments:open", args=[row.pk])
    for member in (place.referrer, place.lead):
        assert sign_in(member).get(where).content.startswith(b"%PDF")
    assert sign_in(place.stranger).get(where).status_code == 404
    for member, name in ((place.referrer, "mine_one"), (place.lead, "thread"), (place.lead, "referral")):
        assert "Discharge letter.pdf" in read(member, f"referrals:{name}", referral_id)
    taken = sign_in(place.referrer).post(
        reverse("attachments:take_off", args=[row.pk]), {"version": 1, "reason": "Wrong person"}, follow=True
    )
    assert b"The file is taken off" in taken.content
    assert sign_in(place.lead).get(where).status_code == 200
    assert "Discharge letter.pdf" not in read(place.lead, "referrals:thread", referral_id)


def test_a_file_sent_with_the_form_is_with_the_referral_and_one_that_cannot_be_taken_keeps_every_word(
    place: Place, settings: LazySettings
) -> None:
    settings.OPEN_UNCHECKED = True
    client = sign_in(place.referrer)
    where = reverse("referrals:refer_to", args=["wexcombe"])
    typed = {
        "submission_key": str(new_id()), "given_name": "Ivy", "family_name": "Marsh", "phone": "07700 900123",
        "why": "She would like company", "knows": "agrees",
    }  # fmt: skip
    page = client.post(where, {**typed, "file": SimpleUploadedFile("macro.docm", b"PK\x03\x04\0\0")})
    assert page.status_code == 422
    assert "We take PDF" in page.content.decode()
    assert "She would like company" in page.content.decode()
    done = client.post(where, {**typed, "file": SimpleUploadedFile("letter.pdf", letter())}, follow=True)
    assert "Files you sent with it" in done.content.decode()
    with scoped(place.lead.scope):
        assert Attachment.objects.get().about_kind == "referral"


def test_a_referrer_whose_file_held_a_virus_hears_so_and_the_team_too(place: Place) -> None:
    referral_id = refer(place)
    file = SimpleUploadedFile("letter.pdf", letter())
    write(sign_in(place.referrer), "mine_one", referral_id, "Here is the letter", file=file)
    with scoped(place.lead.scope):
        row = Attachment.objects.get()
    note_verdict(scope=place.system, attachment_id=row.pk, verdict=Verdict(True, "made up"))
    tell_whoever_sent_a_virus(place.system, row.pk)
    tell_of_harm(place.system, row.pk)
    assert "a virus was found in it" in read(place.referrer, "referrals:mine_one", referral_id)
    with scoped(place.lead.scope):
        assert Task.objects.get(kind="harmful_file").owner_id == place.lead.user_id


def test_nobody_else_reads_or_writes_in_the_thread(place: Place) -> None:
    referral_id = refer(place)
    for member in (place.stranger, place.stranger_lead, place.administrator, place.referrer):
        assert sign_in(member).get(reverse("referrals:thread", args=[referral_id])).status_code == 404
    assert sign_in(place.stranger).get(reverse("referrals:mine_one", args=[referral_id])).status_code == 404
