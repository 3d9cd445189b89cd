"""What a group says about itself in one tap: whether it has room, and that its details are still right."""

from __future__ import annotations

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.models import RoomSource, RoomStatement, Service, ServiceRoom, Upkeep
from linkwell.directory.permissions import SAY_ROOM
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

MOST_WEEKS = 104
MOST_PLACES = 500


@action(SAY_ROOM)
def say_room(
    *,
    scope: Scope,
    service_id: UUID,
    room: str,
    weeks: int | None,
    said_by: str,
    places: int | None = None,
    source: str = RoomSource.TOLD,
) -> None:
    """Record what the group said about room. `weeks` is how long its waiting list takes, where it has one.

    `source` says how its word reached us. Earlier words stay, so that it can be seen how it went.
    """
    _check(room, weeks, places)
    row = locked(scope, service_id)
    row.room = room
    row.room_weeks = weeks if room == ServiceRoom.WAITING else None
    row.room_places = places if room in (ServiceRoom.ROOM, ServiceRoom.FEW) else None
    row.room_said_at = clock.now()
    row.room_said_by = said_by[:120]
    row.room_source = source
    row.save(update_fields=["room", "room_weeks", "room_places", "room_said_at", "room_said_by", "room_source"])
    RoomStatement.objects.create(
        organisation_id=row.organisation_id,
        service=row,
        room=row.room,
        weeks=row.room_weeks,
        places=row.room_places,
        said_by=row.room_said_by,
        source=source,
    )
    audit.record(scope, "said_room", "service", row.pk, fields=("room", "room_weeks", "room_places"))


def _check(room: str, weeks: int | None, places: int | None) -> None:
    if room not in ServiceRoom.values:
        raise Invalid({"room": "Choose whether there is room."})
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        raise Invalid({"weeks": f"Enter a number of weeks from 0 to {MOST_WEEKS}."})
    if places is not None and not 0 <= places <= MOST_PLACES:
        raise Invalid({"places": f"Enter a number of places from 0 to {MOST_PLACES}."})


@action(SAY_ROOM)
def confirm_details(*, scope: Scope, service_id: UUID, said_by: str) -> None:
    """Record that the group's details are still right. It counts as an answer to having been asked."""
    row = locked(scope, service_id)
    now_right(row, said_by)
    row.save(update_fields=["details_confirmed_at", "details_confirmed_by"])
    audit.record(scope, "confirmed_details", "service", row.pk, fields=("details_confirmed_at",))


def now_right(row: Service, said_by: str) -> None:
    """The details are right as of now; a silence ends. The caller saves the two columns."""
    row.details_confirmed_at = clock.now()
    row.details_confirmed_by = said_by[:120]
    Upkeep.objects.filter(service_id=row.pk).update(times_silent=0)


def locked(scope: Scope, service_id: UUID) -> Service:
    """The listing, held until the end; for one that another speaks for, that one."""
    row = (
        Service.objects.select_for_update(of=("self",))
        .select_related("community_organisation")
        .filter(pk=service_id, organisation_id=scope.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound()
    return locked(scope, row.listed_as_id) if row.listed_as_id is not None else row
