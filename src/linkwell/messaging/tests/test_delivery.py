"""Delivery to real servers on this computer: at most once, whatever happens in between."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings as project
from pytest_django.fixtures import Settings

from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.kernel import clock
from linkwell.messaging import actions, handlers, periodic, queries, senders
from linkwell.messaging.models import Message
from linkwell.messaging.outgoing import Outcome, Result
from linkwell.messaging.tests.servers import KEY, LETTER, TEXT, Notify, Post, free_port, mail_server, notify_server
from linkwell.people import actions as people
from linkwell.people.tests.people import dot, say
from tests.place import Place


@pytest.fixture
def real(settings: Settings) -> Settings:
    """As outside the demonstration, with nothing set up."""
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = settings.NOTIFY_KEY = settings.NOTIFY_TEXT_TEMPLATE = settings.NOTIFY_LETTER_TEMPLATE = ""
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = False
    return settings


@pytest.fixture
def post(real: Settings) -> Iterator[Post]:
    with mail_server() as (post, port):
        real.EMAIL_HOST, real.EMAIL_PORT = "127.0.0.1", port
        yield post


@pytest.fixture
def notify(real: Settings) -> Iterator[Notify]:
    with notify_server() as notify:
        real.NOTIFY_KEY, real.NOTIFY_URL = KEY, notify.url
        real.NOTIFY_TEXT_TEMPLATE, real.NOTIFY_LETTER_TEMPLATE = TEXT, LETTER
        yield notify


def an_email(place: Place) -> UUID:
    return actions.send(
        scope=place.worker.scope,
        audience="group",
        template="group_message",
        values={"link": f"{project.ADDRESS}/answer/abc/"},
        about_kind="onward_referral",
        about_id=uuid4(),
        once_key=str(uuid4()),
        address="hall@example.org",
    )


def to_dot(place: Place, channel: str) -> UUID:
    scope, person = place.worker.scope, dot(place.worker.scope)
    people.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700900123", told_by="person")
    say(scope, person, **{channel: True})
    values = {"staff": "Sam", "when": "Tuesday 3 March, 2pm", "phone": "01632 960001"}
    return actions.send(
        scope=scope, audience="person", template="person_appointment", values=values, about_kind="appointment",
        about_id=uuid4(), once_key=str(uuid4()), person_id=person,
    )  # fmt: skip


def row(place: Place, message_id: UUID) -> Message:
    with scoped(place.worker.scope):
        return Message.objects.get(pk=message_id)


def deliver(place: Place, message_id: UUID) -> Message:
    handlers.deliver(place.system, message_id)
    return row(place, message_id)


def test_an_email_arrives_once_with_our_id_and_no_name_in_it(place: Place, post: Post) -> None:
    message = deliver(place, an_email(place))
    assert message.state == "sent"
    (mail,) = post.mails
    assert str(message.pk) in mail["Message-ID"]
    assert mail["To"] == "hall@example.org"
    assert "Local support" in mail["From"]
    assert f"{project.ADDRESS}/answer/abc/" in mail.get_payload()
    deliver(place, message.pk)
    assert len(post.mails) == 1


@pytest.mark.fault("F3")
@pytest.mark.parametrize("killed", ["before the provider", "after the provider"])
def test_a_worker_killed_in_the_middle_never_sends_twice(
    place: Place, post: Post, monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    class Killed(BaseException):
        pass

    def die(*args: object, **kwargs: object) -> Result:
        raise Killed

    message_id = an_email(place)
    before = killed == "before the provider"
    monkeypatch.setattr(senders if before else handlers, "hand_over" if before else "end_sending", die)
    with pytest.raises(Killed):
        handlers.deliver(place.system, message_id)
    monkeypatch.undo()
    assert row(place, message_id).state == "sending"
    arrived = len(post.mails)
    for _ in range(3):
        handlers.deliver(place.system, message_id)
    assert len(post.mails) == arrived <= 1
    assert row(place, message_id).state == "unknown"


@pytest.mark.fault("F3")
def test_no_answer_is_unknown_and_only_a_person_sends_it_again(place: Place, post: Post) -> None:
    post.hang_up_after_data = True
    message = deliver(place, an_email(place))
    assert message.state == "unknown"
    for _ in range(3):
        deliver(place, message.pk)
        periodic.look_after_messages(place.system)
    assert len(post.mails) == 1
    post.hang_up_after_data = False
    actions.send_again(scope=place.lead.scope, message_id=message.pk, expected_version=row(place, message.pk).version)
    assert deliver(place, message.pk).state == "sent"
    ids = {mail["Message-ID"] for mail in post.mails}
    assert len(post.mails) == 2
    assert len(ids) == 1, "the same id both times, so that a mailbox can show it once"


@pytest.mark.fault("F3")
def test_a_sender_that_lost_its_turn_brings_good_news_and_nothing_else(place: Place, post: Post) -> None:
    message_id = an_email(place)
    mine = actions.begin_sending(scope=place.system, message_id=message_id)
    assert mine is not None
    assert actions.begin_sending(scope=place.system, message_id=message_id) is None
    late = Result(Outcome.REFUSED, reason="No such address")
    actions.end_sending(scope=place.system, message_id=message_id, version=mine.version, result=late)
    assert row(place, message_id).state == "unknown"
    taken = Result(Outcome.TAKEN, "abc")
    actions.end_sending(scope=place.system, message_id=message_id, version=mine.version, result=taken)
    assert row(place, message_id).state == "sent"
    actions.end_sending(scope=place.system, message_id=message_id, version=mine.version, result=late)
    assert row(place, message_id).state == "sent"


def test_a_sending_that_never_ended_is_noticed(place: Place, real: Settings) -> None:
    real.EMAIL_HOST = "127.0.0.1"
    message_id = an_email(place)
    actions.begin_sending(scope=place.system, message_id=message_id)
    periodic.look_after_messages(place.system)
    assert row(place, message_id).state == "sending"
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        periodic.look_after_messages(place.system)
    assert row(place, message_id).state == "unknown"


@pytest.mark.parametrize(
    ("behaves", "state", "again"),
    [
        ({"refuse_address": "550 No such mailbox"}, "held", False),
        ({"refuse_data": "554 Not wanted"}, "held", False),
        ({"refuse_address": "451 Greylisted"}, "held", True),
        ({"refuse_data": "421 Busy"}, "held", True),
    ],
)
def test_a_refusal_is_final_or_tried_again_as_the_server_says(
    place: Place, post: Post, behaves: dict[str, str], state: str, again: bool
) -> None:
    for name, value in behaves.items():
        setattr(post, name, value)
    message = deliver(place, an_email(place))
    assert message.state == state
    assert (message.try_again_at is not None) == again
    assert message.held_reason
    assert post.mails == []


def test_a_server_that_is_down_is_tried_again_by_itself_until_it_is_up(place: Place, real: Settings) -> None:
    real.EMAIL_HOST, real.EMAIL_PORT = "127.0.0.1", free_port()
    message = deliver(place, an_email(place))
    assert (message.state, message.held_reason) == ("held", "The mail server did not answer.")
    periodic.look_after_messages(place.system)
    assert row(place, message.pk).state == "held"
    with mail_server() as (post, port), time_machine.travel(clock.now() + timedelta(minutes=2)):
        real.EMAIL_PORT = port
        periodic.look_after_messages(place.system)
        assert row(place, message.pk).state == "queued"
        assert deliver(place, message.pk).state == "sent"
        assert len(post.mails) == 1


def test_trying_again_ends_with_a_person(place: Place, real: Settings) -> None:
    real.EMAIL_HOST, real.EMAIL_PORT = "127.0.0.1", free_port()
    message_id = an_email(place)
    when = clock.now()
    for _ in range(6):
        assert deliver(place, message_id).state == "held"
        when += timedelta(days=1)
        with time_machine.travel(when):
            periodic.look_after_messages(place.system)
    message = row(place, message_id)
    assert (message.state, message.try_again_at, message.attempts) == ("held", None, 6)


def test_what_is_not_set_up_is_held_with_the_reason(place: Place, real: Settings) -> None:
    assert deliver(place, an_email(place)).held_reason == "E-mail is not set up."
    assert deliver(place, to_dot(place, "text")).held_reason == "Sending texts is not set up."
    assert deliver(place, to_dot(place, "letter")).held_reason == "Sending letters is not set up."


def test_a_text_and_a_letter_go_through_notify(place: Place, notify: Notify) -> None:
    text, letter = to_dot(place, "text"), to_dot(place, "letter")
    assert deliver(place, text).state == deliver(place, letter).state == "sent"
    one, other = notify.sent
    assert (one["phone_number"], one["reference"], one["template_id"]) == ("+447700900123", str(text), TEXT)
    assert "Tuesday 3 March, 2pm" in one["personalisation"]["body"]
    assert "Baker" not in repr(one)
    lines = [other["personalisation"][f"address_line_{number}"] for number in (1, 2, 3)]
    assert lines == ["3 Mill Lane", "Wexcombe", "BS1 4DJ"]


@pytest.mark.parametrize(
    ("status", "state", "again"),
    [(400, "held", False), (403, "held", False), (429, "held", True), (500, "unknown", False), (502, "unknown", False)],
)
def test_notifys_answers_are_understood(place: Place, notify: Notify, status: int, state: str, again: bool) -> None:
    notify.statuses = [status]
    message = deliver(place, to_dot(place, "text"))
    assert (message.state, message.try_again_at is not None) == (state, again)


def test_a_wrong_key_is_said_plainly(place: Place, notify: Notify, real: Settings) -> None:
    real.NOTIFY_KEY = KEY[:-4] + "0000"
    assert deliver(place, to_dot(place, "text")).held_reason == "GOV.UK Notify does not accept our key."
    real.NOTIFY_KEY = "short"
    assert deliver(place, to_dot(place, "letter")).held_reason == "GOV.UK Notify does not accept our key."


@pytest.mark.fault("F3")
def test_notify_is_asked_whether_it_has_the_message_and_never_given_it_twice(place: Place, notify: Notify) -> None:
    notify.hang_up = True
    message = deliver(place, to_dot(place, "text"))
    assert message.state == "unknown"
    handlers.ask_what_happened(place.system, message.pk)
    assert row(place, message.pk).state == "unknown"
    notify.hang_up = False
    handlers.ask_what_happened(place.system, message.pk)
    assert row(place, message.pk).state == "sent"
    assert len(notify.sent) == 1


@pytest.mark.fault("F3")
def test_even_a_person_sending_again_does_not_double_a_text_notify_has(place: Place, notify: Notify) -> None:
    notify.statuses = [502]
    message = deliver(place, to_dot(place, "text"))
    assert message.state == "unknown"
    actions.send_again(scope=place.lead.scope, message_id=message.pk, expected_version=message.version)
    assert deliver(place, message.pk).state == "sent"
    assert len(notify.sent) == 1


@pytest.mark.parametrize(("says", "state"), [("delivered", "sent"), ("permanent-failure", "bounced")])
def test_a_text_to_a_number_that_does_not_exist_comes_back_to_a_person(
    place: Place, notify: Notify, says: str, state: str
) -> None:
    message = deliver(place, to_dot(place, "text"))
    notify.delivery = says
    worker.work_off()
    assert row(place, message.pk).state == "sent", "too early to know"
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        worker.work_off()
    message = row(place, message.pk)
    assert message.state == state
    waiting = queries.sent_messages(place.lead.scope, needs_attention=True)
    assert [each.id for each in waiting] == ([message.pk] if state == "bounced" else [])


@pytest.mark.fault("F18")
def test_a_no_said_while_it_waited_still_stops_it(place: Place, notify: Notify) -> None:
    message_id = to_dot(place, "text")
    message = row(place, message_id)
    assert message.person_id is not None
    say(place.worker.scope, message.person_id, text=False)
    message = deliver(place, message_id)
    assert (message.state, message.held_reason) == ("held", "It is not safe to text them.")
    assert notify.sent == []


def test_in_the_demonstration_nothing_leaves(place: Place, post: Post, real: Settings) -> None:
    real.DEMO = True
    message = deliver(place, an_email(place))
    assert (message.state, message.provider_reference) == ("sent", "kept")
    assert post.mails == []


def test_the_worker_takes_it_from_the_outbox(place: Place, post: Post) -> None:
    message_id = an_email(place)
    with scoped(place.worker.scope):
        assert OutboxEvent.objects.filter(event="message.queued", object_id=message_id).count() == 1
    worker.work_off()
    assert row(place, message_id).state == "sent"
    assert len(post.mails) == 1


def test_a_raised_concern_tells_the_lead_by_a_neutral_email(place: Place, post: Post) -> None:
    from linkwell.people.details import ConcernDetails

    concern: Any = ConcernDetails(about="CANARY", what_happened="CANARY", danger_now=True)
    made = people.raise_concern(scope=place.worker.scope, person_id=dot(place.worker.scope), concern=concern)
    for _ in range(3):
        worker.work_off()
    (mail,) = [mail for mail in post.mails if str(mail["To"]) == place.safeguarding_lead.email]
    words = mail.as_string()
    assert f"/safeguarding/{made}/" in mail.get_payload()
    for secret in ("CANARY", "Baker", "Dot", "oncern"):
        assert secret not in words
