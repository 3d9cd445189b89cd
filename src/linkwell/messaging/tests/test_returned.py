"""If these fail, nobody hears that a message came back, or a message that arrived is taken for one that did not."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.messaging import actions, handlers, periodic, returned
from linkwell.messaging.models import Message
from linkwell.messaging.outgoing import Outcome, Result
from linkwell.messaging.tests.imap import PASSWORD, USER, Mailbox, imap_server
from linkwell.messaging.tests.reports import DOMAIN, away, old_report, report
from linkwell.people import actions as people
from linkwell.people import queries
from linkwell.people.tests.people import dot, say
from tests.place import Place

pytestmark = pytest.mark.fault("F20")
ID = uuid4()


@pytest.mark.parametrize(
    ("mail", "found"),
    [
        (report(ID), returned.Returned(ID, for_good=True)),
        (report(ID, headers_only=True), returned.Returned(ID, for_good=True)),
        (report(ID, status="4.4.7"), returned.Returned(ID, for_good=False)),
        (report(ID, action="delayed", status="4.4.1"), None),
        (report(ID, action="delivered", status="2.0.0"), None),
        (old_report(ID), returned.Returned(ID, for_good=False)),
        (away(ID), None),
        (report(ID).replace(DOMAIN.encode(), b"somewhere.else"), None),
        (b"", None),
        (b"\xff\xfe\x00 not a mail", None),
    ],
    ids=lambda each: "",
)
def test_a_report_is_read_for_what_it_says(mail: bytes, found: returned.Returned | None) -> None:
    assert returned.read(mail, DOMAIN) == found


@given(cut=st.integers(0, len(report(ID))), junk=st.binary(max_size=60))
def test_a_broken_report_breaks_nothing(cut: int, junk: bytes) -> None:
    whole = report(ID)
    found = returned.read(whole[:cut] + junk + whole[cut:], DOMAIN)
    assert found is None or found.message_id == ID


@pytest.mark.parametrize("header", [b"Message-ID: <", b"Message-ID: <a@[", b"In-Reply-To: [x", b"Message-ID: \xff"])
def test_one_badly_written_mail_does_not_keep_the_others_from_being_read(header: bytes) -> None:
    assert returned.read(header + b"\r\n" + report(ID), DOMAIN) == returned.Returned(ID, for_good=True)


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with imap_server() as box:
        settings.DEMO, settings.DEFAULT_FROM_EMAIL = False, f"linkwell@{DOMAIN}"
        settings.BOUNCE_HOST, settings.BOUNCE_PORT, settings.BOUNCE_TLS = "127.0.0.1", box.port, False
        settings.BOUNCE_USER, settings.BOUNCE_PASSWORD, settings.BOUNCE_FOLDER = USER, PASSWORD, "INBOX"
        yield box


def sent(place: Place) -> tuple[UUID, UUID]:
    """An e-mail to a person that a mail server took: the person and the message."""
    scope = place.worker.scope
    person = dot(scope)
    people.add_contact_point(scope=scope, person_id=person, kind="email", value="dot@example.net", told_by="person")
    say(scope, person, email=True)
    message_id = actions.send(
        scope=scope, audience="person", template="person_please_phone",
        values={"staff": "Sam", "phone": "01632 960001"}, about_kind="person", about_id=person,
        once_key=str(uuid4()), person_id=person,
    )  # fmt: skip
    return person, message_id


def taken(place: Place, message_id: UUID) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linkwell.messaging.actions.delivering.missing", lambda channel: "")
        outgoing = actions.begin_sending(scope=place.system, message_id=message_id)
    assert outgoing is not None
    done = Result(Outcome.TAKEN, str(message_id))
    actions.end_sending(scope=place.system, message_id=message_id, version=outgoing.version, result=done)


def state(place: Place, message_id: UUID) -> str:
    with scoped(place.worker.scope):
        return Message.objects.get(pk=message_id).state


def look(place: Place) -> None:
    handlers.read_returned_mail(place.system, place.organisation_id)


def test_a_returned_mail_is_noted_once_and_the_address_is_confirmed_no_longer(place: Place, mailbox: Mailbox) -> None:
    person, message_id = sent(place)
    taken(place, message_id)
    mailbox.mails += [b"Subject: Lunch?\r\n\r\nHello", report(message_id).replace(b"\n", b"\r\n")]
    look(place)
    assert state(place, message_id) == "bounced"
    assert queries.address_for(place.worker.scope, person, "email") == ""
    assert mailbox.flags == {1: {r"\Seen", r"\Flagged"}, 2: {r"\Seen"}}
    look(place)
    assert state(place, message_id) == "bounced"


def test_a_report_that_is_here_before_the_sending_ended_is_read_again_later(place: Place, mailbox: Mailbox) -> None:
    _, message_id = sent(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linkwell.messaging.actions.delivering.missing", lambda channel: "")
        outgoing = actions.begin_sending(scope=place.system, message_id=message_id)
    assert outgoing is not None
    mailbox.mails.append(report(message_id))
    look(place)
    assert mailbox.unseen() == [1]
    done = Result(Outcome.TAKEN, "x")
    actions.end_sending(scope=place.system, message_id=message_id, version=outgoing.version, result=done)
    look(place)
    assert (state(place, message_id), mailbox.unseen()) == ("bounced", [])


def test_a_report_that_it_will_be_tried_again_leaves_the_address_confirmed(place: Place, mailbox: Mailbox) -> None:
    person, message_id = sent(place)
    taken(place, message_id)
    mailbox.mails.append(report(message_id, status="4.4.7"))
    look(place)
    assert state(place, message_id) == "bounced"
    assert queries.address_for(place.worker.scope, person, "email") == "dot@example.net"


@pytest.mark.parametrize("wrong", ["BOUNCE_PASSWORD", "BOUNCE_FOLDER", "BOUNCE_PORT"])
def test_a_mailbox_that_cannot_be_opened_stops_nothing_else(
    place: Place, mailbox: Mailbox, settings: Settings, wrong: str
) -> None:
    setattr(settings, wrong, 1 if wrong == "BOUNCE_PORT" else "nonsense")
    mailbox.mails.append(report(uuid4()))
    look(place)
    assert mailbox.unseen() == [1]


def test_the_mailbox_is_looked_into_only_where_one_is_set_up(
    place: Place, mailbox: Mailbox, settings: Settings
) -> None:
    with scoped(place.system):
        periodic.look_into_the_mailbox(place.system)
        assert OutboxEvent.objects.filter(event="mailbox.look").count() == 1
    _, message_id = sent(place)
    taken(place, message_id)
    mailbox.mails.append(report(message_id))
    while worker.work_off():
        pass
    assert state(place, message_id) == "bounced"
    settings.BOUNCE_HOST = ""
    with scoped(place.system):
        periodic.look_into_the_mailbox(place.system)
        assert not OutboxEvent.objects.filter(event="mailbox.look", done_at=None).exists()
