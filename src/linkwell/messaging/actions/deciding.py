"""What a person decides about a message that did not go, or may not have."""

from uuid import UUID

from linkwell.core import states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.messaging.models import Message
from linkwell.messaging.permissions import SENT_DECIDE


@action(SENT_DECIDE)
def send_again(*, scope: Scope, message_id: UUID, expected_version: int) -> None:
    """Queue it once more, knowing that it may arrive twice. The gate decides again before it goes."""
    row = states.lock(Message, message_id, expected_version=expected_version)
    row.try_again_at = None
    states.move(
        scope=scope,
        row=row,
        to="queued",
        reason="a person decided to send it",
        fields=("try_again_at",),
        person_id=row.person_id,
    )


@action(SENT_DECIDE)
def say_it_arrived(*, scope: Scope, message_id: UUID, expected_version: int) -> None:
    """Somebody asked, and it did arrive."""
    row = states.lock(Message, message_id, expected_version=expected_version)
    row.held_reason = ""
    states.move(
        scope=scope,
        row=row,
        to="sent",
        reason="a person found that it arrived",
        fields=("held_reason",),
        person_id=row.person_id,
    )


@action(SENT_DECIDE)
def cancel_message(*, scope: Scope, message_id: UUID, expected_version: int) -> None:
    """Not needed any more, or done in another way."""
    row = states.lock(Message, message_id, expected_version=expected_version)
    row.try_again_at = None
    states.move(
        scope=scope,
        row=row,
        to="cancelled",
        reason="a person decided that it is not needed",
        fields=("try_again_at",),
        person_id=row.person_id,
    )
