"""What follows events: sending what was queued, and telling the safeguarding lead."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import addresses_of_role, organisation, organisations
from linkwell.core import outbox
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock
from linkwell.messaging import mailbox, replies, returned, senders
from linkwell.messaging.actions import begin_sending, end_sending, note_bounce, send
from linkwell.messaging.outgoing import Outcome
from linkwell.messaging.queries import AboutWhat, sent_from_here, to_ask_about, what_it_was_about
from linkwell.people.queries import ConcernAlert, concern_alert

CHECK_AGAIN = timedelta(hours=6)


@outbox.handles("message.queued", external=True)
def deliver(scope: Scope, object_id: UUID) -> None:
    """Commit "sending", call the provider with no transaction open, commit what it said."""
    outgoing = begin_sending(scope=scope, message_id=object_id)
    if outgoing is None:
        return
    result = senders.hand_over(outgoing)
    end_sending(scope=scope, message_id=object_id, version=outgoing.version, result=result)


@outbox.handles("message.unknown", external=True)
def ask_what_happened(scope: Scope, object_id: UUID) -> None:
    """GOV.UK Notify can be asked whether it has the message. It is never sent again from here."""
    outgoing = to_ask_about(scope, object_id, "unknown")
    if outgoing is None:
        return
    result = senders.look_up(outgoing)
    if result.outcome is Outcome.TAKEN:
        end_sending(scope=scope, message_id=object_id, version=outgoing.version, result=result)


@outbox.handles("message.check", external=True)
def ask_whether_it_came_back(scope: Scope, object_id: UUID) -> None:
    """Some time after GOV.UK Notify took a text or letter: a wrong number is known only then."""
    outgoing = to_ask_about(scope, object_id, "sent")
    said = senders.delivery(outgoing) if outgoing is not None else ""
    if said in senders.NOT_DELIVERED:
        note_bounce(scope=scope, message_id=object_id, for_good=said == senders.FOR_GOOD)
    elif said in senders.NOT_ENDED:
        # A telephone that is off is tried for three days.
        outbox.emit(scope, "message.check", object_id=object_id, after=clock.now() + CHECK_AGAIN)


@outbox.handles("mailbox.look", external=True)
def read_returned_mail(scope: Scope, object_id: UUID) -> None:
    """Mail that came back: each report is matched with the message it is about, whichever organisation sent it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    with mailbox.opened() as box:
        if box is None:
            return
        mails = box.unread()
        read = [(number, returned.read(mail, domain)) for number, mail in mails]
        settled = _settle([each for _, each in read if each is not None])
        for number, each in read:
            if each is not None and each.message_id in settled:
                box.done(number, understood=True)
        for number, mail in mails:
            if returned.read(mail, domain) is None:
                box.done(number, understood=_read_answer(replies.read(mail, domain)))


def _read_answer(reply: replies.Reply | None) -> bool:
    """Hand an answer to whoever reads answers about such things. False for one that nobody does: it is flagged."""
    if reply is None:
        return False
    for one in organisations():
        scope = system_scope(one.id, "an answer to an e-mail")
        about = what_it_was_about(scope, reply.message_id)
        if about is not None:
            return _hand_on(scope, about, reply)
    return False


def _hand_on(scope: Scope, about: AboutWhat, reply: replies.Reply) -> bool:
    reader = replies.reader_of(about.about_kind)
    # From another address it was passed on to somebody else, or made up: a person looks into the mailbox.
    if reader is None or about.address.strip().lower() != reply.sender:
        return False
    reader(scope, replies.Answered(reply.message_id, about.about_id, reply.sender, reply.text))
    return True


def _settle(reports: list[returned.Returned]) -> set[UUID]:
    """Note what came back; the messages that need not be looked at again. Those still going are left for later."""
    left = {each.message_id: each for each in reports}
    settled: set[UUID] = set()
    for one in organisations():
        if not left:
            break
        scope = system_scope(one.id, "mail that came back")
        for message_id in sent_from_here(scope, tuple(left)):
            report = left.pop(message_id)
            if note_bounce(scope=scope, message_id=message_id, for_good=report.for_good):
                settled.add(message_id)
    # Nobody here sent these: erased since, or another installation with the same address.
    return settled | set(left)


@outbox.handles("concern.raised")
def tell_safeguarding_lead(scope: Scope, object_id: UUID) -> None:
    """An e-mail that says only that something is in their queue. Where no lead is named, or the named one has left,
    it goes to everybody who can take it."""
    alert = concern_alert(scope, object_id)
    leads = {**addresses_of_role(scope, Role.SAFEGUARDING_LEAD), **addresses_of_role(scope, Role.TEAM_LEAD)}
    named = {user_id: leads[user_id] for user_id in alert.lead_ids if user_id in leads}
    told = {str(user_id): address for user_id, address in named.items()} or whom_to_tell(scope)
    for who, address in told.items():
        _tell_of_concern(scope, alert, f"concern:{object_id}:{who}", address)


def whom_to_tell(scope: Scope) -> dict[str, str]:
    """Safeguarding leads; where there are none, team leads; where nobody is, the organisation's own address."""
    for role in (Role.SAFEGUARDING_LEAD, Role.TEAM_LEAD):
        found = addresses_of_role(scope, role)
        if found:
            return {str(user_id): address for user_id, address in found.items()}
    return {"organisation": organisation(scope.organisation_id).email}


def remind_of_concern(scope: Scope, concern_id: UUID, day: date) -> None:
    """Once a day to everybody who can take a concern that nobody has taken."""
    alert = concern_alert(scope, concern_id)
    for who, address in whom_to_tell(scope).items():
        _tell_of_concern(scope, alert, f"concern:{concern_id}:{who}:{day.isoformat()}", address)


def _tell_of_concern(scope: Scope, alert: ConcernAlert, once_key: str, address: str) -> None:
    send(
        scope=scope,
        audience="staff",
        template="staff_safeguarding_now" if alert.danger_now else "staff_safeguarding",
        values={"link": settings.ADDRESS + reverse("safeguarding:concern", kwargs={"concern_id": alert.concern_id})},
        about_kind="concern",
        about_id=alert.concern_id,
        once_key=once_key,
        address=address,
    )
