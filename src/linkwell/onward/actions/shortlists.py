"""Services put aside for one person, and the list of them sent: to the person safely, to the referrer if agreed."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.casework.models import Case
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import actions as directory
from linkwell.directory import queries
from linkwell.directory.queries import ServiceRow
from linkwell.directory.shortlist_presenters import kept, on_paper
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.onward.links import LIFE, hashed, new_token
from linkwell.onward.models import ListLink
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.people import queries as people
from linkwell.people.models import ReadingFormat
from linkwell.referrals.actions.writing import write_to_referrer

_LOOKS = {ReadingFormat.LARGE: "large", ReadingFormat.EASY_READ: "easy"}
NOTHING_TO_SEND = "There is nothing on the list that can be sent. Put groups aside first."


@action(REFER_ONWARD)
def put_aside_for(*, scope: Scope, case_id: UUID, service_id: UUID) -> None:
    """Keep a service for one person's support. Raises Invalid when the list is full."""
    case = _case(scope, case_id)
    directory.put_aside(scope=scope, service_id=service_id, case_id=case.pk)


@action(REFER_ONWARD)
def take_off_for(*, scope: Scope, case_id: UUID, service_id: UUID) -> None:
    case = _case(scope, case_id)
    directory.take_off(scope=scope, service_id=service_id, case_id=case.pk)


@action(REFER_ONWARD)
def send_list(*, scope: Scope, case_id: UUID) -> None:
    """Write to the person that there is something to read, by a way they said is safe, in the print they like.

    The message names no group: its link shows the list. Raises Invalid, and sends nothing, where no way is safe.
    """
    case = _case(scope, case_id)
    people.check_alive(scope, case.person_id)
    look = _LOOKS.get(people.reading_format(scope, case.person_id), "usual")
    link_id, address = new_list_link(scope, _may_be_sent(scope, case), look)
    message_id = send(
        scope=scope,
        audience="person",
        template="person_link",
        values={"link": address},
        about_kind="case",
        about_id=case.pk,
        once_key=f"list:{link_id}",
        person_id=case.person_id,
    )
    message = Message.objects.get(pk=message_id)
    if message.state == "held":
        raise Invalid({"": f"{message.held_reason} Nothing was sent: print the list, or go through it together."})
    audit.record(scope, "sent_list", "case", case.pk, person_id=case.person_id)
    line = timeline.Line(case.person_id, "onward", "Sent a list of places and times")
    timeline.record(scope, line, object_kind="case", object_id=case.pk)


@action(REFER_ONWARD)
def send_list_to_referrer(*, scope: Scope, case_id: UUID, submission_key: UUID) -> None:
    """Write the list to whoever referred them: only where the person agreed that they hear of it. Raises Invalid."""
    case = _case(scope, case_id)
    if case.referral_id is None:
        raise Invalid({"": "Nobody referred them."})
    rows = on_paper([kept(row) for row in _may_be_sent(scope, case)], "usual")
    lines = [f"{row.name}. {'. '.join(value for _, value in row.lines)}".replace("\n", ", ") for row in rows]
    write_to_referrer(
        scope=scope,
        referral_id=case.referral_id,
        submission_key=submission_key,
        text="\n\n".join(["Places and times we looked at together:", *lines])[:4000],
        says_nothing=False,
    )


def new_list_link(scope: Scope, rows: tuple[ServiceRow, ...], look: str) -> tuple[UUID, str]:
    """A new link to these services, and its address. Called inside an action."""
    token = new_token()
    link = ListLink.objects.create(
        token_hash=hashed(token),
        organisation_id=scope.organisation_id,
        service_ids=[row.id for row in rows],
        look=look,
        expires_at=clock.now() + LIFE,
    )
    return link.pk, settings.ADDRESS + reverse("onward:places", kwargs={"list_token": token})


def _may_be_sent(scope: Scope, case: Case) -> tuple[ServiceRow, ...]:
    """What is on the list, without what by its name would say why somebody goes there. Raises Invalid for nothing."""
    rows = tuple(row for row in queries.shortlist(scope, case.pk) if not kept(row).says_why)
    if not rows:
        raise Invalid({"": NOTHING_TO_SEND})
    return rows


def _case(scope: Scope, case_id: UUID) -> Case:
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        raise NotFound
    return case
