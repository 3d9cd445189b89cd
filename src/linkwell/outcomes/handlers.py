"""What may come seconds later: an e-mail about answers that cannot wait; asking no more, or by somebody else."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import user_email
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.messaging.actions import send
from linkwell.outcomes import queries
from linkwell.outcomes.actions import due


@outbox.handles("response.needs_help")
def tell_the_clinician(scope: Scope, object_id: UUID) -> None:
    """The e-mail says that something cannot wait, and no more. The task itself was opened with the answers."""
    found = queries.help_of(scope, object_id)
    address = _address(found) if found else ""
    if found is None or not address:
        return
    send(
        scope=scope,
        audience="staff",
        template="staff_danger",
        values={
            "hours": str(found.hours),
            "link": f"{settings.ADDRESS}{reverse('outcomes:response', args=[object_id])}",
        },
        about_kind="response",
        about_id=object_id,
        once_key=f"needs_help:{object_id}",
        address=address,
    )


@outbox.handles("case.closed")
def ask_no_more(scope: Scope, object_id: UUID) -> None:
    due.drop_due(scope=scope, case_id=object_id, why="Support has ended")


@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def ask_no_more_who_said_no(scope: Scope, object_id: UUID) -> None:
    due.drop_due_for_agreement(scope=scope, agreement_id=object_id)


@outbox.handles("case.reallocated")
@outbox.handles("case.allocated")
def whoever_supports_them_asks(scope: Scope, object_id: UUID) -> None:
    due.give_due(scope=scope, case_id=object_id)


def _address(found: queries.HelpNeeded) -> str:
    try:
        return user_email(found.clinician_id) if found.clinician_id else found.organisation_email
    except NotFound:
        return found.organisation_email
