"""What follows events: sending what was queued, and telling the safeguarding lead."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import addresses_of_role, organisation
from linkwell.core import outbox
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.messaging import senders
from linkwell.messaging.actions import begin_sending, end_sending, note_bounce, send
from linkwell.messaging.outgoing import Outcome
from linkwell.messaging.queries import to_ask_about
from linkwell.people.queries import ConcernAlert, concern_alert


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
