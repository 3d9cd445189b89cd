"""Telling people who comes or rings next when that changes, only in ways that are safe for them."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.casework.handlers import writing_is_safe
from linkwell.casework.queries.telling import was_held
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone
from linkwell.messaging import actions as messaging
from linkwell.tasks import actions as tasks
from linkwell.workforce.queries.telling import Contact, contact_after_move, contacts_of_cover, talk_to_tell

TELL_TASK = "tell_other_staff_by_phone"


@outbox.handles("case.reallocated")
def tell_of_new_worker(scope: Scope, object_id: UUID) -> None:
    found = contact_after_move(scope, object_id)
    if found is not None:
        _tell(scope, found, f"moved:{found.case_id}:{found.staff_id}:{found.appointment_id}")


@outbox.handles("cover.arranged")
def tell_of_cover(scope: Scope, object_id: UUID) -> None:
    for each in contacts_of_cover(scope, object_id):
        _tell(scope, each, f"cover:{object_id}:{each.case_id}")


@outbox.handles("cover.ended_early")
def tell_that_cover_ended(scope: Scope, object_id: UUID) -> None:
    """Whoever was told of somebody else for a booked time hears that it is their own worker after all."""
    for each in contacts_of_cover(scope, object_id):
        if each.starts_at is not None:
            _tell(scope, each, f"cover_ended:{object_id}:{each.case_id}")


@outbox.handles("talk.asked")
def tell_leads_of_question(scope: Scope, object_id: UUID) -> None:
    """The e-mail says that something is new in their queue, and no more."""
    found = talk_to_tell(scope, object_id)
    for user_id, address in found.leads.items() if found and found.state == "asked" else ():
        _tell_colleague(scope, object_id, "staff_safeguarding", "workforce:talks", (), f"{user_id}", address)


@outbox.handles("talk.answered")
def tell_worker_of_decision(scope: Scope, object_id: UUID) -> None:
    found = talk_to_tell(scope, object_id)
    if found is not None:
        _tell_colleague(
            scope, object_id, "staff_news", "workforce:decisions", (found.case_id,), "answer", found.asked_by_email
        )


def _tell_colleague(
    scope: Scope, talk_id: UUID, template: str, route: str, args: tuple[UUID, ...], whom: str, address: str
) -> None:
    messaging.send(
        scope=scope,
        audience="staff",
        template=template,
        values={"link": f"{settings.ADDRESS}{reverse(route, args=args)}"},
        about_kind="talk",
        about_id=talk_id,
        once_key=f"talk:{talk_id}:{whom}",
        address=address,
    )


def _tell(scope: Scope, contact: Contact, once: str) -> None:
    """A booked time they must hear about: where nothing may be written, somebody phones. The rest only if safe."""
    if contact.starts_at is None and not contact.knows_us:
        return
    sent = phone.problem(contact.phone) is None and writing_is_safe(scope, contact.person_id)
    if sent:
        sent = _write(scope, contact, once)
    if contact.starts_at is not None and not sent:
        tasks.open_task(
            scope=scope,
            team_id=contact.team_id,
            owner_id=contact.staff_id,
            kind=TELL_TASK,
            title="Phone somebody: you will meet them, and not the colleague they expect",
            about_kind="appointment",
            about_id=contact.appointment_id or contact.case_id,
            due_on=clock.today(),
            person_id=contact.person_id,
        )


def _write(scope: Scope, contact: Contact, once: str) -> bool:
    values: dict[str, str | date] = {"staff": contact.staff, "phone": contact.phone}
    if contact.starts_at is not None:
        template, values = "person_other_staff", values | {"when": contact.starts_at}
    elif contact.until is not None:
        template, values = "person_other_staff_until", values | {"when": contact.until}
    else:
        template = "person_other_staff_from_now"
    message_id = messaging.send(
        scope=scope,
        audience="person",
        template=template,
        values=values,
        about_kind="case",
        about_id=contact.case_id,
        once_key=once,
        person_id=contact.person_id,
    )
    return not was_held(scope, message_id)
