"""Groups keep their own listing true: from links, with codes, in words."""

import io
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from uuid import UUID

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from PIL import Image

from linkwell.accounts.scopes import link_scope
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.directory import actions as directory
from linkwell.directory import queries
from linkwell.directory.models import CommunityOrganisation, ListingChange, ListingLink, Service, Steward
from linkwell.kernel.errors import Invalid
from linkwell.kernel.ids import new_id
from linkwell.messaging import replies
from linkwell.messaging.models import Message
from linkwell.onward import actions
from linkwell.onward import listing_presenters as presenters
from linkwell.onward.actions import listing_team
from linkwell.onward.details import OnwardDetails
from linkwell.onward.queries import listing
from linkwell.onward.tests.conftest import GROUP_EMAIL
from linkwell.tasks.models import Task
from tests.place import Place

NEW_EMAIL = "new@group.example.org"


@pytest.fixture
def new_group() -> Callable[[Place], UUID]:
    def make(place: Place) -> UUID:
        with scoped(place.worker.scope):
            group = CommunityOrganisation.objects.create(organisation_id=place.organisation_id, name="Friends")
            return Service.objects.create(
                organisation_id=place.organisation_id,
                community_organisation=group,
                name="Tuesday Table",
                referral_email=GROUP_EMAIL,
            ).pk

    return make


@pytest.fixture
def service_id(new_service: Callable[..., UUID]) -> UUID:
    return new_service()


def newest(place: Place, template: str) -> Message:
    with scoped(place.worker.scope):
        found = Message.objects.filter(template=template).order_by("-created_at").first()
    assert found is not None
    return found


def links_in(message: Message) -> list[str]:
    return [word for word in message.body.split() if "/listing/" in word]


def path(url: str) -> str:
    return url[url.index("/listing/") :]


def ask(place: Place, service_id: UUID, what: str) -> None:
    listing_team.write_to_listing(scope=place.lead.scope, service_id=service_id, what=what)


def own_page(place: Place, service_id: UUID) -> tuple[Client, str]:
    """A group that has taken its listing over and entered its code."""
    ask(place, service_id, "keep")
    client = Client()
    claim = path(links_in(newest(place, "group_claim"))[0])
    page = client.post(f"{claim}take-over/", {"name": "Jean Abbott"})
    keep = path(page["Location"])
    client.post(f"{keep}code/")
    code = newest(place, "group_code").body.split("Your code is ")[1][:6]
    assert client.post(f"{keep}code/", {"code": code}).status_code == 302
    return client, keep


def test_one_tap_says_that_a_group_is_full_and_opening_the_link_says_nothing(place: Place, service_id: UUID) -> None:
    ask(place, service_id, "room")
    link = path(links_in(newest(place, "group_room"))[0])
    client = Client()
    assert client.get(link).status_code == 200
    assert client.get(f"{link}room/").status_code == 405
    assert queries.service(place.worker.scope, service_id).room == "unknown"
    assert client.post(f"{link}room/", {"room": "full"}).status_code == 302
    assert queries.service(place.worker.scope, service_id).room == "full"
    assert client.post(f"{link}right/").status_code == 404


def test_a_tap_and_an_edit_are_in_the_search_of_every_process_at_once(
    place_committed: Place, new_group: Callable[..., UUID]
) -> None:
    """Another process, with the directory in its own memory, finds both at its next question: within five seconds."""
    place = place_committed
    service_id = new_group(place)
    ask(place, service_id, "room")
    link = path(links_in(newest(place, "group_room"))[0])
    connections.close_all()
    with another_process(lambda: [(row.service.cost, row.service.room) for row in found(place)]) as look:
        assert look() == [("", "unknown")]
        assert Client().post(f"{link}room/", {"room": "waiting", "weeks": "6"}).status_code == 302
        tapped = time.monotonic()
        assert look() == [("", "waiting")]
        directory.change_listing(
            scope=place.administrator.scope, service_id=service_id, given={"cost": "£2"}, asked_by="Jean"
        )
        assert look() == [("£2", "waiting")]
    assert time.monotonic() - tapped < 5


def found(place: Place) -> list[queries.FoundService]:
    return list(queries.find(place.worker.scope, queries.Search()))


@contextmanager
def another_process(answer: Callable[[], object]) -> Iterator[Callable[[], object]]:
    """A process that gives the answer whenever it is asked. No connection to a database may be open before."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def run() -> None:
        ours.close()
        with suppress(EOFError):
            while theirs.recv():
                theirs.send(answer())
        os._exit(0)

    process = context.Process(target=run)
    process.start()
    theirs.close()

    def look() -> object:
        ours.send(True)
        assert ours.poll(30)
        return ours.recv()

    try:
        yield look
    finally:
        ours.close()
        process.join(10)


def test_a_link_to_take_over_works_once_and_goes_to_the_known_address_alone(place: Place, service_id: UUID) -> None:
    ask(place, service_id, "keep")
    sent = newest(place, "group_claim")
    assert sent.address == GROUP_EMAIL
    link = path(links_in(sent)[0])
    assert Client().post(f"{link}take-over/", {"name": ""}).status_code == 422
    assert Client().post(f"{link}take-over/", {"name": "Jean"}).status_code == 302
    assert Client().post(f"{link}take-over/", {"name": "Somebody else"}).status_code == 404
    with scoped(place.worker.scope):
        assert [each.name for each in Steward.objects.filter(service_id=service_id)] == ["Jean"]
        tokens = ListingLink.objects.filter(service_id=service_id).values_list("token_hash", flat=True)
    assert link.split("/")[2] not in tokens


def test_a_stranger_who_asks_waits_for_a_keeper_and_sees_no_difference(place: Place, service_id: UUID) -> None:
    client, code = Client(), "WEX01"
    form = {"email": "stranger@example.org", "name": "A Stranger", "words": "I run it, honestly"}
    ours = client.post(f"/listing/ask/{code}/{service_id}/", form | {"email": GROUP_EMAIL})
    theirs = client.post(f"/listing/ask/{code}/{service_id}/", form)
    assert (ours.status_code, ours["Location"]) == (theirs.status_code, theirs["Location"])
    with scoped(place.worker.scope):
        to = [each.address for each in Message.objects.filter(template="group_claim")]
        assert Task.objects.filter(kind="listing_claim", about_id=service_id).count() == 1
    assert to == [GROUP_EMAIL]
    claim = queries.listing_desk(place.lead.scope, service_id).claims[0]
    directory.decide_claim(scope=place.lead.scope, claim_id=claim.id, expected_version=claim.version, let_in=True)
    worker.work_off()
    assert newest(place, "group_keep").address == "stranger@example.org"


def test_small_changes_are_seen_at_once_and_a_new_address_waits_for_a_keeper(place: Place, service_id: UUID) -> None:
    client, keep = own_page(place, service_id)
    page = client.get(f"{keep}change/").content.decode()
    assert "Tuesday Table" in page
    form = {"name": "Tuesday Table", "who_runs": "Friends", "description": "Tea, ukuleles & <b>talk</b>"}
    form |= {"referral_email": NEW_EMAIL, "greeted_by": "Jean at the blue door", "step_free": "yes"}
    review = client.post(f"{keep}change/", form).content.decode()
    assert "Jean at the blue door" in review
    assert queries.service(place.worker.scope, service_id).description == ""
    assert client.post(f"{keep}change/", form | {"save": "1"}).status_code == 302
    row = queries.service(place.worker.scope, service_id)
    assert (row.description, row.step_free, row.referral_email) == (form["description"], True, GROUP_EMAIL)
    assert "<b>" not in row.description_html
    found = queries.find(place.worker.scope, queries.Search(words="ukuleles"))
    assert [each.service.id for each in found.rows] == [service_id]
    with scoped(place.lead.scope):
        waiting = ListingChange.objects.get(state="waiting")
        assert Task.objects.filter(kind="listing_change", about_id=service_id).exists()
    directory.decide_change(scope=place.lead.scope, change_id=waiting.pk, expected_version=waiting.version, take=True)
    assert queries.service(place.worker.scope, service_id).referral_email == NEW_EMAIL
    worker.work_off()
    assert newest(place, "group_change_taken").address == GROUP_EMAIL


def test_nothing_but_taps_without_the_code(place: Place, service_id: UUID) -> None:
    client, keep = own_page(place, service_id)
    for page in ("change", "limits", "dates", "people", "our-numbers.pdf"):
        stranger = Client().get(f"{keep}{page}/".replace("pdf/", "pdf"))
        assert (stranger.status_code, stranger.get("Location", "")) == (302, f"{keep}code/")
        assert client.get(f"{keep}{page}/".replace("pdf/", "pdf")).status_code == 200
    stolen = Client()
    stolen.cookies["listing_key"] = "guessed"
    assert stolen.post(f"{keep}limits/", {"a_week": "0"}).status_code == 302
    assert queries.limits(place.worker.scope, service_id) is None


def test_somebody_who_no_longer_keeps_the_listing_is_out_at_once(place: Place, service_id: UUID) -> None:
    client, keep = own_page(place, service_id)
    desk = queries.listing_desk(place.lead.scope, service_id)
    directory.end_keeping(scope=place.lead.scope, steward_id=desk.kept_by[0].id)
    assert client.post(f"{keep}room/", {"room": "full"}).status_code == 404
    assert client.get(f"{keep}people/").status_code == 404


def reply(place: Place, words: str, *, sender: str = GROUP_EMAIL) -> replies.Reply | None:
    asked = newest(place, "group_room")
    mail = EmailMessage()
    mail["From"], mail["In-Reply-To"] = f"Jean <{sender}>", f"<{asked.pk}@linkwell.example.org>"
    mail.set_content(f"{words}\n\nOn Monday Local support wrote:\n> full, two places")
    return replies.read(mail.as_bytes(), "linkwell.example.org")


@pytest.mark.parametrize(
    ("words", "room", "number"),
    [("Full", "full", None), ("two places", "few", 2), ("waiting list six weeks", "waiting", 6)],
)
def test_an_answer_in_words_is_taken(place: Place, service_id: UUID, words: str, room: str, number: int | None) -> None:
    ask(place, service_id, "room")
    read = reply(place, words)
    assert read is not None
    answered = replies.Answered(read.message_id, service_id, read.sender, read.text)
    listing_team.read_answer(scope=place.system, answered=answered)
    row = queries.service(place.worker.scope, service_id)
    assert (row.room, row.room_weeks or row.room_places) == (room, number)
    said = queries.listing_desk(place.worker.scope, service_id).rooms[0]
    assert said.source_words == "in answer to an e-mail"


def test_an_unclear_answer_is_never_a_guess(place: Place, service_id: UUID) -> None:
    ask(place, service_id, "room")
    read = reply(place, "Full, but two places from May")
    assert read is not None
    answered = replies.Answered(read.message_id, service_id, read.sender, read.text)
    listing_team.read_answer(scope=place.system, answered=answered)
    assert queries.service(place.worker.scope, service_id).room == "unknown"
    with scoped(place.worker.scope):
        assert Task.objects.filter(kind="listing_answer", about_id=service_id).count() == 1


def test_a_machine_answers_nothing(place: Place, service_id: UUID) -> None:
    ask(place, service_id, "room")
    asked = newest(place, "group_room")
    mail = EmailMessage()
    mail["From"], mail["In-Reply-To"] = GROUP_EMAIL, f"<{asked.pk}@linkwell.example.org>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Our office is full of leave until Monday")
    assert replies.read(mail.as_bytes(), "linkwell.example.org") is None


def test_silent_groups_are_asked_again_in_four_weeks_and_not_before(place: Place, service_id: UUID) -> None:
    assert listing_team.ask_whether_right(scope=place.system) == 1
    assert listing_team.ask_whether_right(scope=place.system) == 0
    assert links_in(newest(place, "group_still_right"))


def refer(place: Place, case_id: UUID, service_id: UUID, **details: object) -> UUID:
    words = OnwardDetails("would like company at lunch", **details)  # type: ignore[arg-type]
    return actions.refer_onward(
        scope=place.worker.scope, case_id=case_id, service_id=service_id, submission_key=new_id(), details=words
    )


def test_a_group_gets_no_more_in_a_week_than_it_said(
    place: Place, service_id: UUID, supported: tuple[UUID, UUID]
) -> None:
    limits = directory.LimitsSaid(a_week=1)
    directory.set_limits(scope=place.lead.scope, service_id=service_id, said=limits, set_by="Jean")
    refer(place, supported[1], service_id)
    with pytest.raises(Invalid, match="full this week"):
        refer(place, supported[1], service_id)
    onward_id = refer(place, supported[1], service_id, ask_first=True)
    link = newest(place, "group_asked").body
    page = Client().get("/answer/" + link.split("/answer/")[1].split()[0]).content.decode()
    assert "whether you would make an exception" in page
    assert onward_id


def test_a_group_gets_only_the_kinds_of_need_it_takes(
    place: Place, service_id: UUID, supported: tuple[UUID, UUID]
) -> None:
    limits = directory.LimitsSaid(needs=["food"])
    directory.set_limits(scope=place.lead.scope, service_id=service_id, said=limits, set_by="Jean")
    with pytest.raises(Invalid, match="about food"):
        refer(place, supported[1], service_id, needs=("lonely",))
    assert refer(place, supported[1], service_id, needs=("lonely", "food"))


def test_the_group_sees_who_was_sent_and_its_funders_see_no_name_and_no_small_number(
    place: Place, service_id: UUID, supported: tuple[UUID, UUID]
) -> None:
    refer(place, supported[1], service_id)
    client, keep = own_page(place, service_id)
    page = client.get(f"{keep}people/").content.decode()
    assert "Beryl" in page
    assert "Thackray" not in page
    made = client.get(f"{keep}our-numbers.pdf")
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    found = listing.numbers_of_group(
        link_scope(place.organisation_id, *_link(place, keep)), client.cookies["listing_key"].value
    )
    report = presenters.for_funders(found, "Friends")
    assert report.tables[0].rows[0].number == "fewer than 5"
    assert "Beryl" not in str(report)


def _link(place: Place, keep: str) -> tuple[UUID, UUID]:
    opened = listing.opened_listing(keep.split("/")[2])
    assert opened is not None
    return opened.id, opened.service_id


def test_a_photo_tells_nothing_but_what_it_shows(place: Place, service_id: UUID) -> None:
    client, keep = own_page(place, service_id)
    out = io.BytesIO()
    noted = Image.Exif()
    noted[0x010E] = "canary of a camera"
    Image.new("RGB", (3000, 2000), "teal").save(out, "JPEG", exif=noted)
    photo = SimpleUploadedFile("door.jpg", out.getvalue(), "image/jpeg")
    assert client.post(f"{keep}photos/", {"file": photo, "alt": ""}).status_code == 422
    photo.seek(0)
    assert client.post(f"{keep}photos/", {"file": photo, "alt": "A teal door"}).status_code == 302
    found = queries.service(place.worker.scope, service_id).details
    assert found is not None
    shown = found.photographs[0]
    assert (shown.alt, shown.width, shown.height) == ("A teal door", 1200, 800)
    assert b"canary" not in client.get(f"{keep}photos/{shown.id}/").content
