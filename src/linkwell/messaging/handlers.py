"""What follows events: sending what was queued, and telling the safeguarding lead."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import user_email
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.messaging import senders
from linkwell.messaging.actions import begin_sending, end_sending, note_bounce, send
from linkwell.messaging.outgoing import Outcome
from linkwell.messaging.queries import to_ask_about
from linkwell.people.queries import concern_alert


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
    if outgoing is not None and senders.came_back(outgoing):
        note_bounce(scope=scope, message_id=object_id)


@outbox.handles("concern.raised")
def tell_safeguarding_lead(scope: Scope, object_id: UUID) -> None:
    """An e-mail that says only that something is in their queue."""
    alert = concern_alert(scope, object_id)
    template = "staff_safeguarding_now" if alert.danger_now else "staff_safeguarding"
    link = settings.ADDRESS + reverse("safeguarding:concern", kwargs={"concern_id": object_id})
    for user_id in alert.lead_ids:
        send(
            scope=scope,
            audience="staff",
            template=template,
            values={"link": link},
            about_kind="concern",
            about_id=object_id,
            once_key=f"concern:{object_id}:{user_id}",
            address=user_email(user_id),
        )
