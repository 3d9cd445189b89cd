"""Messages that must not go any more: to somebody who has died, or about something that was taken back."""

from uuid import UUID

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.messaging import gate
from linkwell.messaging.actions.delivering import hold
from linkwell.messaging.models import Audience, Message
from linkwell.messaging.permissions import SEND
from linkwell.people import dying
from linkwell.people.actions import note_stopped

TOLD = ("sending", "sent", "unknown")


@dying.at_once
def hold_for_a_death(scope: Scope, death_id: UUID, person_ids: tuple[UUID, ...]) -> None:
    """In the transaction that records the death: what waits to go to them, or to a parent of theirs, is held."""
    waiting = Message.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id,
        person_id__in=person_ids,
        audience__in=[Audience.PERSON, Audience.PARENT],
    )
    for row in waiting.filter(state="queued").order_by("id"):
        hold(scope, row, gate.DIED.reason)
        _note(scope, death_id, row, "queued")
    for row in waiting.filter(state="held", try_again_at__isnull=False).order_by("id"):
        row.held_reason, row.try_again_at = gate.DIED.reason, None
        row.version += 1
        row.save(update_fields=["held_reason", "try_again_at", "version"])
        _note(scope, death_id, row, "held")


def _note(scope: Scope, death_id: UUID, row: Message, before: str) -> None:
    if row.person_id is not None:
        note_stopped(scope, death_id, row.person_id, "message", row.pk, before)


dying.stops(
    "message",
    dying.Kind(
        words="A message to them was held",
        by_hand="Whoever looks after messages decides whether it still has to go. It is not sent by itself.",
    ),
)


@action(SEND)
def take_back_unsent(*, scope: Scope, about_id: UUID, audience: str) -> bool:
    """Nothing that still waits goes out about this; whether its audience was told anything before.

    Where it was told, whoever calls sends the word that takes it back; where it was not, there is nothing to take back.
    """
    rows = Message.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, about_id=about_id, audience=audience
    )
    for row in rows.filter(state__in=["queued", "held"]).order_by("id"):
        row.try_again_at = None
        states.move(
            scope=scope,
            row=row,
            to="cancelled",
            reason="taken back before it went",
            fields=("try_again_at",),
            person_id=row.person_id,
        )
    audit.record(scope, "took_back", "message", None)
    return rows.filter(state__in=TOLD).exists()
