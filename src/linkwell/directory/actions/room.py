"""What a group says about itself: whether it has room, and that its details are still right."""

from __future__ import annotations

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.models import Service, ServiceRoom
from linkwell.directory.permissions import SAY_ROOM
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

MOST_WEEKS = 104


@action(SAY_ROOM)
def say_room(*, scope: Scope, service_id: UUID, room: str, weeks: int | None, said_by: str) -> None:
    """Record what the group said about room. `weeks` is how long its waiting list takes, where it has one."""
    if room not in ServiceRoom.values:
        raise Invalid({"room": "Choose whether there is room."})
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        raise Invalid({"weeks": f"Enter a number of weeks from 0 to {MOST_WEEKS}."})
    row = _locked(scope, service_id)
    row.room = room
    row.room_weeks = weeks if room == ServiceRoom.WAITING else None
    row.room_said_at = clock.now()
    row.room_said_by = said_by[:120]
    row.save(update_fields=["room", "room_weeks", "room_said_at", "room_said_by"])
    audit.record(scope, "said_room", "service", row.pk, fields=("room", "room_weeks"))


@action(SAY_ROOM)
def confirm_details(*, scope: Scope, service_id: UUID, said_by: str) -> None:
    """Record that the group's details are still right."""
    row = _locked(scope, service_id)
    row.details_confirmed_at = clock.now()
    row.save(update_fields=["details_confirmed_at"])
    audit.record(scope, "confirmed_details", "service", row.pk, fields=("details_confirmed_at",))


def _locked(scope: Scope, service_id: UUID) -> Service:
    row = (
        Service.objects.select_for_update(of=("self",))
        .filter(pk=service_id, organisation_id=scope.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound()
    return row
