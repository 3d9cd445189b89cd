"""What may come seconds later: telling a practice that something waits for them."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.casework.queries.summaries import address_of_note, address_of_summary
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.messaging import actions as messaging


@outbox.handles("message_back.sent")
def tell_practice_of_summary(scope: Scope, object_id: UUID) -> None:
    _tell(scope, "message_back", object_id, address_of_summary(scope, object_id))


@outbox.handles("separate_note.sent")
def tell_practice_of_note(scope: Scope, object_id: UUID) -> None:
    _tell(scope, "separate_note", object_id, address_of_note(scope, object_id))


def _tell(scope: Scope, kind: str, object_id: UUID, address: str) -> None:
    """The e-mail says that something waits, and no more. A practice without an address finds it in its list."""
    if not address:
        return
    messaging.send(
        scope=scope,
        audience="gp",
        template="gp_summary",
        values={"link": f"{settings.ADDRESS}{reverse('casework:received')}"},
        about_kind=kind,
        about_id=object_id,
        once_key=f"{kind}:{object_id}",
        address=address,
    )
